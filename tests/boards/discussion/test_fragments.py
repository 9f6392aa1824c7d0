"""A comment is rendered once for each state of its row; whatever changes what it shows makes another state."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from boards.discussion.actions import delete_comment, edit_comment
from boards.discussion.fragments import html_of
from boards.discussion.models import Comment
from boards.moderation.actions import hide
from forum.accounts.models import User
from tests.boards.browsing import commented, published, section


def rename(person: User) -> None:
    User.objects.filter(pk=person.pk).update(name="새이름")


CHANGES = {
    "edit": lambda world, it: edit_comment(it, by=world.sora, stance="against", body="고친 글"),
    "deletion": lambda world, it: delete_comment(it, by=world.sora),
    "hiding": lambda world, it: hide(it, by=world.minji, rule="R10", reason="주제와 무관합니다."),
    "another name of the author": lambda world, it: rename(world.sora),
    "another name of who is answered": lambda world, it: rename(world.tae),
}


@pytest.fixture
def comment(hanbit) -> Comment:
    proposal = published(hanbit.jun, hanbit.board)
    first = commented(hanbit.tae, proposal, "첫 의견")
    return commented(hanbit.sora, proposal, "답글", parent=first)


def as_it_is(comment: Comment) -> str:
    return render_to_string("discussion/_comment.html", {"comment": Comment.objects.shown().get(pk=comment.pk)})


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_rendered_before_is_not_shown_after_a_change(hanbit, door, comment, change):
    path = f"/proposals/{comment.proposal_id}/"
    before = section(door.enter(hanbit.jun).get(path), f"comment-{comment.pk}")

    change(hanbit, comment)

    after = section(door.get(path), f"comment-{comment.pk}")
    assert before != after == as_it_is(comment).strip()
    assert html_of(Comment.objects.shown().get(pk=comment.pk)) == as_it_is(comment)


def test_each_language_has_its_own(comment):
    shown = Comment.objects.shown().get(pk=comment.pk)
    html = {}
    for language in ("ko", "en", "ko"):
        with translation.override(language):
            html[language] = html_of(shown)
            assert html[language] == as_it_is(comment)
    assert html["ko"] != html["en"]


def test_what_was_rendered_is_not_read_again(hanbit, door, comment, monkeypatch):
    path = f"/proposals/{comment.proposal_id}/"
    door.enter(hanbit.jun).get(path)
    asked = []
    monkeypatch.setattr("boards.discussion.fragments.render_to_string", lambda *args: asked.append(args))

    page = door.get(path)

    assert section(page, f"comment-{comment.pk}") == as_it_is(comment).strip()
    assert asked == []
