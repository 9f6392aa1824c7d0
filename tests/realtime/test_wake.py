"""From a committed act to the bus: whatever the bus does, the act is done and nobody waits for it."""

import re
import time
from pathlib import Path

import pytest

from boards.rooms.models import Message
from forum.events.models import Stream
from realtime.feeds import Frame, Item, read_frames
from realtime.rings import MOST_BYTES, Ring
from realtime.wake import waker
from tests.realtime.listening import opened, say

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize("fault", [ConnectionError("no bus"), ValueError("a bug"), None])
def test_an_act_succeeds_at_once_when_the_bus_fails_or_hangs(server, hanbit, monkeypatch, fault):
    def send(runner, message) -> None:
        if fault:
            raise fault
        time.sleep(2)

    monkeypatch.setattr(waker, "_send", send)
    monkeypatch.setattr("realtime.wake.PAUSES", (0.01,))
    started = time.monotonic()
    for number in range(5):
        say(hanbit.room, hanbit.jun, f"버스와 상관없이 {number}")
    assert time.monotonic() - started < 1.5
    assert Message.objects.filter(room=hanbit.room).count() == 5


def test_what_the_bus_never_told_is_found_within_seconds(server, hanbit, monkeypatch):
    with opened(server, hanbit.jun) as page:
        page.listen_live(hanbit.room.stream)
        monkeypatch.setattr(waker, "_send", lambda runner, message: None)
        say(hanbit.room, hanbit.sora, "아무도 알리지 않은 말")
        page.shows("아무도 알리지 않은 말", within=7)
    assert len(page.items) == 1


def test_a_wake_up_the_bus_refuses_is_sent_again_with_what_came_meanwhile(server, hanbit, monkeypatch):
    sent, refused = [], []

    def send(runner, message) -> None:
        if len(refused) < 2:
            refused.append(message)
            raise ConnectionError
        sent.append(message)

    monkeypatch.setattr(waker, "_send", send)
    monkeypatch.setattr("realtime.wake.PAUSES", (0.2, 0.2, 0.2))
    for number in range(3):
        say(hanbit.room, hanbit.jun, f"{number}번")
    deadline = time.monotonic() + 5
    head = Stream.objects.get(name=hanbit.room.stream).head
    while not any(message["streams"].get(hanbit.room.stream) == head for message in sent):
        assert time.monotonic() < deadline, sent
        time.sleep(0.05)
    assert len(sent) == 1


def test_a_head_the_database_does_not_know_is_not_read_for_without_end(server, hanbit, monkeypatch):
    readings = []

    def read(*asked):
        readings.append(asked)
        return read_frames(*asked)

    monkeypatch.setattr("realtime.hub.read_frames", read)
    with opened(server, hanbit.jun) as page:
        page.listen_live(hanbit.room.stream)
        waker.wake({"streams": {hanbit.room.stream: 10**9}, "stale": []})
        say(hanbit.room, hanbit.sora, "그래도 들리는 말")
        page.shows("그래도 들리는 말")
        page.hears_nothing(0.5)
    assert 1 <= len(readings) <= 6


def test_nothing_but_the_wire_speaks_to_the_bus():
    speaking = [
        str(path.relative_to(ROOT))
        for package in ("forum", "boards", "realtime")
        for path in (ROOT / package).rglob("*.py")
        if re.search(r"group_send|channel_layer", path.read_text())
    ]
    assert {path.split("/")[0] for path in speaking if path != "forum/settings.py"} == {"realtime"}


# --- The ring ------------------------------------------------------------------------------------------------------


def frames(since: int, to: int, *items: tuple[str, str], panels: bool = False, languages=("ko",)) -> dict[str, Frame]:
    shown = [Item(name, name, html) for name, html in items]
    return {language: Frame("room:1", "epoch", since, to, shown, panels) for language in languages}


def test_a_ring_joins_what_it_holds_and_the_newest_of_each_thing_wins():
    ring = Ring("room:1", "epoch", 10)
    ring.add(frames(10, 11, ("a", "old")))
    ring.add(frames(11, 13, ("b", "b"), ("a", "new"), panels=True))
    frame = ring.frame(10, "ko")
    assert (frame.since, frame.to, frame.panels) == (10, 13, True)
    assert {item.id: item.html for item in frame.items} == {"a": "new", "b": "b"}
    assert ring.frame(11, "ko").items == frames(11, 13, ("b", "b"), ("a", "new"))["ko"].items
    assert ring.frame(13, "ko").items == []
    assert ring.frame(10, "ko") is frame


def test_a_ring_never_answers_for_what_it_does_not_hold():
    ring = Ring("room:1", "epoch", 10)
    ring.add(frames(10, 11, ("a", "a")))
    assert ring.frame(9, "ko") is None
    assert ring.frame(12, "ko") is None
    assert ring.frame(10, "en") is None
    ring.add(frames(11, 12, ("b", "b"), languages=("ko", "en")))
    assert ring.frame(10, "en") is None
    assert ring.frame(11, "en").items[0].html == "b"


def test_a_ring_lets_its_oldest_go_when_it_is_full():
    ring = Ring("room:1", "epoch", 0)
    for number in range(5):
        ring.add(frames(number, number + 1, (str(number), "x" * (MOST_BYTES // 3))))
    assert ring.start == 2
    assert ring.frame(1, "ko") is None
    assert [item.id for item in ring.frame(2, "ko").items] == ["2", "3", "4"]


def test_a_reading_that_brought_nothing_changes_nothing():
    ring = Ring("room:1", "epoch", 7)
    ring.add(frames(7, 7))
    assert (ring.start, ring.to) == (7, 7)
