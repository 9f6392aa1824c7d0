"""The template tags every page may use."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from forum.templatetags.page import left


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
