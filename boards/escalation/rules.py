"""When an answer is due, as pure functions of dates (공무원 제안 규정)."""

from datetime import date

from forum.institutions.calendar import last_day

ANSWER_DAYS = 30


def due_on(escalated_on: date, days: int = ANSWER_DAYS) -> date:
    """Return the last day to answer: calendar days from the day after escalation, moved to a working day."""
    return last_day(escalated_on, days)


def days_over(due: date, today: date) -> int:
    """Return by how many days an unanswered escalation is overdue, 0 if it is not."""
    return max(0, (today - due).days)
