"""The office is reminded 7, 3 and 1 days before its last day: once each, by letter, and not of what it answered."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from boards.escalation.models import Escalation, Reminder
from boards.escalation.rules import REMINDED_AT, reminder_at
from forum.clock import run_once
from forum.institutions.models import Office
from forum.notifications.models import Letter, Notification
from forum.notifications.telling import tell
from tests.boards.browsing import text
from tests.boards.escalation.answering import answered, escalated


def left(escalation: Escalation, days: int) -> None:
    """Let so many days be left, of the thirty from the escalation."""
    due = timezone.localdate() + timedelta(days=days)
    begun = timezone.now() - timedelta(days=30 - days)
    Escalation.objects.filter(pk=escalation.pk).update(due_on=due, escalated_at=begun)


def told() -> list[str]:
    tell()
    reminded = Notification.objects.filter(event__verb="answer_due_soon", must=True)
    return [it.person.name for it in reminded.select_related("person")]


@pytest.mark.parametrize(
    ("days_left", "reminder"),
    [(30, None), (8, None), (7, 7), (4, 7), (3, 3), (2, 3), (1, 1), (0, 1), (-1, None)],
)
def test_which_reminder_a_day_belongs_to(days_left, reminder):
    assert reminder_at(days_left) == reminder


@given(st.integers(-60, 60))
def test_a_reminder_never_says_fewer_days_than_there_are(days_left):
    reminder = reminder_at(days_left)
    assert reminder is None or (reminder in REMINDED_AT and 0 <= days_left <= reminder)


def test_day_by_day_the_office_is_reminded_three_times_and_hears_the_date_by_letter(hanbit, keys):
    escalation = escalated(hanbit)
    reminded = []
    for days in range(10, -1, -1):
        left(escalation, days)
        reminded += [days] * run_once("clock")
        assert run_once("clock") == 0

    assert reminded == [7, 3, 1]
    assert told() == [hanbit.hana.name] * 3
    letters = Letter.objects.filter(to=hanbit.hana.email, body__contains="답변 기한이 다가옵니다.")
    assert letters.count() == 3
    due = f"답변 기한: {Escalation.objects.get().due_on:%Y. %-m. %-d.}"
    assert all(due in letter.body and f"/escalations/{escalation.pk}/" in letter.body for letter in letters)


def test_a_clock_that_stood_still_sends_the_last_reminder_alone(hanbit, keys):
    escalation = escalated(hanbit)
    left(escalation, 0)

    assert run_once("clock") == 1
    assert list(Reminder.objects.values_list("days", flat=True)) == [1]
    assert run_once("clock") == 0


def test_what_was_answered_or_came_today_is_not_reminded_of(hanbit, keys):
    left(answered(hanbit), 3)
    today = escalated(hanbit)
    Escalation.objects.filter(pk=today.pk).update(due_on=timezone.localdate() + timedelta(days=3))

    assert run_once("clock") == 0
    assert told() == []


def test_of_a_vacant_office_the_moderators_are_reminded(hanbit, keys):
    left(escalated(hanbit), 3)
    Office.objects.update(holder=None)
    run_once("clock")

    assert told() == [hanbit.minji.name]


def test_everybody_reads_in_the_timeline_that_the_office_was_reminded(hanbit, door, keys):
    escalation = escalated(hanbit)
    left(escalation, 3)
    run_once("clock")

    assert "답변 기한이 다가옵니다." in text(door.enter(hanbit.staff).get(f"/proposals/{escalation.proposal_id}/"))
