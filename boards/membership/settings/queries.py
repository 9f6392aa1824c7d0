"""What became of a board's rules."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from boards.membership.models import Board, Mode, Team
from boards.membership.settings.forms import SettingsForm
from forum.events.models import Event
from forum.institutions.models import Office

PAGE = 20


def teams_of(board: Board) -> QuerySet[Team]:
    """Its teams, each with the number of its `seats`; those that take nobody in any more last."""
    seats = Count("memberships", filter=Q(memberships__ended_at=None))
    return board.teams.annotate(seats=seats).order_by("retired_at", "name")


Figures = list[tuple[str, str, str]]  # what was changed, from what and to what, in words


@dataclass(frozen=True)
class Change:
    """One change of the rules."""

    event: Event
    figures: Figures


def changes_of(board: Board) -> list[Change]:
    """The last changes of a board's rules and of its addressee, newest first."""
    events = Event.objects.filter(stream__name=board.stream, verb__in=("settings_changed", "addressee_named"))
    last = list(events.select_related("actor").order_by("-number")[:PAGE])
    figures = figures_of(last)
    return [Change(event, figures[event.pk]) for event in last]


def figures_of(events: Iterable[Event]) -> dict[int, Figures]:
    """What the events that changed a board's rules or addressee changed, by their ids; asks once for all of them."""
    changes = {it.pk: it.data for it in events if it.verb == "settings_changed"}
    named = {it.pk: it.data["addressee"] for it in events if it.verb == "addressee_named"}
    ids = [pk for pair in named.values() for pk in pair]
    titles = dict(Office.objects.filter(pk__in=ids).values_list("pk", "title")) if named else {}
    label, nobody = _("답변할 직위"), _("정하지 않음")
    offices: dict[int, Figures] = {
        pk: [(label, titles.get(old, nobody), titles.get(new, nobody))] for pk, (old, new) in named.items()
    }
    return {pk: _figures(data) for pk, data in changes.items()} | offices


def _figures(data: dict) -> Figures:
    return [
        (str(SettingsForm.base_fields[name].label), _said(name, old), _said(name, new))
        for name, (old, new) in data.items()
        if name in SettingsForm.base_fields
    ]


def _said(name: str, value) -> str:
    if name == "ballot_mode":
        return str(Mode(value).label)
    return {True: _("예"), False: _("아니요")}[value] if name == "closed" else str(value)
