"""The cards of a board's list: each is all that it shows, and so rendered once a language for all of that."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from boards.discussion.models import Comment
from boards.escalation.models import Escalation
from boards.escalation.states import State as EscalationState
from boards.proposals.models import CoProposal, Field, Kind
from boards.proposals.states import Sharing, State
from forum.prepared import Givens, prepared
from forum.web.rendered import Partial

COLUMNS = (
    "pk", "number", "measure", "title", "state", "field", "kind", "team__name", "author__name", "opened_at",
    "support_count", "support_needed",
)  # fmt: skip

_partial = Partial("boards/_proposal.html", characters=4_000_000)  # some 4,000 cards a process


class Step(NamedTuple):
    """Where an escalation of the proposal stands."""

    state: EscalationState
    due_on: date
    overdue: bool


class Card(NamedTuple):
    """A proposal as everybody who sees the board sees it; a hidden title is not among it."""

    pk: int
    number: str
    hidden: bool
    title: str
    state: State
    field: Field
    kind: Kind
    team: str | None
    authors: tuple[str, ...]
    opened_at: datetime
    support_count: int
    support_needed: int
    talk: int
    steps: tuple[Step, ...]


def cards_of(rows: Sequence[Any]) -> SafeString:
    """Return the cards of proposals in a row, whose COLUMNS were read."""
    cards = [_partial.html(card, card=card) for card in _cards(rows)]
    return mark_safe("\n".join(cards))  # noqa: S308 - rendered by the template


def _cards(rows: Sequence[Any]) -> Iterable[Card]:
    shown = [row.pk for row in rows]
    partners, steps, talk = _partners(shown), _steps(shown), dict(_talk(shown))
    for row in rows:
        hidden = row.measure is not None
        yield Card(
            row.pk, row.number, hidden, "" if hidden else row.title, State(row.state), Field(row.field), Kind(row.kind),
            row.team__name, (row.author__name, *partners[row.pk]), row.opened_at, row.support_count,
            row.support_needed, talk.get(row.pk, 0), tuple(steps[row.pk]),
        )  # fmt: skip


def _partners(proposals: list[int]) -> dict[int, list[str]]:
    names = defaultdict(list)
    for proposal, name in _accepted(proposals):
        names[proposal].append(name)
    return names


@prepared
def _accepted(proposals: Givens) -> QuerySet:
    accepted = CoProposal.objects.filter(proposal__in=proposals, state=Sharing.ACCEPTED).order_by("-share", "pk")
    return accepted.values_list("proposal", "person__name")


def _steps(proposals: list[int]) -> dict[int, list[Step]]:
    steps, today = defaultdict(list), timezone.localdate()
    for proposal, state, due_on in _escalations(proposals):
        overdue = state != EscalationState.ANSWERED and today > due_on
        steps[proposal].append(Step(EscalationState(state), due_on, overdue))
    return steps


@prepared
def _escalations(proposals: Givens) -> QuerySet:
    return (
        Escalation.objects.filter(proposal__in=proposals).order_by("round").values_list("proposal", "state", "due_on")
    )


@prepared
def _talk(proposals: Givens) -> QuerySet:
    """Count the comments of those shown only: a board holds many more."""
    shown = Comment.objects.filter(proposal__in=proposals).order_by()
    return shown.values_list("proposal").annotate(Count("pk"))
