"""The parts of a board's page that are the same for everybody, rendered once a language for all that they show."""

from collections.abc import Hashable, Sequence
from typing import NamedTuple, Protocol

from django.http import QueryDict
from django.utils.safestring import SafeString

from boards.home.year import Year
from boards.membership.models import Board
from boards.proposals.rules import threshold
from boards.proposals.states import State
from forum.web.rendered import Partial

STATES = [it for it in State if it != State.DRAFT]

_filters = Partial("boards/_filters.html", characters=2_000_000)
_year = Partial("boards/_year.html", characters=1_000_000)
_rules = Partial("boards/_rules.html", characters=1_000_000)


class Chip(NamedTuple):
    """One thing a list is narrowed to, and the query that leaves it out."""

    label: str
    value: str
    without: str


class Narrowing(Protocol):
    """The form that narrows a list."""

    def chips(self, asked: QueryDict) -> Sequence[Chip]: ...


def filters_of(board: Board, form: Narrowing, teams: Hashable, asked: QueryDict) -> SafeString:
    """Return the form that narrows the list, which follows from what was asked and from the teams it offers."""
    state = (board.slug, teams, asked.urlencode())
    return _filters.html(state, board=board, form=form, asked=asked, states=STATES, chips=lambda: form.chips(asked))


def year_section(year: Year) -> SafeString:
    return _year.html(year.state, year=year)


def rules_section(board: Board) -> SafeString:
    """Return the rules in force, in plain sentences; the board was read with its institution and its addressee."""
    office = board.addressee
    state = (
        tuple(getattr(board, field.attname) for field in board._meta.concrete_fields),
        (board.institution.name, board.institution.headcount),
        (office.title, office.holder.name if office.holder else None) if office else None,
    )
    needed = threshold(
        absolute=board.support_absolute, percent=board.support_percent, headcount=board.institution.headcount
    )
    return _rules.html(state, board=board, support_needed=needed)
