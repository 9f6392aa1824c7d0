"""The ballot's states and the table they move along."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    OPEN = "open", _("투표 중")
    COUNTING = "counting", _("개표 대기")
    PASSED = "passed", _("가결")
    FAILED = "failed", _("부결")
    VOID = "void", _("무효")


NEXT: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.COUNTING, State.VOID}),
    State.COUNTING: frozenset({State.PASSED, State.FAILED, State.VOID}),
    State.PASSED: frozenset(),
    State.FAILED: frozenset(),
    State.VOID: frozenset(),
}
