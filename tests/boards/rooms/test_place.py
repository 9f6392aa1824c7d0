"""How far somebody has read: their own, forward only, and told to nobody; and what is found around a message."""

import re

import pytest

from boards.moderation.actions import hide
from boards.rooms.actions import delete_message, open_room
from boards.rooms.models import Message, Place
from boards.rooms.queries import MOST_COUNTED
from forum.events.models import Event
from tests.boards.browsing import text, words
from tests.boards.rooms.talking import bodies, wrote


def talk(hanbit, count: int) -> list[Message]:
    return [wrote(hanbit.jun, hanbit.room, f"글 {number}") for number in range(count)]


def read_up_to(door, message: Message, *, script: bool = True):
    return door.post(f"/rooms/{message.room_id}/place/", script=script, message=message.pk)


def unread(door) -> list[str]:
    """The figures beside the rooms of the board's list."""
    return re.findall(r"안 읽은 메시지 </span>(\d+\+?)", text(door.get("/boards/hanbit/rooms/")))


def test_a_place_moves_forward_only_and_records_nothing(hanbit, door):
    first, second, third = talk(hanbit, 3)
    events = Event.objects.count()
    door.enter(hanbit.sora)

    for message in (second, first, third, second):
        assert read_up_to(door, message).status_code == 204
    read_up_to(door.enter(hanbit.tae), first)

    assert Place.objects.get(person=hanbit.sora).message == third
    assert Place.objects.get(person=hanbit.tae).message == first
    assert Event.objects.count() == events


def test_reading_a_page_alone_moves_nobodys_place(hanbit, door):
    talk(hanbit, 3)

    door.enter(hanbit.sora).get(f"/rooms/{hanbit.room.pk}/")

    assert not Place.objects.exists()


def test_without_javascript_a_button_says_that_one_has_read_so_far(hanbit, door):
    message = talk(hanbit, 2)[-1]
    page = text(door.enter(hanbit.sora).get(f"/rooms/{hanbit.room.pk}/"))
    assert "여기까지 읽었어요" in page
    assert f'name="message" value="{message.pk}"' in page

    answer = read_up_to(door, message, script=False)

    assert answer.url == f"/rooms/{hanbit.room.pk}/#newest"
    assert "여기까지 읽었어요" not in text(door.get(f"/rooms/{hanbit.room.pk}/"))


@pytest.mark.parametrize("given", ["", "nonsense", "0", "987654"])
def test_a_place_at_no_message_of_the_room_is_not_found(hanbit, door, given):
    answer = door.enter(hanbit.sora).post(f"/rooms/{hanbit.room.pk}/place/", message=given)

    assert answer.status_code == 404
    assert not Place.objects.exists()


def test_a_place_cannot_be_at_a_message_of_another_room(hanbit, door):
    other = wrote(hanbit.jun, open_room(hanbit.board, by=hanbit.minji, name="다른 방"), "다른 방의 글")

    answer = door.enter(hanbit.sora).post(f"/rooms/{hanbit.room.pk}/place/", message=other.pk)

    assert answer.status_code == 404
    assert not Place.objects.exists()


def test_the_line_stands_between_what_was_read_and_what_was_not(hanbit, door):
    messages = talk(hanbit, 4)
    read_up_to(door.enter(hanbit.sora), messages[1])

    page = text(door.get(f"/rooms/{hanbit.room.pk}/"))

    assert page.count("여기까지 읽음") == 1
    assert page.index("글 1") < page.index("여기까지 읽음") < page.index("글 2")
    assert "여기까지 읽음" not in text(door.enter(hanbit.tae).get(f"/rooms/{hanbit.room.pk}/")), "never been here"


def test_who_has_read_all_or_only_missed_their_own_words_sees_no_line(hanbit, door):
    messages = talk(hanbit, 2)
    read_up_to(door.enter(hanbit.sora), messages[-1])
    wrote(hanbit.sora, hanbit.room, "제 글입니다")

    assert "여기까지 읽음" not in text(door.get(f"/rooms/{hanbit.room.pk}/"))


