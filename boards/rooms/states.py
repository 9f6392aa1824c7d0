"""The room's states and the table they move along."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    OPEN = "open", _("열림")
    PAUSED = "paused", _("잠시 멈춤")
    CLOSED = "closed", _("닫힘")


NEXT: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.PAUSED, State.CLOSED}),
    State.PAUSED: frozenset({State.OPEN, State.CLOSED}),
    State.CLOSED: frozenset({State.OPEN}),
}
