"""The template tags every page may use."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from forum.templatetags.page import day, left, moment


@pytest.mark.parametrize(
    ("until", "told"),
    [
        (timedelta(days=14), "14일 남음"),
        (timedelta(days=13, hours=23, minutes=59), "13일 23시간 남음"),
        (timedelta(hours=24), "1일 남음"),
        (timedelta(hours=5, minutes=20, seconds=59), "5시간 20분 남음"),
        (timedelta(minutes=12), "12분 남음"),
        (timedelta(seconds=59), "1분도 남지 않음"),
        (timedelta(seconds=-1), ""),
    ],
)
def test_time_left_is_told_in_its_two_largest_units(until, told):
    with time_machine.travel(timezone.now(), tick=False):
        assert left(timezone.now() + until) == told


def test_of_no_time_nothing_is_told():
    assert left(None) == ""


def test_dates_are_written_as_offices_write_them_without_leading_zeros():
    assert moment(datetime(2026, 3, 1, 22, 5, tzinfo=UTC)) == (
        '<time datetime="2026-03-02T07:05:00+09:00">2026. 3. 2. 07:05</time>'
    )
    assert day(date(2026, 3, 2)) == '<time datetime="2026-03-02">2026. 3. 2.</time>'
