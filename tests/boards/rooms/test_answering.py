"""Quotes and signs: what answers a message follows what becomes of it."""

import re
import uuid

import pytest

from boards.moderation.actions import hide
from boards.rooms.actions import close_room, delete_message, edit_message, open_room, post_message, react
from boards.rooms.models import Kind, Message, Reaction
from forum.events.models import Event
from forum.events.queries import head_of
from realtime.feeds import read_frames
from tests.boards.browsing import section, text
from tests.boards.rooms.talking import send, wrote


def answer_to(message: Message, author, body: str) -> Message:
    """An answer that quotes, as the page sends it."""
    return post_message(message.room, author=author, body=body, client_id=uuid.uuid4(), quoted=message)


def quote_in(page, message: Message) -> str:
    return re.search(r"<blockquote.*?</blockquote>", section(page, f"message-{message.pk}"), re.DOTALL)[0]


def test_a_reply_shows_whom_it_quotes_and_how_that_begins(hanbit, door):
    first = wrote(hanbit.jun, hanbit.room, "회의는 **30분**만 합시다. " + "자료는 미리 읽습니다. " * 20)
    door.enter(hanbit.sora)
    door.post(f"/rooms/{hanbit.room.pk}/messages/", body="좋아요", client_id=str(uuid.uuid4()), quoted=first.pk)

    quote = quote_in(door.get(f"/rooms/{hanbit.room.pk}/"), Message.objects.latest("pk"))

    assert "이준 님의 메시지" in quote
    assert "회의는 30분만 합시다. 자료는" in quote
    assert "…" in quote
    assert len(quote) < 500
    assert f'href="{first.get_absolute_url()}"' in quote


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda it, world: hide(it, by=world.minji, rule="R04", reason="욕설입니다."), "운영자가 가린 메시지입니다."),
        (lambda it, world: delete_message(it, by=world.jun), "글쓴이가 지운 메시지입니다."),
        (lambda it, world: edit_message(it, by=world.jun, body="고운 말"), "고운 말"),
    ],
    ids=["hidden", "deleted", "edited"],
)
def test_a_quote_follows_its_message_on_the_page_and_on_open_pages(hanbit, door, change, said):
    first = wrote(hanbit.jun, hanbit.room, "지나친 말")
    answer = answer_to(first, hanbit.sora, "동의합니다")
    since = head_of(hanbit.room.stream)

    change(first, hanbit)

    page = door.enter(hanbit.tae).get(f"/rooms/{hanbit.room.pk}/")
    assert said in quote_in(page, answer)
    assert "지나친 말" not in text(page)
    frame = read_frames(since.name, since.number, since.epoch, {"ko"})["ko"]
    assert {item.id for item in frame.items} == {f"message-{first.pk}", f"message-{answer.pk}"}
    assert all("지나친 말" not in item.html for item in frame.items)


def test_only_what_was_said_in_the_same_room_can_be_quoted(hanbit, door):
    other = wrote(hanbit.jun, open_room(hanbit.board, by=hanbit.minji, name="다른 방"), "다른 방의 비밀")
    foreign = wrote(hanbit.rio, hanbit.rooms["garam"], "가람의 비밀")
    door.enter(hanbit.sora)

    for quoted in (other.pk, foreign.pk, 987654, "nonsense"):
        path = f"/rooms/{hanbit.room.pk}/messages/"
        refused = door.post(path, body="쓰던 글", client_id=str(uuid.uuid4()), quoted=quoted)
        assert refused.status_code == 422
        assert "이 토론방에서 찾을 수 없습니다" in text(refused)
        assert "쓰던 글" in text(refused)
        assert "의 비밀" not in text(refused)
    assert Message.objects.filter(room=hanbit.room).count() == 0


def test_the_same_words_with_and_without_a_quote_are_two_things(hanbit, door):
    first = wrote(hanbit.jun, hanbit.room, "첫 글")
    client_id = uuid.uuid4()
    send(door.enter(hanbit.sora), hanbit.room, "네", client_id=client_id)

    path = f"/rooms/{hanbit.room.pk}/messages/"
    answer = door.post(path, script=True, body="네", client_id=str(client_id), quoted=first.pk)

    assert answer.status_code == 409


def test_without_javascript_the_form_opens_with_the_quote(hanbit, door):
    first = wrote(hanbit.jun, hanbit.room, "인용할 글")
    page = text(door.enter(hanbit.sora).get(f"/rooms/{hanbit.room.pk}/?quoted={first.pk}"))

    assert f'name="quoted" value="{first.pk}"' in page
    assert "이준: 인용할 글" in page


def test_a_sign_is_there_once_a_person_and_kind_and_can_be_taken_back(hanbit, door):
    message = wrote(hanbit.jun, hanbit.room, "좋은 생각")
    path = f"/messages/{message.pk}/reactions/"
    door.enter(hanbit.sora)
    for _ in range(2):
        door.post(path, kind="like")
    door.post(path, kind="checked")
    react(message, by=hanbit.tae, kind=Kind.LIKE)

    shown = section(door.get(f"/rooms/{hanbit.room.pk}/"), f"message-{message.pk}")
    assert re.search(r"좋아요 2</summary>\s*박소라, 최태호", shown)
    assert re.search(r"확인 1</summary>\s*박소라", shown)
    for _ in range(2):
        door.post(path, kind="like", withdraw="1")
    shown = section(door.get(f"/rooms/{hanbit.room.pk}/"), f"message-{message.pk}")
    assert re.search(r"좋아요 1</summary>\s*최태호", shown)
    assert Event.objects.filter(verb="message_reacted").count() == 3
    assert Event.objects.filter(verb="reaction_withdrawn").count() == 1


def test_a_script_gets_its_panel_back_with_the_sign_pressed(hanbit, door):
    message = wrote(hanbit.jun, hanbit.room, "좋은 생각")

    panel = text(door.enter(hanbit.sora).post(f"/messages/{message.pk}/reactions/", script=True, kind="curious"))

    assert panel.startswith(f'<div id="acts-message-{message.pk}"')
    assert re.search(r'value="curious" aria-pressed="true"', panel)
    assert re.search(r'value="like" aria-pressed="false"', panel)


def test_an_unknown_sign_is_refused(hanbit, door):
    message = wrote(hanbit.jun, hanbit.room, "좋은 생각")

    answer = door.enter(hanbit.sora).post(f"/messages/{message.pk}/reactions/", kind="angry")

    assert answer.status_code == 422
    assert not Reaction.objects.exists()


def test_nothing_is_put_under_a_message_that_is_gone_or_in_a_room_that_is_shut(hanbit, door):
    gone, hidden, alive = (wrote(hanbit.jun, hanbit.room, f"글 {number}") for number in range(3))
    delete_message(gone, by=hanbit.jun)
    hide(hidden, by=hanbit.minji, rule="R10", reason="주제와 다릅니다.")
    door.enter(hanbit.sora)

    for message in (gone, hidden):
        assert door.post(f"/messages/{message.pk}/reactions/", kind="like").status_code == 409
    close_room(hanbit.room, by=hanbit.minji, reason="이야기가 끝났습니다.")
    refused = door.post(f"/messages/{alive.pk}/reactions/", kind="like")
    assert refused.status_code == 409
    assert "이야기가 끝났습니다." in text(refused)
    assert not Reaction.objects.exists()
