"""A cache that cannot be reached is an empty one."""

import socket

import pytest

from forum.web.cache import ForgivingRedisCache


@pytest.fixture
def gone() -> ForgivingRedisCache:
    """A cache at a port where nobody answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return ForgivingRedisCache(f"redis://127.0.0.1:{port}/1", {"OPTIONS": {"socket_connect_timeout": 0.5}})


def test_nothing_is_found_and_nothing_fails(gone):
    gone.set("name", "value")
    gone.set_many({"name": "value"})
    assert gone.get("name") is None
    assert gone.get("name", "else") == "else"
    assert gone.get_many(["name"]) == {}
    assert gone.has_key("name") is False
    assert "name" not in gone


def test_counting_starts_anew_each_time(gone):
    assert gone.add("count", 1) is True
    assert gone.incr("count") == 1


def test_taking_away_what_is_not_there_is_fine(gone):
    assert gone.delete("name") is False
    assert gone.touch("name") is False
    gone.delete_many(["name"])
