"""When an answer is due, as pure functions of dates (공무원 제안 규정)."""

from datetime import date

from forum.institutions.calendar import last_day

ANSWER_DAYS = 30
REMINDED_AT = (7, 3, 1)  # days before the last one; the day itself counts to the last of them


def due_on(escalated_on: date, days: int = ANSWER_DAYS) -> date:
    """Return the last day to answer: calendar days from the day after escalation, moved to a working day."""
    return last_day(escalated_on, days)


def days_over(due: date, today: date) -> int:
    """Return by how many days an unanswered escalation is overdue, 0 if it is not."""
    return max(0, (today - due).days)


def is_past(day: date, today: date) -> bool:
    """Whether a day is over, so that nothing can be promised for it any more; today can still be kept."""
    return day < today


def reminder_at(days_left: int) -> int | None:
    """Return which reminder it is time for so many days before the last one, None before the first and when over."""
    return min((days for days in REMINDED_AT if days >= days_left), default=None) if days_left >= 0 else None
