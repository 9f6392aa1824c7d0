"""Rooms are paused, closed and opened with a reason; a board has many, and a proposal may have one of its own."""

import re

import pytest

from boards.rooms.actions import open_room, pause_room
from boards.rooms.models import Room, Turn
from forum.events.models import Event
from tests.boards.browsing import published, text, words
from tests.boards.rooms.talking import send, wrote


def shut(door, room: Room, how: str = "pause", reason: str = "점심을 먹고 13시에 이어 갑니다."):
    return door.post(f"/rooms/{room.pk}/{how}/", reason=reason)


@pytest.mark.parametrize(
    ("how", "state", "verb", "said"),
    [
        ("pause", "paused", "room_paused", "운영자가 잠시 멈춘 토론방입니다."),
        ("closing", "closed", "room_closed", "닫힌 토론방입니다."),
    ],
)
def test_a_room_is_shut_for_a_reason_that_everybody_in_it_reads(hanbit, door, how, state, verb, said):
    shut(door.enter(hanbit.minji), hanbit.room, how)

    assert Room.objects.get(pk=hanbit.room.pk).state == state
    turn = Turn.objects.get()
    assert (turn.state, turn.by, turn.reason) == (state, hanbit.minji, "점심을 먹고 13시에 이어 갑니다.")
    assert Event.objects.get(verb=verb).actor == hanbit.minji
    page = words(door.enter(hanbit.sora).get(f"/rooms/{hanbit.room.pk}/"))
    assert said in page
    assert "김민지 님" in page
    assert "이유: 점심을 먹고 13시에 이어 갑니다." in page


def test_no_room_is_shut_without_a_reason(hanbit, door):
    for how in ("pause", "closing"):
        refused = shut(door.enter(hanbit.minji), hanbit.room, how, reason="  ")
        assert refused.status_code == 422
        assert "이유를 써 주세요" in text(refused)
    assert Room.objects.get(pk=hanbit.room.pk).state == "open"
    assert not Turn.objects.exists()


def test_a_paused_room_takes_nothing_and_gives_the_text_back_with_the_reason(hanbit, door):
    shut(door.enter(hanbit.minji), hanbit.room)

    refused = send(door.enter(hanbit.sora), hanbit.room, "쓰던 글")

    assert refused.status_code == 409
    assert "점심을 먹고 13시에 이어 갑니다." in text(refused)
    assert "쓰던 글" in text(refused)


def test_a_message_that_arrived_before_the_pause_is_still_found_by_its_id(hanbit, door):
    first = wrote(hanbit.sora, hanbit.room, "제때 온 글")
    shut(door.enter(hanbit.minji), hanbit.room)

    again = send(door.enter(hanbit.sora), hanbit.room, "제때 온 글", client_id=first.client_id, script=True)

    assert again.status_code == 200


def test_a_paused_room_is_opened_or_closed_and_a_closed_one_is_not_paused(hanbit, door):
    door.enter(hanbit.minji)
    shut(door, hanbit.room)
    assert shut(door, hanbit.room, reason="한 번 더").status_code == 409
    door.post(f"/rooms/{hanbit.room.pk}/opening/")
    assert Room.objects.get(pk=hanbit.room.pk).state == "open"
    shut(door, hanbit.room)
    shut(door, hanbit.room, "closing")
    refused = shut(door, hanbit.room, "pause", reason="쓰던 이유")
    assert refused.status_code == 409
    assert "쓰던 이유" in text(refused)


def test_an_open_room_shows_no_old_reason(hanbit, door):
    door.enter(hanbit.minji)
    shut(door, hanbit.room)
    door.post(f"/rooms/{hanbit.room.pk}/opening/")

    assert "이유:" not in text(door.get(f"/rooms/{hanbit.room.pk}/"))


@pytest.mark.parametrize("how", ["pause", "closing"])
def test_members_do_not_even_see_the_form(hanbit, door, how):
    door.enter(hanbit.sora)

    assert door.get(f"/rooms/{hanbit.room.pk}/{how}/").status_code == 403
    assert shut(door, hanbit.room, how).status_code == 403
    assert "토론방 닫기" not in text(door.get(f"/rooms/{hanbit.room.pk}/"))


