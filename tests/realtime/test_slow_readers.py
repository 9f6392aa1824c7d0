"""A reader that does not keep up is held back, then closed; nobody else notices."""

import threading
import time

from django.db import connection

from forum.events.queries import head_of
from realtime import outbox
from realtime.hub import hub
from tests.realtime.listening import opened, say

LONG = "긴 말 " * 650


def test_a_reader_that_confirms_nothing_holds_up_nobody_and_is_closed(server, hanbit, monkeypatch):
    monkeypatch.setattr(outbox, "MOST_BYTES", 20_000)
    monkeypatch.setattr(outbox, "MARK_EVERY", 5_000)
    monkeypatch.setattr(outbox, "PATIENCE", 1.0)
    with opened(server, hanbit.jun) as slow, opened(server, hanbit.sora) as quick:
        for page in (slow, quick):
            page.listen_live(hanbit.room.stream)
        slow.answers_pings = False
        for number in range(30):
            say(hanbit.room, hanbit.tae, f"{number}번 {LONG}")
            quick.shows(f"{number}번 ", within=3)
        assert slow.close_code(within=10) == 4408
    assert len(quick.items) == 30
    assert len(slow.items) < 15


def test_a_reader_that_catches_its_breath_gets_all_that_was_held_back(server, hanbit, monkeypatch):
    monkeypatch.setattr(outbox, "MOST_BYTES", 20_000)
    monkeypatch.setattr(outbox, "MARK_EVERY", 5_000)
    head = head_of(hanbit.room.stream)
    with opened(server, hanbit.jun) as page:
        page.listen_live(hanbit.room.stream)
        page.answers_pings = False
        for number in range(20):
            say(hanbit.room, hanbit.tae, f"{number}번 {LONG}")
        time.sleep(0.5)
        page.until(lambda it: any(message["type"] == "ping" for message in it.others))
        page.answers_pings = True
        page.tell({"type": "pong"})
        page.until(lambda it: it.frames[-1]["to"] == head.number + 20)
    assert len(page.items) == 20
    ends = [frame["to"] for frame in page.frames]
    assert [frame["from"] for frame in page.frames[1:]] == ends[:-1]


def test_a_reader_that_does_not_even_read_holds_up_nobody(server, hanbit, monkeypatch):
    monkeypatch.setattr(outbox, "PATIENCE", 1.0)

    def write() -> None:
        for number in range(100):
            say(hanbit.room, hanbit.tae, f"{number}번 {LONG}")
        connection.close()

    with opened(server, hanbit.jun) as stuck, opened(server, hanbit.sora) as quick:
        for page in (stuck, quick):
            page.listen_live(hanbit.room.stream)
        writer = threading.Thread(target=write)
        writer.start()
        quick.shows("99번 ", within=30)
        writer.join()
        deadline = time.monotonic() + 10
        while any(socket.person == hanbit.jun for socket in hub.sockets):
            assert time.monotonic() < deadline, "the socket of who does not read is still held"
            quick.hears_nothing(0.1)
    assert len(quick.items) == 100
