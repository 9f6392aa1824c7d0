"""A prepared read is written once, so it may hold nothing of the moment or the person it was first asked for."""

import pytest
import time_machine
from django.utils import translation

import forum.urls  # noqa: F401 - reads are prepared where pages ask
from forum.prepared import PREPARED, Place


@pytest.mark.django_db
@pytest.mark.parametrize("read", PREPARED, ids=lambda read: f"{read.__module__}.{read.__name__}")
def test_it_is_written_the_same_on_every_day_and_in_every_language(read):
    with time_machine.travel("2026-03-02 09:00+09:00"), translation.override("ko"):
        once = read.write([8, 8])
    with time_machine.travel("2027-11-30 23:30+09:00"), translation.override("en"):
        again = read.write([8, 8])

    assert (once.sql, once.params) == (again.sql, again.params)
    assert any(isinstance(it, Place) for it in once.params)
