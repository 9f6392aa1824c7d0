"""What became of a board's rules."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from boards.membership.models import Board, Mode, Team
from boards.membership.settings.forms import SettingsForm
from forum.events.models import Event

PAGE = 20


def teams_of(board: Board) -> QuerySet[Team]:
    """Its teams, each with the number of its `seats`; those that take nobody in any more last."""
    seats = Count("memberships", filter=Q(memberships__ended_at=None))
    return board.teams.annotate(seats=seats).order_by("retired_at", "name")


@dataclass(frozen=True)
class Change:
    """One change of the rules: each rule's label with its old and new value in words."""

    event: Event
    figures: list[tuple[str, str, str]]


def changes_of(board: Board) -> list[Change]:
    """The last changes of a board's rules, newest first."""
    events = Event.objects.filter(stream__name=board.stream, verb="settings_changed").select_related("actor")
    return [Change(event, _figures(event.data)) for event in events.order_by("-number")[:PAGE]]


def _figures(data: dict) -> list[tuple[str, str, str]]:
    return [
        (str(SettingsForm.base_fields[name].label), _said(name, old), _said(name, new))
        for name, (old, new) in data.items()
        if name in SettingsForm.base_fields
    ]


def _said(name: str, value) -> str:
    if name == "ballot_mode":
        return str(Mode(value).label)
    return {True: "✓", False: "–"}[value] if name == "closed" else str(value)
