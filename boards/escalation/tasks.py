"""What the clock does with escalations, found by state."""

from boards.escalation.actions import mark_overdue, remind
from boards.escalation.models import Escalation
from forum.clockwork.each import each


def remind_addressees() -> int:
    return each(Escalation.objects.to_remind(), _remind)


def _remind(escalation: Escalation) -> bool:
    return remind(escalation) is not None


def mark_overdue_escalations() -> int:
    return each(Escalation.objects.overdue().filter(overdue_marked_at=None), _mark)


def _mark(escalation: Escalation) -> bool:
    return mark_overdue(escalation).overdue_marked_at is not None
