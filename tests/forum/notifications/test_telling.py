"""From events to notices and letters: each person once, the actor never, nothing of an act that failed."""

import pytest

from boards.discussion.actions import post_comment
from boards.discussion.models import Stance
from boards.membership.actions import end_membership
from boards.membership.models import Membership
from boards.moderation.actions import hide
from boards.support.actions import support
from forum.accounts.models import User
from forum.events.models import Event
from forum.events.recording import verb
from forum.notifications.models import Letter, Notification
from forum.notifications.telling import tell
from tests.boards.browsing import commented, published


@pytest.fixture(autouse=True)
def nothing_to_tell(hanbit):
    """Who sits on the boards has heard of it."""
    tell()
    Notification.objects.all().delete()
    Letter.objects.all().delete()


@pytest.fixture
def proposal(hanbit, nothing_to_tell):
    """Jun's proposal; whoever must hear of it has heard."""
    proposal = published(hanbit.jun, hanbit.board)
    tell()
    Notification.objects.all().delete()
    return proposal


def hearers(name: str) -> set[str]:
    return set(Notification.objects.filter(event__verb=name).values_list("person__name", flat=True))


def test_moderators_hear_of_a_new_proposal_and_its_author_does_not(hanbit):
    published(hanbit.jun, hanbit.board)
    tell()

    assert hearers("proposal_opened") == {hanbit.minji.name}


def test_author_and_answered_person_hear_of_a_comment_but_not_of_their_own(hanbit, proposal):
    first = commented(hanbit.sora, proposal, "찬성합니다.")
    commented(hanbit.tae, proposal, "저도요.", parent=first)
    commented(hanbit.jun, proposal, "고맙습니다.", parent=first)
    tell()

    told = Notification.objects.values_list("person__name", "event__actor__name")
    assert sorted(told) == sorted(
        [
            (hanbit.jun.name, hanbit.sora.name),
            (hanbit.jun.name, hanbit.tae.name),
            (hanbit.sora.name, hanbit.tae.name),
            (hanbit.sora.name, hanbit.jun.name),
        ]
    )


def test_telling_twice_tells_once(hanbit, proposal):
    hide(proposal, by=hanbit.minji, rule="R10", reason="주제와 무관합니다.")

    assert tell() == 1
    assert tell() == 0
    Event.objects.filter(verb="proposal_hidden").update(told_at=None)  # the worker died before it saved that
    tell()

    assert Notification.objects.filter(event__verb="proposal_hidden").count() == 1
    assert Letter.objects.filter(to=hanbit.jun.email).count() == 1


def test_who_must_know_gets_a_letter_and_who_may_does_not(hanbit, proposal):
    hide(proposal, by=hanbit.minji, rule="R10", reason="주제와 무관합니다.")
    commented(hanbit.sora, proposal, "왜 가렸나요?")
    tell()

    letter = Letter.objects.get()
    assert letter.to == hanbit.jun.email
    assert "이준 님, 안녕하세요." in letter.body
    assert "운영자가 운영원칙에 따라 제안을 가렸습니다." in letter.body
    assert "운영원칙 R10 ‘주제와 무관’. 이유: 주제와 무관합니다." in letter.body
    assert f"/proposals/{proposal.pk}/" in letter.body
    assert Notification.objects.filter(person=hanbit.jun).count() == 2


def test_a_letter_does_not_repeat_a_hidden_title(hanbit):
    proposal = published(hanbit.jun, hanbit.board, title="가려야 할 제목")
    hide(proposal, by=hanbit.minji, rule="R02", reason="확인되지 않은 내용입니다.")
    tell()

    letter = Letter.objects.get()
    assert "가려야 할 제목" not in letter.subject + letter.body
    assert proposal.number in letter.subject


def test_who_is_no_longer_active_is_not_told(hanbit, proposal):
    User.objects.filter(pk=hanbit.jun.pk).update(is_active=False)
    hide(proposal, by=hanbit.minji, rule="R10", reason="주제와 무관합니다.")
    commented(hanbit.sora, proposal, "왜 가렸나요?")
    tell()

    assert not Notification.objects.filter(person=hanbit.jun).exists()
    assert not Letter.objects.exists()


def test_who_left_the_board_hears_of_that_and_of_nothing_later(hanbit):
    end_membership(Membership.objects.get(person=hanbit.minji), by=_second_moderator(hanbit))
    published(hanbit.jun, hanbit.board)
    tell()

    assert hearers("membership_ended") == {hanbit.minji.name}
    assert hearers("proposal_opened") == {hanbit.sora.name}


def _second_moderator(hanbit) -> User:
    Membership.objects.filter(person=hanbit.sora).update(role=Membership.Role.MODERATOR)
    return hanbit.sora


def test_support_is_told_to_nobody(hanbit, proposal):
    support(proposal, by=hanbit.sora)

    assert tell() == 0
    assert not Notification.objects.exists()


def test_an_act_that_fails_at_the_end_tells_nobody(hanbit, proposal, monkeypatch):
    def comment_and_stumble():
        with verb():
            post_comment(
                proposal, author=hanbit.sora, stance=Stance.FOR, body="찬성합니다.",
                client_id="5f0c2f4e-8f0b-4c58-9d3f-0d6e6a5b1c11", parent=None,
            )  # fmt: skip
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        comment_and_stumble()
    tell()

    assert not Event.objects.filter(verb="comment_posted").exists()
    assert not Notification.objects.exists()


def test_more_events_than_fit_into_one_round_are_told_in_several(hanbit, proposal):
    for number in range(5):
        commented(hanbit.sora, proposal, f"의견 {number}")

    assert [tell(limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert Notification.objects.filter(person=hanbit.jun).count() == 5


def test_what_cannot_be_told_holds_up_nothing_else_and_is_tried_again(hanbit, proposal, caplog):
    commented(hanbit.sora, proposal, "찬성합니다.")
    untellable = Event.objects.filter(verb="comment_posted")
    untellable.update(verb="member_added")  # whose subject is no seat: as when an older worker meets a newer verb
    commented(hanbit.tae, proposal, "저도요.")

    assert tell() == 1
    assert hearers("comment_posted") == {hanbit.jun.name}
    assert "it will be tried again" in caplog.text

    Event.objects.filter(verb="member_added", told_at=None).update(verb="comment_posted")
    assert tell() == 1
    assert Notification.objects.filter(person=hanbit.jun, event__verb="comment_posted").count() == 2