def test_a_room_has_a_name_and_a_purpose(hanbit, door):
    door.enter(hanbit.minji)
    door.post("/boards/hanbit/rooms/", name="성과보고회 준비", purpose="11월 발표 순서를 정합니다.")
    room = Room.objects.get(name="성과보고회 준비")

    door.enter(hanbit.sora)
    for path in (room.get_absolute_url(), "/boards/hanbit/rooms/"):
        assert "11월 발표 순서를 정합니다." in text(door.get(path))


def test_a_closed_room_stands_last_and_a_paused_one_does_not(hanbit, door):
    middle = open_room(hanbit.board, by=hanbit.minji, name="둘째 방")
    last = open_room(hanbit.board, by=hanbit.minji, name="셋째 방")
    pause_room(middle, by=hanbit.minji, reason="잠시 쉽니다.")
    shut(door.enter(hanbit.minji), hanbit.room, "closing")

    page = text(door.get("/boards/hanbit/rooms/"))

    assert page.index(middle.name) < page.index(last.name) < page.index(hanbit.room.name)


# --- The room of a proposal ------------------------------------------------------------------------------------------


@pytest.fixture
def proposal(hanbit):
    return published(hanbit.jun, hanbit.board)


def test_the_moderator_opens_a_proposals_room_once_and_its_page_leads_there(hanbit, door, proposal):
    path = f"/proposals/{proposal.pk}/room/"
    asked = text(door.enter(hanbit.minji).get(path))
    assert f'value="{proposal.number}"' in asked
    assert proposal.title not in asked, "a name is not hidden with the title it was taken from"

    opened = door.post(path, name="시보떡 이야기", purpose="")

    room = Room.objects.get(proposal=proposal)
    assert opened.url == room.get_absolute_url() == door.get(path).url
    for person in (hanbit.sora, hanbit.minji):
        page = door.enter(person).get(proposal.get_absolute_url())
        assert f'href="{room.get_absolute_url()}#newest"' in text(page)
    assert proposal.number in text(door.get(room.get_absolute_url()))
    assert proposal.title in text(door.get("/boards/hanbit/rooms/"))


def test_a_proposal_has_one_room(hanbit, door, proposal):
    open_room(hanbit.board, by=hanbit.minji, name="첫 방", proposal=proposal)

    answer = door.enter(hanbit.minji).post(f"/proposals/{proposal.pk}/room/", name="둘째 방")

    assert answer.url == Room.objects.get(proposal=proposal).get_absolute_url()
    assert proposal.rooms.count() == 1


def test_the_proposals_room_is_nothing_to_those_who_may_not_enter(hanbit, door, proposal):
    room = open_room(hanbit.board, by=hanbit.minji, name="첫 방", proposal=proposal)
    door.enter(hanbit.staff)

    assert room.get_absolute_url() not in text(door.get(proposal.get_absolute_url()))
    assert door.get(f"/proposals/{proposal.pk}/room/").status_code == 403


def test_only_the_moderator_is_offered_to_open_one(hanbit, door, proposal):
    path = f"/proposals/{proposal.pk}/room/"

    assert path in text(door.enter(hanbit.minji).get(proposal.get_absolute_url()))
    assert path not in text(door.enter(hanbit.jun).get(proposal.get_absolute_url()))
    assert door.post(path, name="몰래 연 방").status_code == 403
    assert not Room.objects.filter(proposal=proposal).exists()


def test_a_name_that_is_taken_is_refused_with_what_was_typed(hanbit, door, proposal):
    answer = door.enter(hanbit.minji).post(
        f"/proposals/{proposal.pk}/room/", name=hanbit.room.name, purpose="우리 방의 목적"
    )

    assert answer.status_code == 409
    assert "같은 이름의 토론방이 이미 있습니다" in text(answer)
    assert re.search(r'value="우리 방의 목적"', text(answer))
