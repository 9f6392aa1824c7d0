"""What the clock does with escalations, found by state."""

from boards.escalation.actions import mark_overdue
from boards.escalation.models import Escalation


def mark_overdue_escalations() -> int:
    return len([mark_overdue(it) for it in Escalation.objects.overdue().filter(overdue_marked_at=None)])
