"""Who loses a right stops hearing at once, on every open page."""

import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from boards.membership.actions import change_membership, end_membership
from boards.membership.models import Board, Membership
from boards.proposals.actions import open_proposal, start_draft
from boards.world.cast import PASSWORD
from forum.accounts.models import User
from tests.realtime.listening import cookie_of, opened, say

TEXTS = {
    "title": "회의는 똑똑하게",
    "problem": "회의가 깁니다.",
    "remedy": "30분만 합니다.",
    "effect": "시간이 남습니다.",
}


def seat_of(person) -> Membership:
    return Membership.objects.get(person=person, ended_at=None)


def signed_in(cookie: str) -> Client:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie.partition("=")[2]
    return client


def test_who_leaves_the_board_hears_the_room_no_more_within_two_seconds(server, hanbit):
    with opened(server, hanbit.jun) as jun, opened(server, hanbit.sora) as sora:
        for page in (jun, sora):
            page.listen_live(hanbit.room.stream)
        jun.watch(f"presence:{hanbit.room.pk}")
        end_membership(seat_of(hanbit.jun), by=hanbit.minji)
        jun.until(lambda page: {"type": "refused", "stream": hanbit.room.stream} in page.others, within=2)
        jun.until(lambda page: {"type": "refused", "stream": f"presence:{hanbit.room.pk}"} in page.others, within=2)
        say(hanbit.room, hanbit.sora, "준은 못 듣는 말")
        sora.shows("준은 못 듣는 말")
        jun.hears_nothing(0.5)
    assert jun.items == {}


def test_who_leaves_the_board_still_hears_what_staff_hear(server, hanbit):
    proposal = open_proposal(start_draft(hanbit.board, by=hanbit.sora, **TEXTS), by=hanbit.sora)
    with opened(server, hanbit.jun) as page:
        page.listen_live(proposal.stream)
        page.listen_live(hanbit.room.stream)
        end_membership(seat_of(hanbit.jun), by=hanbit.minji)
        assert page.next("refused", within=2)["stream"] == hanbit.room.stream
        page.watch(f"support:{proposal.pk}")
        page.next("snapshot")
    assert [message["type"] for message in page.others] == ["refused"]


def test_a_changed_role_that_takes_nothing_away_changes_nothing(server, hanbit):
    seat = seat_of(hanbit.jun)
    with opened(server, hanbit.jun) as page:
        page.listen_live(hanbit.room.stream)
        change_membership(
            seat, by=hanbit.minji, role=Membership.Role.MODERATOR, team=None,
            term_from=seat.term_from, term_until=seat.term_until,
        )  # fmt: skip
        say(hanbit.room, hanbit.sora, "여전히 들리는 말")
        page.shows("여전히 들리는 말")
        page.hears_nothing(1.5)
    assert "refused" not in [message["type"] for message in page.others]


def test_signing_out_closes_the_sockets_of_that_session_within_two_seconds(server, hanbit):
    cookie, other_session = cookie_of(hanbit.jun), cookie_of(hanbit.jun)
    with opened(server, cookie=cookie) as page, opened(server, cookie=other_session) as other:
        page.listen_live(hanbit.room.stream)
        other.listen_live(hanbit.room.stream)
        signed_in(cookie).post("/accounts/logout/")
        started = time.monotonic()
        assert page.close_code(within=2) == 4401
        assert time.monotonic() - started < 2
        say(hanbit.room, hanbit.sora, "다른 기기에서는 들리는 말")
        other.shows("다른 기기에서는 들리는 말")


def test_a_new_password_closes_the_sockets_of_other_sessions_within_two_seconds(server, hanbit):
    cookie, other_session = cookie_of(hanbit.jun), cookie_of(hanbit.jun)
    with opened(server, cookie=other_session) as other:
        other.listen_live(hanbit.room.stream)
        new = "another-long-password-2026"
        done = signed_in(cookie).post(
            "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
        )
        assert done.status_code == 302
        assert other.close_code(within=2) == 4401


@pytest.mark.parametrize("lost", ["term", "account", "closed board"])
def test_what_is_lost_without_an_event_is_noticed_at_the_next_look(server, hanbit, monkeypatch, lost):
    monkeypatch.setattr("realtime.consumers.CHECK_EVERY", 1.0)
    monkeypatch.setattr("realtime.consumers.CHECK_EVERY_DEAF", 0.5)
    proposal = open_proposal(start_draft(hanbit.board, by=hanbit.sora, **TEXTS), by=hanbit.sora)
    person, stream = (hanbit.staff, proposal.stream) if lost == "closed board" else (hanbit.jun, hanbit.room.stream)
    with opened(server, person) as page:
        page.listen_live(stream)
        if lost == "term":
            Membership.objects.filter(person=person).update(term_until=timezone.localdate() - timedelta(days=1))
        elif lost == "closed board":
            Board.objects.filter(pk=hanbit.board.pk).update(closed=True)
        else:
            User.objects.filter(pk=person.pk).update(is_active=False)
            assert page.close_code(within=3) == 4401
            return
        assert page.next("refused", within=3)["stream"] == stream
