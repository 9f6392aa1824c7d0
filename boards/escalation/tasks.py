"""What the clock does with escalations, found by state."""

from boards.escalation.actions import mark_overdue
from boards.escalation.models import Escalation
from forum.clockwork.each import each


def mark_overdue_escalations() -> int:
    return each(Escalation.objects.overdue().filter(overdue_marked_at=None), _mark)


def _mark(escalation: Escalation) -> bool:
    return mark_overdue(escalation).overdue_marked_at is not None
