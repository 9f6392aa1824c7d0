"""A moderator hides a proposal, a comment or a message under one of the thirteen rules."""

import uuid
from datetime import date

import pytest

from boards.membership.actions import add_member
from boards.membership.models import Membership
from boards.moderation.actions import hide
from boards.moderation.models import Measure
from boards.moderation.rules import Rule
from boards.rooms.actions import post_message
from forum.accounts.models import User
from forum.events.models import Event
from forum.notifications.models import Letter, Notification
from forum.notifications.telling import tell
from tests.boards.browsing import commented, draft_of, published, text, without_tokens, words

KINDS = ("proposal", "comment", "message")
BODY = "가려야 할 글입니다."


@pytest.fixture(params=KINDS)
def thing(request, hanbit):
    """One of each kind, written by sora."""
    return _written(hanbit, request.param, hanbit.sora)


@pytest.fixture
def second(hanbit):
    """Another moderator of the same board."""
    person = User.objects.create_user("second@hanbit.example", name="두번째", institution=hanbit.board.institution)
    add_member(
        hanbit.board, by=hanbit.minji, person=person, role=Membership.Role.MODERATOR, team=None,
        term_from=date(2000, 1, 1), term_until=date(2100, 1, 1),
    )  # fmt: skip
    return person


def _written(hanbit, kind: str, author):
    if kind == "message":
        return post_message(hanbit.room, author=author, body=BODY, client_id=uuid.uuid4())
    if kind == "proposal":
        return published(author, hanbit.board, problem=BODY)
    return commented(author, published(hanbit.jun, hanbit.board), BODY)


def _path(thing) -> str:
    return f"/{thing._meta.model_name}s/{thing.pk}/hiding/"


def test_the_form_shows_the_text_and_the_thirteen_rules_and_says_what_follows(hanbit, door, thing):
    page = words(door.enter(hanbit.minji).get(_path(thing)))

    assert BODY in page
    assert "박소라 님이 쓴 글" in page
    for rule in Rule:
        assert f"{rule.value} {rule.label}" in page
    assert "글쓴이에게 알림과 메일이 갑니다." in page


def test_a_hidden_text_gives_way_to_rule_and_reason_for_everybody(hanbit, door, thing):
    answer = door.enter(hanbit.minji).post(_path(thing), rule="R04", reason="동료를 깎아내립니다.")

    assert answer.url == thing.get_absolute_url()
    for reader in (hanbit.sora, hanbit.jun, hanbit.minji):
        page = words(door.enter(reader).client.get(answer.url, follow=True))
        assert BODY not in page
        assert "R04" in page
        assert "이유: 동료를 깎아내립니다." in page


def test_the_author_is_told_in_the_app_and_by_mail_without_the_text(hanbit, door, thing):
    door.enter(hanbit.minji).post(_path(thing), rule="R04", reason="동료를 깎아내립니다.")
    tell()

    event = Event.objects.get(verb=f"{thing._meta.model_name}_hidden")
    assert (event.actor, event.stream.name) == (hanbit.minji, thing.stream)
    assert [(notice.person, notice.must) for notice in Notification.objects.filter(event=event)] == [
        (hanbit.sora, True)
    ]
    letter = Letter.objects.get(key__startswith=f"event-{event.pk}-")
    assert letter.to == hanbit.sora.email
    assert "가렸습니다" in letter.body
    assert thing.get_absolute_url() in letter.body
    assert BODY not in letter.body + letter.subject


def test_the_second_moderator_is_told_who_was_first_and_when_and_keeps_what_was_typed(hanbit, door, thing, second):
    door.enter(second)
    assert door.get(_path(thing)).status_code == 200
    measure = hide(thing, by=hanbit.minji, rule="R04", reason="먼저 쓴 이유")

    late = door.post(_path(thing), rule="R10", reason="나중에 쓴 이유")

    assert late.status_code == 409
    assert "김민지 님이 20" in words(late)
    assert "에 이미 가린 글입니다." in words(late)
    assert "나중에 쓴 이유" in text(late)
    assert BODY not in text(late)
    assert door.get(_path(thing)).status_code == 409
    assert Measure.objects.get() == measure


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"rule": ""}, "어느 운영원칙에 어긋나는지 골라 주세요."),
        ({"rule": "R99"}, "어느 운영원칙에 어긋나는지 골라 주세요."),
        ({"reason": " "}, "가리는 이유를 써 주세요."),
    ],
)
def test_without_rule_and_reason_nothing_is_hidden(hanbit, door, thing, data, sentence):
    answer = door.enter(hanbit.minji).post(_path(thing), **{"rule": "R04", "reason": "써 둔 이유", **data})

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Measure.objects.exists()


@pytest.mark.parametrize("kind", ["comment", "message"])
def test_nobody_judges_their_own_words(hanbit, door, kind):
    thing = _written(hanbit, kind, hanbit.minji)

    answer = door.enter(hanbit.minji).post(_path(thing), rule="R04", reason="제 글입니다.")

    assert answer.status_code == 403
    assert "다른 운영자에게 맡겨 주세요." in text(answer)
    assert not Measure.objects.exists()


@pytest.mark.parametrize("key", ["jun", "sora"])
def test_members_hide_nothing_and_are_told_whom_to_turn_to(hanbit, door, thing, key):
    door.enter(hanbit.people[key])

    assert door.get(_path(thing)).status_code == 403
    answer = door.post(_path(thing), rule="R04", reason="싫습니다.")
    assert answer.status_code == 403
    assert "문제가 있는 글은 운영자에게 알려 주세요." in text(answer)
    assert not Measure.objects.exists()


@pytest.mark.parametrize("key", ["nuri", "rio", "hana", "guest"])
def test_for_the_moderator_of_another_board_it_is_not_there(hanbit, door, thing, key):
    door.enter(hanbit.people[key])
    absent = _path(thing).replace(str(thing.pk), "987654")

    there, nothing = door.get(_path(thing)), door.get(absent)

    assert (there.status_code, without_tokens(there)) == (404, without_tokens(nothing))
    assert door.post(_path(thing), rule="R04", reason="남의 보드입니다.").status_code == 404
    assert not Measure.objects.exists()


def test_a_draft_cannot_be_hidden_for_nobody_sees_it(hanbit, door):
    draft = draft_of(hanbit.jun, hanbit.board)

    assert door.enter(hanbit.minji).get(_path(draft)).status_code == 404
