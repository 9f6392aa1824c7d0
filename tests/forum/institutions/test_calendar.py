"""The working calendar, against the Korean calendars of 2026 and 2027."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.institutions.calendar import is_working_day, last_day

DAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))
LENGTHS = st.integers(0, 400)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 1, 1), "신정"),
        (date(2026, 2, 16), "설날 전날"),
        (date(2026, 2, 17), "설날"),
        (date(2026, 2, 18), "설날 다음날"),
        (date(2026, 3, 2), "삼일절(일) 대체공휴일"),
        (date(2026, 5, 5), "어린이날"),
        (date(2026, 5, 25), "부처님오신날(일) 대체공휴일"),
        (date(2026, 6, 3), "지방선거일"),
        (date(2026, 8, 17), "광복절(토) 대체공휴일"),
        (date(2026, 9, 24), "추석 전날"),
        (date(2026, 9, 25), "추석"),
        (date(2026, 10, 5), "개천절(토) 대체공휴일"),
        (date(2026, 10, 9), "한글날"),
        (date(2026, 12, 25), "기독탄신일"),
        (date(2027, 2, 8), "설날 다음날"),
        (date(2027, 2, 9), "설날 대체공휴일"),
        (date(2027, 5, 13), "부처님오신날"),
        (date(2027, 8, 16), "광복절(일) 대체공휴일"),
        (date(2027, 9, 14), "추석 전날"),
        (date(2027, 9, 15), "추석"),
        (date(2027, 9, 16), "추석 다음날"),
        (date(2027, 10, 4), "개천절(일) 대체공휴일"),
        (date(2027, 10, 11), "한글날(토) 대체공휴일"),
        (date(2027, 12, 27), "기독탄신일(토) 대체공휴일"),
    ],
)
def test_a_public_or_substitute_holiday_is_no_working_day(day, why):
    assert day.weekday() < 5, f"{why} would be off as a weekend"
    assert not is_working_day(day), why


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 2, 19), "the day after 설날"),
        (date(2026, 6, 8), "현충일 on a Saturday has no substitute"),
        (date(2026, 9, 28), "추석 that ends on a Saturday has no substitute"),
        (date(2026, 12, 31), "the last day of the year"),
        (date(2027, 2, 10), "the day after the substitute of 설날"),
        (date(2027, 6, 7), "현충일 on a Sunday has no substitute"),
        (date(2026, 11, 24), "a Tuesday like any other"),
    ],
)
def test_a_weekday_without_a_holiday_is_a_working_day(day, why):
    assert is_working_day(day), why


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2026, 11, 22), date(2026, 6, 6)])
def test_a_weekend_is_no_working_day(day):
    assert not is_working_day(day)


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2026, 11, 24), 30, date(2026, 12, 24)),  # a Thursday: it stays
        (date(2026, 11, 25), 30, date(2026, 12, 28)),  # 기독탄신일 on a Friday, then the weekend
        (date(2026, 11, 26), 30, date(2026, 12, 28)),  # a Saturday
        (date(2026, 12, 2), 30, date(2027, 1, 4)),  # 신정 on a Friday, over the turn of the year
        (date(2026, 1, 15), 30, date(2026, 2, 19)),  # a Saturday before 설날 of Monday to Wednesday
        (date(2026, 8, 25), 30, date(2026, 9, 28)),  # 추석 from Thursday to Saturday, then a Sunday
        (date(2026, 9, 3), 30, date(2026, 10, 6)),  # 개천절 on a Saturday, its substitute on Monday
        (date(2027, 1, 7), 30, date(2027, 2, 10)),  # 설날 from Saturday on, with a substitute
        (date(2026, 11, 24), 1, date(2026, 11, 25)),
        (date(2026, 11, 21), 0, date(2026, 11, 23)),
    ],
)
def test_the_last_day_of_a_period(start, days, last):
    assert last_day(start, days) == last


@given(DAYS, LENGTHS)
def test_a_period_ends_on_the_first_working_day_at_or_after_its_length(start, days):
    last, counted = last_day(start, days), start + timedelta(days=days)
    assert is_working_day(last)
    assert last >= counted
    assert not any(is_working_day(counted + timedelta(days=n)) for n in range((last - counted).days))


@given(DAYS, LENGTHS)
def test_a_longer_period_never_ends_earlier(start, days):
    assert last_day(start, days) <= last_day(start, days + 1)
    assert last_day(start, days + 1) == last_day(start + timedelta(days=1), days)
