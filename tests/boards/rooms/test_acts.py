"""Editing, deleting, hiding; opening and closing a room."""

import re

import pytest

from boards.moderation.actions import hide
from boards.rooms.actions import close_room, delete_message
from boards.rooms.models import Message, Room
from forum.events.models import Event
from tests.boards.browsing import text
from tests.boards.rooms.talking import bodies, send, wrote


def _acts(door, message) -> set[str]:
    """What the page of a message offers."""
    page = text(door.get(f"/messages/{message.pk}/", script=True))
    return set(re.findall(r'href="([^"]+)"', page))


def test_authors_edit_and_delete_readers_report_and_moderators_hide(hanbit, door):
    message = wrote(hanbit.jun, hanbit.room, "준의 글")
    at = f"/messages/{message.pk}"
    own = {f"{at}/edit/", f"{at}/deletion/"}
    everybodys = {f"/rooms/{hanbit.room.pk}/?quoted={message.pk}#panel-room", f"{at}/comment/"}

    report = f"{at}/report/"
    assert _acts(door.enter(hanbit.jun), message) == own | everybodys | {f"{at}/draft/"}
    assert _acts(door.enter(hanbit.sora), message) == everybodys | {f"{at}/draft/", report}
    assert _acts(door.enter(hanbit.minji), message) == everybodys | {f"{at}/hiding/", report}


def test_a_moderator_may_not_hide_their_own_message(hanbit, door):
    message = wrote(hanbit.minji, hanbit.room, "운영자의 글")

    answer = door.enter(hanbit.minji).post(f"/messages/{message.pk}/hiding/", rule="R10", reason="제 글입니다.")

    assert answer.status_code == 403
    assert not Message.objects.get().hidden
    assert f"/messages/{message.pk}/hiding/" not in _acts(door, message)


def test_who_may_do_nothing_is_told_why(hanbit, door):
    message = wrote(hanbit.jun, hanbit.room, "준의 글")

    page = text(door.enter(hanbit.sora).get(f"/messages/{message.pk}/"))

    assert "본인이 쓴 메시지만 고치거나 지울 수 있습니다." in page
    assert "운영자만 할 수 있습니다" in page


def test_an_edit_replaces_the_text_for_everybody(hanbit, door):
    message = wrote(hanbit.jun, hanbit.room, "오후 두 시")
    door.enter(hanbit.jun)
    assert "오후 두 시</textarea>" in text(door.get(f"/messages/{message.pk}/edit/"))

    door.post(f"/messages/{message.pk}/edit/", body="오후 세 시")

    assert bodies(door.enter(hanbit.sora).get(f"/rooms/{hanbit.room.pk}/")) == ["오후 세 시"]
    assert Event.objects.filter(verb="message_edited", actor=hanbit.jun).count() == 1


def test_the_same_text_again_changes_nothing(hanbit, door):
    message = wrote(hanbit.jun, hanbit.room, "오후 두 시")

    answer = door.enter(hanbit.jun).post(f"/messages/{message.pk}/edit/", body="오후 두 시\r\n")

    assert answer.status_code == 302
    assert "고친 메시지" not in text(door.get(f"/rooms/{hanbit.room.pk}/"))
    assert not Event.objects.filter(verb="message_edited").exists()


@pytest.mark.parametrize("page", ["edit/", "deletion/", "draft/"])
def test_a_page_about_a_message_has_a_way_back_and_no_other_acts(hanbit, door, page):
    message = wrote(hanbit.jun, hanbit.room, "오후 두 시")

    shown = text(door.enter(hanbit.jun).get(f"/messages/{message.pk}/{page}"))

    assert f'<li><a href="/messages/{message.pk}/place/">' in shown
    assert "data-acts" not in shown


def test_an_edit_to_nothing_is_refused(hanbit, door):
    message = wrote(hanbit.jun, hanbit.room, "오후 두 시")

    answer = door.enter(hanbit.jun).post(f"/messages/{message.pk}/edit/", body=" ")

    assert answer.status_code == 422
    assert Message.objects.get().body == "오후 두 시"


def test_deleting_asks_once_more_and_takes_the_text_away(hanbit, door):
    message = wrote(hanbit.jun, hanbit.room, "지울 글")
    asked = text(door.enter(hanbit.jun).get(f"/messages/{message.pk}/deletion/"))
    assert "메시지를 지울까요?" in asked
    assert Message.objects.get().body == "지울 글"

    door.post(f"/messages/{message.pk}/deletion/")

    assert Message.objects.get().body == ""
    assert Event.objects.filter(verb="message_deleted").count() == 1


