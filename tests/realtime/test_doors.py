"""Who may open a socket, what it may say, and what it may listen to."""

import json
import socket
from contextlib import suppress

import pytest
from django.test import Client
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from boards.proposals.actions import open_proposal, start_draft
from boards.proposals.models import Proposal
from boards.world.cast import World
from forum.events.queries import head_of
from realtime.consumers import MESSAGES
from realtime.feeds import SNAPSHOTS, STREAMS
from realtime.visitors import allowed_origin
from tests.realtime.listening import cookie_of, opened, say

TEXTS = {
    "title": "회의는 똑똑하게",
    "problem": "회의가 깁니다.",
    "remedy": "30분만 합니다.",
    "effect": "시간이 남습니다.",
}


def proposal_of(world: World) -> Proposal:
    return open_proposal(start_draft(world.board, by=world.jun, **TEXTS), by=world.jun)


def answer(page, kind: str, name: str, epoch: str = "x") -> dict:
    page.tell({"type": "listen", "stream": name, "epoch": epoch, "since": 0} if kind == "listen" else
              {"type": "watch", "snapshot": name})  # fmt: skip
    while (message := page.take(10))["type"] == "ping":
        pass
    return message


# --- The door ------------------------------------------------------------------------------------------------------


def test_a_guest_is_asked_to_sign_in(server, hanbit):
    with opened(server) as page:
        assert page.close_code() == 4401


def test_a_session_that_has_ended_opens_nothing(server, hanbit):
    cookie = cookie_of(hanbit.jun)
    client = Client()
    client.cookies["session"] = cookie.partition("=")[2]
    client.post("/accounts/logout/")
    with opened(server, cookie=cookie) as page:
        assert page.close_code() == 4401


def test_a_cookie_nobody_gave_out_opens_nothing(server, hanbit):
    for cookie in ["session=", "session=x; session=y", "=;;=", 'session="\\', "session=" + "é" * 40]:
        with opened(server, cookie=cookie) as page:
            assert page.close_code() == 4401, cookie


FOREIGN_ORIGINS = [
    "https://evil.example",
    "https://localhost:{port}",
    "http://localhost:1",
    "http://localhost",
    "http://localhost:{port}.evil.example",
    "http://evil.example:{port}",
    "http://localhost:{port}/",
    "http://[::1",
    "http://localhost:port",
    "null",
    "",
    None,
]


def test_a_page_of_another_origin_opens_no_socket(server, hanbit):
    cookie = cookie_of(hanbit.jun)
    for pattern in FOREIGN_ORIGINS:
        origin = pattern and pattern.format(port=server.port)
        with pytest.raises(InvalidStatus) as refused, opened(server, cookie=cookie, origin=origin):
            pass
        assert refused.value.response.status_code in (400, 403), origin  # daphne itself refuses what is no URL
        headers = [(b"host", f"localhost:{server.port}".encode()), (b"origin", (origin or "").encode())]
        assert not allowed_origin({"headers": headers}), origin


def test_a_name_bent_to_this_machine_is_another_origin(server, hanbit):
    bent = f"bent.example:{server.port}"
    here = socket.create_connection(("127.0.0.1", server.port))
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(
            f"ws://{bent}/live/", sock=here, origin=f"http://{bent}", proxy=None,
            additional_headers={"Cookie": cookie_of(hanbit.jun)},
        ),
    ):  # fmt: skip
        pass
    assert refused.value.response.status_code == 403


def test_there_is_no_socket_at_another_address(server, hanbit):
    with pytest.raises(InvalidStatus) as refused, opened(server, hanbit.jun, path="/elsewhere/"):
        pass
    assert refused.value.response.status_code == 403


def test_the_seventh_socket_of_a_person_is_closed_and_the_six_stay(server, hanbit):
    cookie = cookie_of(hanbit.jun)
    with (
        opened(server, cookie=cookie) as first,
        opened(server, cookie=cookie) as second,
        opened(server, cookie=cookie) as third,
        opened(server, cookie=cookie) as fourth,
        opened(server, cookie=cookie) as fifth,
        opened(server, cookie=cookie) as sixth,
    ):
        for page in (first, second, third, fourth, fifth, sixth):
            page.watch(f"badge:{hanbit.jun.pk}")
            page.next("snapshot")
        with opened(server, cookie=cookie) as seventh:
            assert seventh.close_code() == 4429
        with opened(server, hanbit.sora) as another:
            another.listen_live(hanbit.room.stream)
        first.listen_live(hanbit.room.stream)


# --- What a page may say -------------------------------------------------------------------------------------------


