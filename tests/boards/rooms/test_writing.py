"""Sending, and sending again."""

import re
import unicodedata
import uuid

from boards.rooms.models import Message
from forum.events.models import Event
from tests.boards.browsing import text
from tests.boards.rooms.talking import bodies, send, wrote


def test_a_script_gets_the_message_it_sent_as_every_reader_sees_it(hanbit, door):
    answer = send(door.enter(hanbit.jun), hanbit.room, "안녕하세요", script=True)

    message = Message.objects.get()
    assert answer.status_code == 201
    assert text(answer).startswith(f'<li id="message-{message.pk}"')
    read_by_another = text(door.enter(hanbit.sora).get(f"/rooms/{hanbit.room.pk}/"))
    assert text(answer).strip() in read_by_another


def test_without_javascript_sending_leads_back_to_the_room(hanbit, door):
    answer = send(door.enter(hanbit.jun), hanbit.room, "안녕하세요")

    assert answer.status_code == 303
    number = Message.objects.get().pk
    assert answer.url == f"/rooms/{hanbit.room.pk}/?at={number}#message-{number}"


def test_the_form_works_as_it_was_rendered(hanbit, door):
    page = text(door.enter(hanbit.jun).get(f"/rooms/{hanbit.room.pk}/"))
    client_id = re.search(r'name="client_id" value="([^"]+)"', page)[1]

    send(door, hanbit.room, "손으로 보낸 글", client_id=client_id)

    assert bodies(door.get(f"/rooms/{hanbit.room.pk}/")) == ["손으로 보낸 글"]


def test_the_same_message_sent_again_is_there_once(hanbit, door):
    client_id = uuid.uuid4()
    door.enter(hanbit.jun)
    first = send(door, hanbit.room, "한 번만", client_id=client_id, script=True)
    again = send(door, hanbit.room, "한 번만", client_id=client_id, script=True)

    assert (first.status_code, again.status_code) == (201, 200)
    assert text(first) == text(again)
    assert Message.objects.count() == 1
    assert Event.objects.filter(verb="message_posted").count() == 1


def test_two_people_may_use_the_same_client_id(hanbit, door):
    client_id = uuid.uuid4()
    send(door.enter(hanbit.jun), hanbit.room, "준의 글", client_id=client_id)
    send(door.enter(hanbit.sora), hanbit.room, "소라의 글", client_id=client_id)

    assert bodies(door.get(f"/rooms/{hanbit.room.pk}/")) == ["준의 글", "소라의 글"]


def test_another_text_under_the_same_client_id_is_refused_with_a_sentence(hanbit, door):
    client_id = uuid.uuid4()
    send(door.enter(hanbit.jun), hanbit.room, "처음 글", client_id=client_id)

    answer = send(door, hanbit.room, "다른 글", client_id=client_id, script=True)

    assert answer.status_code == 409
    assert "다른 글이 이미 올라갔습니다" in text(answer)
    assert Message.objects.get().body == "처음 글"


def test_what_was_refused_can_be_sent_from_the_page_that_refused_it(hanbit, door):
    client_id = uuid.uuid4()
    send(door.enter(hanbit.jun), hanbit.room, "처음 글", client_id=client_id)
    refused = send(door, hanbit.room, "다른 글", client_id=client_id)
    page = text(refused)

    assert refused.status_code == 409
    assert re.search(r"<textarea[^>]*>\s*다른 글</textarea>", page)
    send(door, hanbit.room, "다른 글", client_id=re.search(r'name="client_id" value="([^"]+)"', page)[1])
    assert bodies(door.get(f"/rooms/{hanbit.room.pk}/")) == ["처음 글", "다른 글"]


def test_an_empty_or_overlong_message_is_refused_and_stays_in_the_form(hanbit, door):
    door.enter(hanbit.jun)

    assert send(door, hanbit.room, "  ", script=True).status_code == 422
    overlong = send(door, hanbit.room, "가" * 2001)
    assert overlong.status_code == 422
    assert "가" * 2001 in text(overlong)
    assert Message.objects.count() == 0


def test_text_is_kept_in_composed_form(hanbit, door):
    send(door.enter(hanbit.jun), hanbit.room, unicodedata.normalize("NFD", "제안"))

    assert Message.objects.get().body == "제안"


def test_the_composer_says_who_reads_and_under_which_name(hanbit, door):
    page = text(door.enter(hanbit.jun).get(f"/rooms/{hanbit.room.pk}/"))

    assert "한빛 주니어보드의 위원과 운영자가 읽습니다. ‘이준’ 이름으로 올라갑니다." in page


def test_the_composer_carries_the_words_for_a_script(hanbit, door):
    page = text(door.enter(hanbit.jun).get(f"/rooms/{hanbit.room.pk}/"))

    for word in ("보내는 중", "보냄", "실패", "다시 보내기"):
        assert f'="{word}"' in page


def test_a_person_whose_term_is_over_cannot_send_any_more(hanbit, door):
    wrote(hanbit.jun, hanbit.room, "남은 글")
    hanbit.sora.memberships.update(ended_at="2026-01-01T00:00:00+09:00")

    answer = send(door.enter(hanbit.sora), hanbit.room, "저도 한마디", script=True)

    assert answer.status_code == 404
    assert Message.objects.count() == 1