def test_what_others_said_and_can_be_read_is_counted_as_unread(hanbit, door):
    messages = talk(hanbit, 5)
    wrote(hanbit.sora, hanbit.room, "제 글입니다")
    hide(messages[4], by=hanbit.minji, rule="R10", reason="주제와 다릅니다.")
    delete_message(messages[3], by=hanbit.jun)
    quiet = open_room(hanbit.board, by=hanbit.minji, name="조용한 방")
    door.enter(hanbit.sora)

    assert unread(door) == ["3"]
    wrote(hanbit.tae, quiet, "여기도 한마디")
    assert unread(door) == ["3", "1"]
    assert "안 읽은 메시지 4" in words(door.get("/boards/hanbit/"))
    read_up_to(door, messages[1])
    assert unread(door) == ["1", "1"]


def test_more_unread_messages_than_are_counted_are_told_as_more(hanbit, door):
    talk(hanbit, MOST_COUNTED + 5)

    assert unread(door.enter(hanbit.sora)) == ["99+"]


def test_staff_learn_nothing_of_the_rooms_from_the_boards_page(hanbit, door):
    talk(hanbit, 3)

    assert "안 읽은 메시지" not in text(door.enter(hanbit.staff).get("/boards/hanbit/"))


def test_who_stopped_reading_before_the_page_begins_is_led_there(hanbit, door):
    messages = talk(hanbit, 80)
    read_up_to(door.enter(hanbit.sora), messages[9])
    page = door.get(f"/rooms/{hanbit.room.pk}/")

    assert "읽지 않은 메시지가 더 앞에도 있습니다." in text(page)
    there = door.get(f"/rooms/{hanbit.room.pk}/?at={messages[9].pk}")
    assert bodies(there)[:2] == ["글 0", "글 1"]
    assert "글 9" in bodies(there)


# --- Around a message ------------------------------------------------------------------------------------------------


def test_the_address_of_an_old_message_shows_it_among_its_neighbours(hanbit, door):
    messages = talk(hanbit, 120)

    page = door.enter(hanbit.sora).get(f"/rooms/{hanbit.room.pk}/?at={messages[40].pk}")

    assert bodies(page) == [f"글 {number}" for number in range(16, 66)]
    assert "data-stream" not in text(page)
    assert "data-composer" not in text(page)
    assert f"?before={messages[16].pk}" in text(page)
    assert f"?after={messages[65].pk}" in text(page)


def test_the_address_of_a_message_near_the_end_shows_the_room_as_it_is_now(hanbit, door):
    messages = talk(hanbit, 80)

    page = door.enter(hanbit.sora).get(f"/rooms/{hanbit.room.pk}/?at={messages[40].pk}")

    assert bodies(page) == [f"글 {number}" for number in range(30, 80)]
    assert "data-stream" in text(page)


def test_from_an_old_page_one_reads_on_to_the_present_without_a_gap(hanbit, door):
    messages = talk(hanbit, 130)
    door.enter(hanbit.sora)
    page = door.get(f"/rooms/{hanbit.room.pk}/?at={messages[0].pk}")
    seen = bodies(page)
    while link := re.search(r'href="([^"]*\?after=\d+)"', text(page)):
        page = door.get(link[1])
        seen += [body for body in bodies(page) if body not in seen]

    assert seen == [f"글 {number}" for number in range(130)]
    assert "data-stream" in text(page)


@pytest.mark.parametrize("query", ["at=nonsense", "after=-1", "before=", "at=987654", "at=99999999999999999999"])
def test_an_address_that_means_nothing_shows_the_room_as_it_is_now(hanbit, door, query):
    talk(hanbit, 3)

    page = door.enter(hanbit.sora).get(f"/rooms/{hanbit.room.pk}/?{query}")

    assert bodies(page) == ["글 0", "글 1", "글 2"]
    assert "data-stream" in text(page)


def test_each_day_begins_with_its_date(hanbit, door):
    for message, day in zip(talk(hanbit, 3), ("2026-03-02", "2026-03-02", "2026-03-03"), strict=True):
        Message.objects.filter(pk=message.pk).update(created_at=f"{day}T10:00:00+09:00")

    page = text(door.enter(hanbit.sora).get(f"/rooms/{hanbit.room.pk}/"))

    assert re.findall(r'id="day-([\d-]+)"', page) == ["2026-03-02", "2026-03-03"]
    assert page.index("글 1") < page.index('id="day-2026-03-03"') < page.index("글 2")
