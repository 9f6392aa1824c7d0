"""A message is rendered once for each state of its row; whatever changes what it shows makes another state."""

import uuid

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from boards.moderation.actions import hide
from boards.rooms.actions import delete_message, edit_message, post_message, react, withdraw_reaction
from boards.rooms.fragments import html_of
from boards.rooms.models import Kind, Message
from forum.accounts.models import User
from tests.boards.browsing import section
from tests.boards.rooms.talking import wrote


def rename(person: User) -> None:
    User.objects.filter(pk=person.pk).update(name="새이름")


CHANGES = {
    "edit": lambda world, it: edit_message(it, by=world.sora, body="고친 글"),
    "deletion": lambda world, it: delete_message(it, by=world.sora),
    "hiding": lambda world, it: hide(it, by=world.minji, rule="R10", reason="주제와 무관합니다."),
    "another name of the author": lambda world, it: rename(world.sora),
    "another name of who is quoted": lambda world, it: rename(world.tae),
    "another name of who reacted": lambda world, it: rename(world.jun),
    "an edit of what is quoted": lambda world, it: edit_message(it.quoted, by=world.tae, body="고친 첫 글"),
    "the deletion of what is quoted": lambda world, it: delete_message(it.quoted, by=world.tae),
    "the hiding of what is quoted": lambda world, it: hide(
        it.quoted, by=world.minji, rule="R10", reason="주제와 무관합니다."
    ),
    "one more reaction": lambda world, it: react(it, by=world.minji, kind=Kind.LIKE),
    "one reaction less": lambda world, it: withdraw_reaction(it, by=world.jun, kind=Kind.CHECKED),
}


@pytest.fixture
def message(hanbit) -> Message:
    first = wrote(hanbit.tae, hanbit.room, "첫 글")
    said = post_message(hanbit.room, author=hanbit.sora, body="답글", client_id=uuid.uuid4(), quoted=first)
    react(said, by=hanbit.jun, kind=Kind.CHECKED)
    return said


def as_it_is(message: Message) -> str:
    return render_to_string("rooms/_message.html", {"message": Message.objects.shown().get(pk=message.pk)})


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_rendered_before_is_not_shown_after_a_change(hanbit, door, message, change):
    path = f"/rooms/{hanbit.room.pk}/"
    before = section(door.enter(hanbit.minji).get(path), f"message-{message.pk}")

    change(hanbit, message)

    after = section(door.get(path), f"message-{message.pk}")
    assert before != after == as_it_is(message).strip()
    assert html_of(Message.objects.shown().get(pk=message.pk)) == as_it_is(message)


def test_each_language_has_its_own(message):
    shown = Message.objects.shown().get(pk=message.pk)
    html = {}
    for language in ("ko", "en", "ko"):
        with translation.override(language):
            html[language] = html_of(shown)
            assert html[language] == as_it_is(message)
    assert html["ko"] != html["en"]


def test_what_was_rendered_is_not_read_again(hanbit, door, message, monkeypatch):
    path = f"/rooms/{hanbit.room.pk}/"
    door.enter(hanbit.jun).get(path)
    asked = []
    monkeypatch.setattr("boards.rooms.fragments.render_to_string", lambda *args: asked.append(args))

    page = door.get(path)

    assert section(page, f"message-{message.pk}") == as_it_is(message).strip()
    assert asked == []
