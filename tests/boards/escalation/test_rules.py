"""When an answer is due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.escalation.rules import days_over, due_on


@pytest.mark.parametrize(
    ("escalated_on", "due"),
    [
        (date(2026, 11, 24), date(2026, 12, 24)),
        (date(2026, 11, 25), date(2026, 12, 28)),  # 기독탄신일 on a Friday
        (date(2026, 8, 25), date(2026, 9, 28)),  # 추석
        (date(2026, 12, 2), date(2027, 1, 4)),  # 신정 on a Friday
    ],
)
def test_an_answer_is_due_in_thirty_days_moved_to_a_working_day(escalated_on, due):
    assert due_on(escalated_on) == due


def test_an_institution_may_set_another_length():
    assert due_on(date(2026, 11, 24), 14) == date(2026, 12, 8)


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 11, 24), 0),
        (date(2026, 12, 24), 0),  # the last day itself is in time
        (date(2026, 12, 25), 1),
        (date(2027, 1, 3), 10),
    ],
)
def test_an_answer_is_overdue_from_the_day_after_the_last(today, days):
    assert days_over(date(2026, 12, 24), today) == days


@given(st.dates(date(2024, 1, 1), date(2035, 12, 31)), st.integers(1, 90), st.integers(0, 400))
def test_nothing_is_overdue_within_its_period(escalated_on, days, later):
    due = due_on(escalated_on, days)
    today = escalated_on + timedelta(days=later)
    assert (days_over(due, today) > 0) == (today > due)
    if later <= days:
        assert days_over(due, today) == 0