NONSENSE = [
    "",
    "no json",
    "[" * 50_000,
    "7",
    "[]",
    "{}",
    '{"type": "say", "body": "hello"}',
    '{"type": ["listen"]}',
    '{"type": "listen"}',
    '{"type": "listen", "stream": "room:1", "epoch": "x"}',
    '{"type": "listen", "stream": "room:1", "epoch": "x", "since": -1}',
    '{"type": "listen", "stream": "room:1", "epoch": "x", "since": "1"}',
    '{"type": "listen", "stream": "room:1", "epoch": "x", "since": Infinity}',
    '{"type": "listen", "stream": "room:1", "epoch": "x", "since": true}',
    '{"type": "listen", "stream": {}, "epoch": "x", "since": 1}',
    '{"type": "listen", "stream": "' + "r" * 61 + '", "epoch": "x", "since": 1}',
    '{"type": "watch"}',
    '{"type": "ignore", "name": null}',
    b'{"type": "pong"}',
]


def test_what_no_page_of_ours_says_closes_the_socket(server, hanbit):
    cookie = cookie_of(hanbit.jun)
    for message in NONSENSE:
        with opened(server, cookie=cookie) as page:
            page.tell(message)
            assert page.close_code() == 4400, message


def test_a_message_over_64_kib_closes_the_socket(server, hanbit):
    with opened(server, hanbit.jun) as page:
        page.tell(json.dumps({"type": "pong", "more": "가" * 22_000}, ensure_ascii=False))
        assert page.close_code() == 4413


def test_a_page_that_says_too_much_is_closed(server, hanbit):
    with opened(server, hanbit.jun) as page:
        with suppress(ConnectionClosed):  # it may be closed before all is said
            for _ in range(100):
                page.tell({"type": "ignore", "name": "room:1"})
        assert page.close_code() == 4429


def test_a_page_may_not_listen_to_everything_at_once(server, hanbit, monkeypatch):
    monkeypatch.setattr("realtime.consumers.MOST_NAMES", 3)
    names = [f"support:{proposal_of(hanbit).pk}" for _ in range(4)]
    with opened(server, hanbit.sora) as page:
        assert [answer(page, "watch", name)["type"] for name in names] == [*["snapshot"] * 3, "refused"]
        assert answer(page, "watch", names[0])["type"] == "snapshot"
        page.tell({"type": "ignore", "name": names[0]})
        assert answer(page, "watch", names[3])["type"] == "snapshot"


def test_every_message_a_page_may_send_is_registered_with_its_right():
    assert set(MESSAGES) == {"listen", "watch", "ignore", "pong"}


# --- What may be listened to ---------------------------------------------------------------------------------------


def test_what_is_hidden_is_refused_like_what_does_not_exist(server, hanbit):
    draft = start_draft(hanbit.board, by=hanbit.jun, **TEXTS)
    say(hanbit.room, hanbit.jun, "우리끼리 하는 말")
    hidden = [
        ("listen", hanbit.room.stream),
        ("listen", hanbit.board.stream),
        ("listen", proposal_of(hanbit).stream),
        ("listen", draft.stream),
        ("listen", hanbit.jun.stream),
        ("watch", f"presence:{hanbit.room.pk}"),
        ("watch", f"support:{draft.pk}"),
        ("watch", f"badge:{hanbit.jun.pk}"),
    ]
    absent = [("listen", f"{kind}:987654321") for kind in STREAMS]
    absent += [("watch", f"{kind}:987654321") for kind in SNAPSHOTS]
    nonsense = [
        "room",
        "room:",
        "room:0",
        "room:07",
        "room:٧",
        "room:1;",
        "room: 1",
        "ROOM:1",
        "nothing:1",
        "room:" + "9" * 40,
    ]
    with opened(server, hanbit.rio) as page:
        for kind, name in [*hidden, *absent, *(("listen", name) for name in nonsense)]:
            assert answer(page, kind, name) == {"type": "refused", "stream": name}
            page.hears_nothing(0.03)  # keep within the rate
        say(hanbit.room, hanbit.jun, "아무도 못 들은 말")
        page.hears_nothing(0.5)


def test_a_snapshot_is_no_stream_and_a_stream_is_no_snapshot(server, hanbit):
    with opened(server, hanbit.jun) as page:
        assert answer(page, "listen", f"presence:{hanbit.room.pk}")["type"] == "refused"
        assert answer(page, "watch", hanbit.room.stream)["type"] == "refused"


def test_staff_hear_a_proposal_and_its_support_but_no_room(server, hanbit):
    proposal = proposal_of(hanbit)
    with opened(server, hanbit.staff) as page:
        page.listen_live(proposal.stream)
        assert answer(page, "watch", f"support:{proposal.pk}")["type"] == "snapshot"
        assert answer(page, "listen", hanbit.room.stream)["type"] == "refused"


def test_an_executive_hears_nothing_of_a_proposal_before_it_is_escalated(server, hanbit):
    proposal = proposal_of(hanbit)
    with opened(server, hanbit.hana) as page:
        assert answer(page, "listen", proposal.stream, head_of(proposal.stream).epoch)["type"] == "refused"
        assert answer(page, "watch", f"support:{proposal.pk}")["type"] == "refused"
