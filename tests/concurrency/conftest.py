"""How large a crowd is: 60 threads where PostgreSQL lets them in at once, 8 on SQLite, which takes one at a time."""

import logging

import pytest
from django.db import connection

from boards.proposals.actions import open_proposal, start_draft
from boards.proposals.models import Proposal

TEXTS = {"title": "짧은 회의", "problem": "회의가 깁니다.", "remedy": "30분만 합니다.", "effect": "시간이 남습니다."}
ROOM_FOR_TESTS = 10  # connections of the pool beside those of the crowd


@pytest.fixture
def threads(transactional_db):
    """The size of a crowd; on PostgreSQL the pool has a connection for each, so that nobody queues before the lock."""
    if connection.vendor != "postgresql":
        yield 8
        return
    pool = connection.settings_dict["OPTIONS"]["pool"]
    usual = pool["max_size"]
    _resize(pool, 60 + ROOM_FOR_TESTS)
    yield 60
    _resize(pool, usual)


def _resize(pool: dict, size: int) -> None:
    connection.close()
    connection.close_pool()
    pool["max_size"] = size


@pytest.fixture
def proposal(hanbit) -> Proposal:
    """An open proposal of jun's."""
    return open_proposal(start_draft(hanbit.board, by=hanbit.jun, **TEXTS), by=hanbit.jun)


@pytest.fixture(autouse=True)
def nothing_fails_unseen(caplog):
    """What the clock's work or a receiver logs as failed and tries again fails the test."""
    yield
    failed = [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
    assert not failed