@pytest.mark.parametrize("path", ["edit", "deletion"])
def test_nobody_touches_the_message_of_another(hanbit, door, path):
    message = wrote(hanbit.jun, hanbit.room, "준의 글")

    for person in (hanbit.sora, hanbit.minji):
        door.enter(person)
        assert door.get(f"/messages/{message.pk}/{path}/").status_code == 403
        assert door.post(f"/messages/{message.pk}/{path}/", body="바뀐 글").status_code == 403
    assert Message.objects.get().body == "준의 글"
    assert Event.objects.filter(about_id=message.pk, verb__in=["message_edited", "message_deleted"]).count() == 0


def test_a_deleted_message_cannot_be_edited_or_deleted_again(hanbit, door):
    message = wrote(hanbit.jun, hanbit.room, "지울 글")
    delete_message(message, by=hanbit.jun)
    door.enter(hanbit.jun)

    assert door.post(f"/messages/{message.pk}/edit/", body="되살린 글").status_code == 409
    assert door.post(f"/messages/{message.pk}/deletion/").status_code == 409
    assert Message.objects.get().body == ""


def test_a_hidden_message_is_out_of_its_authors_hands(hanbit, door):
    message = wrote(hanbit.jun, hanbit.room, "지나친 말")
    hide(message, by=hanbit.minji, rule="R04", reason="동료를 깎아내리는 말입니다.")
    door.enter(hanbit.jun)

    assert door.post(f"/messages/{message.pk}/edit/", body="고운 말").status_code == 409
    assert door.post(f"/messages/{message.pk}/deletion/").status_code == 409
    assert Message.objects.get().body == "지나친 말"


def test_a_closed_room_is_read_and_explains_why_nothing_can_be_written(hanbit, door):
    wrote(hanbit.jun, hanbit.room, "남은 글")
    door.enter(hanbit.minji).post(f"/rooms/{hanbit.room.pk}/closing/", reason="이야기가 끝났습니다.")

    page = door.enter(hanbit.jun).get(f"/rooms/{hanbit.room.pk}/")
    refused = send(door, hanbit.room, "늦은 글", script=True)

    assert bodies(page) == ["남은 글"]
    assert "닫힌 토론방입니다." in text(page)
    assert "data-composer" not in text(page)
    assert refused.status_code == 409
    assert "닫힌 토론방입니다." in text(refused)


def test_a_text_refused_because_the_room_was_closed_meanwhile_is_given_back(hanbit, door):
    close_room(hanbit.room, by=hanbit.minji, reason="다음 모임까지 쉽니다.")

    refused = send(door.enter(hanbit.jun), hanbit.room, "쓰던 글")

    assert refused.status_code == 409
    assert "쓰던 글" in text(refused)
    assert "닫힌 토론방입니다." in text(refused)


def test_the_moderator_opens_a_closed_room_again(hanbit, door):
    door.enter(hanbit.minji).post(f"/rooms/{hanbit.room.pk}/closing/", reason="이야기가 끝났습니다.")
    door.post(f"/rooms/{hanbit.room.pk}/opening/")

    assert Room.objects.get(pk=hanbit.room.pk).state == "open"
    assert door.post(f"/rooms/{hanbit.room.pk}/opening/").status_code == 409


@pytest.mark.parametrize("path", ["closing", "opening"])
def test_members_neither_open_nor_close_a_room(hanbit, door, path):
    assert door.enter(hanbit.jun).post(f"/rooms/{hanbit.room.pk}/{path}/").status_code == 403
    assert Room.objects.get(pk=hanbit.room.pk).state == "open"


def test_the_panel_of_a_room_says_what_its_reader_may_do(hanbit, door):
    path = f"/rooms/{hanbit.room.pk}/state/"

    assert "토론방 닫기" in text(door.enter(hanbit.minji).get(path, script=True))
    panel = text(door.enter(hanbit.jun).get(path, script=True))
    assert panel.startswith('<div id="panel-room-state"')
    assert "토론방 닫기" not in panel
    assert door.get(path).url == hanbit.room.get_absolute_url()


def test_the_moderator_opens_a_room_and_a_name_is_taken_once(hanbit, door):
    door.enter(hanbit.minji)
    opened = door.post("/boards/hanbit/rooms/", name="조직문화 이야기")
    room = Room.objects.get(name="조직문화 이야기")
    again = door.post("/boards/hanbit/rooms/", name="조직문화 이야기")

    assert opened.url == room.get_absolute_url()
    assert again.status_code == 409
    assert "같은 이름의 토론방이 이미 있습니다" in text(again)
    assert door.post("/boards/hanbit/rooms/", name=" ").status_code == 422
    assert Room.objects.filter(board=hanbit.board).count() == 2


def test_members_open_no_room(hanbit, door):
    answer = door.enter(hanbit.jun).post("/boards/hanbit/rooms/", name="몰래 연 방")

    assert answer.status_code == 403
    assert not Room.objects.filter(name="몰래 연 방").exists()
