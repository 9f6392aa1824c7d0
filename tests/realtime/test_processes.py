"""Several web processes, an act in yet another, and a bus that may be gone: PostgreSQL, Redis and uvicorn for real."""

import re
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from channels_redis.pubsub import RedisPubSubChannelLayer
from websockets.exceptions import ConnectionClosed

from boards.membership.actions import end_membership
from boards.membership.models import Membership
from forum.events.queries import head_of
from tests.realtime.listening import cookie_of, opened, say
from tests.servers import Redis

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(300)]


@pytest.fixture
def bus(settings, monkeypatch) -> Iterator[Redis]:
    """A Redis that a test may kill; this process acts through it as the worker and the clock do."""
    with Redis() as redis:
        layer = RedisPubSubChannelLayer(**settings.CHANNEL_LAYERS["default"]["CONFIG"] | {"hosts": [redis.url()]})
        monkeypatch.setattr("realtime.wake.get_channel_layer", lambda: layer)
        yield redis


@pytest.fixture
def webs(uvicorns, bus):
    return uvicorns(2, REDIS_URL=bus.url())


def seat_of(person) -> Membership:
    return Membership.objects.get(person=person, ended_at=None)


def people_in(page, room) -> int:
    return int(re.search(r"(\d+)명", page.snapshots[f"presence:{room.pk}"][-1])[1])


def test_an_act_in_one_process_is_heard_in_every_other_at_once(webs, hanbit):
    with opened(webs[0], hanbit.jun) as first, opened(webs[1], hanbit.sora) as second:
        for page in (first, second):
            page.listen_live(hanbit.room.stream)
        for number in range(10):
            say(hanbit.room, hanbit.tae, f"{number}번")
            first.shows(f"{number}번", within=2)
            second.shows(f"{number}번", within=2)
    for page in (first, second):
        ends = [frame["to"] for frame in page.frames]
        assert [frame["from"] for frame in page.frames[1:]] == ends[:-1]
        assert len(page.items) == 10


def test_people_are_counted_once_over_all_processes_and_those_of_a_dead_one_no_more(webs, hanbit):
    name = f"presence:{hanbit.room.pk}"
    with ExitStack() as pages:
        here = pages.enter_context(opened(webs[0], hanbit.jun))
        there = pages.enter_context(opened(webs[1], hanbit.jun))
        other = pages.enter_context(opened(webs[1], hanbit.sora))
        for page in (here, there, other):
            page.listen_live(hanbit.room.stream)
        here.watch(name)
        here.until(lambda page: page.snapshots and people_in(page, hanbit.room) == 2)
        webs[1].kill()
        here.until(lambda page: people_in(page, hanbit.room) == 1, within=30)
    assert people_in(here, hanbit.room) == 1


def test_with_the_bus_killed_pages_hear_within_five_seconds_and_at_once_when_it_is_back(webs, hanbit, bus):
    head = head_of(hanbit.room.stream)
    with opened(webs[0], hanbit.jun) as first, opened(webs[1], hanbit.sora) as second:
        for page in (first, second):
            page.listen_live(hanbit.room.stream)
        bus.kill()
        for number in range(3):
            started = time.monotonic()
            say(hanbit.room, hanbit.tae, f"버스 없이 {number}")
            assert time.monotonic() - started < 1.0, "the act waited for the bus"
            for page in (first, second):
                page.shows(f"버스 없이 {number}", within=5)
        bus.start()
        say(hanbit.room, hanbit.tae, "돌아오는 사이")
        for page in (first, second):
            page.shows("돌아오는 사이", within=5)
        until_quick(first, hanbit)
    ends = [frame["to"] for frame in second.frames]
    assert [frame["from"] for frame in second.frames[1:]] == ends[:-1]
    assert first.frames[0]["from"] == head.number


def until_quick(page, hanbit, within: float = 15.0) -> None:
    """Wait until what is said is heard within half a second, as with the bus there."""
    deadline, number = time.monotonic() + within, 0
    while True:
        number += 1
        started = time.monotonic()
        say(hanbit.room, hanbit.tae, f"다시 {number}번")
        page.shows(f"다시 {number}번", within=6)
        if time.monotonic() - started < 0.5:
            return
        assert time.monotonic() < deadline, "the bus is back, and still it is slow"


def test_with_the_bus_hanging_no_act_waits_and_pages_hear_within_six_seconds(webs, hanbit, bus):
    with opened(webs[0], hanbit.jun) as page:
        page.listen_live(hanbit.room.stream)
        bus.freeze()
        for number in range(3):
            started = time.monotonic()
            say(hanbit.room, hanbit.tae, f"버스가 멈춘 채 {number}")
            assert time.monotonic() - started < 1.0, "the act waited for the bus"
            page.shows(f"버스가 멈춘 채 {number}", within=6)
        bus.thaw()
        until_quick(page, hanbit)


def test_a_bus_that_was_gone_for_a_moment_loses_nothing(webs, hanbit, bus):
    with opened(webs[0], hanbit.jun) as page:
        page.listen_live(hanbit.room.stream)
        for number in range(3):
            bus.kill()
            say(hanbit.room, hanbit.tae, f"눈 깜짝할 사이 {number}")
            bus.start()
            page.shows(f"눈 깜짝할 사이 {number}", within=6)
    assert len(page.items) == 3


def test_without_the_bus_a_lost_right_is_noticed_within_five_seconds(webs, hanbit, bus):
    cookie = cookie_of(hanbit.sora)
    with opened(webs[0], hanbit.jun) as page, opened(webs[1], cookie=cookie) as other:
        page.listen_live(hanbit.room.stream)
        other.listen_live(hanbit.room.stream)
        bus.kill()
        end_membership(seat_of(hanbit.jun), by=hanbit.minji)
        assert page.next("refused", within=5)["stream"] == hanbit.room.stream
        say(hanbit.room, hanbit.tae, "준은 못 듣는 말")
        other.shows("준은 못 듣는 말", within=5)
        page.hears_nothing(1)


def test_a_process_told_to_stop_closes_its_sockets_one_after_another_and_another_goes_on(webs, hanbit):
    head = head_of(hanbit.room.stream)
    cookies = [cookie_of(person) for person in hanbit.members[:4]]
    with ExitStack() as stack:
        pages = [stack.enter_context(opened(webs[0], cookie=cookie)) for cookie in cookies for _ in range(5)]
        for page in pages:
            page.listen(head)
            page.next("frame")
        webs[0].processes[0].send_signal(signal.SIGTERM)
        codes = []
        for page in pages:
            try:
                page.next("never", within=10)
            except ConnectionClosed as closed:
                codes.append(closed.rcvd and closed.rcvd.code)
        assert codes == [4503] * 20
        assert webs[0].processes[0].wait(10) is not None
        say(hanbit.room, hanbit.tae, "옮기는 동안 한 말")
        with opened(webs[1], cookie=cookies[0]) as moved:
            moved.listen(head)
            moved.shows("옮기는 동안 한 말")
