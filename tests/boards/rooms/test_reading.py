"""Who finds a room, and what they read in it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards.rooms.actions import delete_message, edit_message, open_room
from boards.rooms.models import Message
from tests.boards.browsing import text, without_tokens
from tests.boards.rooms.talking import bodies, wrote


def test_a_member_reads_the_newest_fifty_messages_with_the_newest_at_the_bottom(hanbit, door):
    for number in range(60):
        wrote(hanbit.jun, hanbit.room, f"글 {number}")

    page = door.enter(hanbit.sora).get(f"/rooms/{hanbit.room.pk}/")

    assert bodies(page) == [f"글 {number}" for number in range(10, 60)]


def test_older_messages_are_reached_by_a_link_without_javascript(hanbit, door):
    for number in range(60):
        wrote(hanbit.jun, hanbit.room, f"글 {number}")
    page = text(door.enter(hanbit.sora).get(f"/rooms/{hanbit.room.pk}/"))
    href = re.search(r'href="([^"]*)" data-older', page)[1]

    older = door.get(href)

    assert bodies(older) == [f"글 {number}" for number in range(10)]
    assert "data-older" not in text(older)
    assert "data-stream" not in text(older), "a page of the past must not receive new messages"


def test_a_script_gets_the_log_alone(hanbit, door):
    wrote(hanbit.jun, hanbit.room, "안녕하세요")

    answer = door.enter(hanbit.sora).get(f"/rooms/{hanbit.room.pk}/", script=True)

    assert text(answer).startswith('<div id="room-log"')
    assert bodies(answer) == ["안녕하세요"]


def test_the_log_is_there_before_the_first_message(hanbit, door):
    page = text(door.enter(hanbit.jun).get(f"/rooms/{hanbit.room.pk}/"))

    assert 'role="log"' in page
    assert f'data-stream="room:{hanbit.room.pk}"' in page
    assert "아직 메시지가 없습니다" in page


@pytest.mark.parametrize("outsider", ["rio", "nuri", "hana", "boss", "staff", "admin", "audit", "guest"])
def test_everybody_else_gets_the_same_answer_as_for_a_room_that_does_not_exist(hanbit, door, outsider):
    message = wrote(hanbit.jun, hanbit.room, "우리끼리 이야기")
    door.enter(hanbit.people[outsider])
    paths = ["/rooms/{room}/", "/rooms/{room}/messages/", "/messages/{message}/", "/messages/{message}/edit/"]

    for path in paths:
        there = door.get(path.format(room=hanbit.room.pk, message=message.pk))
        absent = door.get(path.format(room=987654, message=987654))
        assert (there.status_code, without_tokens(there)) == (404, without_tokens(absent)), path


def test_a_deleted_message_leaves_its_place_and_nothing_of_its_text(hanbit, door):
    message = wrote(hanbit.jun, hanbit.room, "지울 글")
    delete_message(message, by=hanbit.jun)

    page = text(door.enter(hanbit.sora).get(f"/rooms/{hanbit.room.pk}/"))

    assert "글쓴이가 지운 메시지입니다." in page
    assert "지울 글" not in page
    assert f'id="message-{message.pk}"' in page


def test_a_hidden_message_shows_the_rule_and_the_reason_instead_of_its_text(hanbit, door):
    message = wrote(hanbit.jun, hanbit.room, "지나친 말")
    door.enter(hanbit.minji).post(f"/messages/{message.pk}/hiding/", rule="R04", reason="동료를 깎아내리는 말입니다.")

    page = text(door.enter(hanbit.sora).get(f"/rooms/{hanbit.room.pk}/"))

    assert "지나친 말" not in page
    assert "R04" in page
    assert "동료를 깎아내리는 말입니다." in page


def test_an_edited_message_is_marked(hanbit, door):
    message = wrote(hanbit.jun, hanbit.room, "오후 두 시")
    edit_message(message, by=hanbit.jun, body="오후 세 시")

    page = door.enter(hanbit.sora).get(f"/rooms/{hanbit.room.pk}/")

    assert bodies(page) == ["오후 세 시"]
    assert "고친 메시지" in text(page)


def test_markup_in_a_message_is_shown_as_text(hanbit, door):
    wrote(hanbit.jun, hanbit.room, "<script>alert(1)</script> **굵게**")

    page = text(door.enter(hanbit.sora).get(f"/rooms/{hanbit.room.pk}/"))

    assert "<script>alert" not in page
    assert "<strong>굵게</strong>" in page


def test_presence_is_a_count_that_is_empty_without_a_socket(hanbit, door):
    page = text(door.enter(hanbit.jun).get(f"/rooms/{hanbit.room.pk}/"))

    assert re.search(
        rf'<p id="presence-{hanbit.room.pk}"[^>]*data-snapshot="presence:{hanbit.room.pk}"[^>]*></p>', page
    )


def test_a_room_costs_the_same_few_queries_with_3_30_and_200_messages(hanbit, door):
    door.enter(hanbit.sora)
    costs = []
    for so_many in (3, 30, 200):
        while Message.objects.count() < so_many:
            wrote(hanbit.members[Message.objects.count() % len(hanbit.members)], hanbit.room, "한 줄")
        door.get(f"/rooms/{hanbit.room.pk}/")  # what is rendered once in a process
        with CaptureQueriesContext(connection) as asked:
            door.get(f"/rooms/{hanbit.room.pk}/")
        costs.append(len(asked))

    assert costs[0] == costs[1] == costs[2]
    assert costs[0] <= 11


def test_the_list_of_rooms_names_open_rooms_first(hanbit, door):
    quiet = open_room(hanbit.board, by=hanbit.minji, name="조용한 방")
    door.enter(hanbit.minji).post(f"/rooms/{hanbit.room.pk}/closing/", reason="이야기가 끝났습니다.")

    page = text(door.enter(hanbit.jun).get("/boards/hanbit/rooms/"))

    assert page.index(quiet.name) < page.index(hanbit.room.name)
    assert "토론방 열기" not in page


def test_staff_of_the_institution_are_told_why_they_cannot_enter_the_rooms(hanbit, door):
    answer = door.enter(hanbit.staff).get("/boards/hanbit/rooms/")

    assert answer.status_code == 403
    assert "위원과 운영자만" in text(answer)
    assert hanbit.room.name not in text(answer)
