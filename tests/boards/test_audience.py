"""Notices and letters go only to who may still read what they are about."""

import re
from urllib.parse import urlencode

import pytest

from boards.escalation.actions import hand_over, mark_overdue
from boards.escalation.models import Escalation
from boards.membership.actions import end_membership
from boards.membership.models import Board, Membership, Mode
from boards.moderation.actions import hide
from boards.proposals.actions import improve, open_proposal, withdraw
from boards.proposals.models import Proposal
from boards.proposals.sharing import accept, invite
from boards.proposals.states import State
from boards.voting.actions import call_ballot, cast_ballot, close_ballot, open_ballot
from boards.voting.counting import count_ballot
from boards.voting.models import Ballot, Choice
from boards.world.cast import PASSWORD
from forum.institutions.models import Office
from forum.notifications.models import Letter, Notification
from forum.notifications.telling import tell
from tests.boards.browsing import commented, draft_of, published, text, words
from tests.boards.escalation.answering import answered, escalated
from tests.boards.voting.balloting import YES, cast, finished


def leave(world, person) -> None:
    end_membership(Membership.objects.get(person=person), by=world.minji)


def heard(person, verb: str) -> bool:
    return Notification.objects.filter(person=person, event__verb=verb).exists()


@pytest.fixture
def proposal(hanbit) -> Proposal:
    return published(hanbit.jun, hanbit.board)


def test_who_left_a_closed_board_hears_no_result(hanbit, proposal, keys):
    Board.objects.filter(pk=hanbit.board.pk).update(closed=True)
    call_ballot(proposal, by=hanbit.minji, mode=Mode.NAMED, reason="뜻을 묻습니다.")
    ballot = open_ballot(proposal, keys=keys)
    for voter in hanbit.members[:8]:
        cast_ballot(ballot, voter=voter, choice=Choice.NO)
    leave(hanbit, hanbit.sora)
    Ballot.objects.filter(pk=ballot.pk).update(
        closes_at=ballot.opened_at + (ballot.closes_at - ballot.opened_at) / 10**9
    )
    count_ballot(close_ballot(ballot), keys=keys)
    tell()

    assert heard(hanbit.tae, "ballot_failed")
    assert not heard(hanbit.sora, "ballot_failed")


def test_who_became_an_executive_hears_of_no_reply_before_the_escalation(hanbit, proposal):
    comment = commented(hanbit.tae, proposal, "찬성합니다.")
    leave(hanbit, hanbit.tae)
    Office.objects.create(institution=hanbit.board.institution, title="기획조정실장", holder=hanbit.tae)
    commented(hanbit.sora, proposal, "저도요.", parent=comment)
    tell()

    assert heard(hanbit.jun, "comment_posted")
    assert not heard(hanbit.tae, "comment_posted")


def test_an_author_who_became_an_executive_reads_their_proposal_like_any_other_executive(hanbit, proposal):
    leave(hanbit, hanbit.jun)
    assert Proposal.objects.visible_to(hanbit.jun).filter(pk=proposal.pk).exists()

    Office.objects.create(institution=hanbit.board.institution, title="기획조정실장", holder=hanbit.jun)

    assert not Proposal.objects.visible_to(hanbit.jun).filter(pk=proposal.pk).exists()


def test_who_was_told_reads_the_title_no_more_once_they_may_not_read_the_proposal(hanbit, door, proposal):
    Board.objects.filter(pk=hanbit.board.pk).update(closed=True)
    comment = commented(hanbit.tae, proposal, "찬성합니다.")
    commented(hanbit.sora, proposal, "저도요.", parent=comment)
    tell()
    assert proposal.title in text(door.enter(hanbit.tae).get("/notifications/"))

    leave(hanbit, hanbit.tae)
    Proposal.objects.filter(pk=proposal.pk).update(title="그 뒤에 고친 제목")
    page = door.get("/notifications/")

    assert proposal.number not in text(page)
    assert "그 뒤에 고친 제목" not in text(page)
    assert "지금은 볼 수 없는 글" in text(page)
    notice = Notification.objects.get(person=hanbit.tae, event__verb="comment_posted")
    assert door.post(f"/notifications/{notice.pk}/").url == "/notifications/"


def test_an_escalation_to_a_vacant_office_reaches_the_moderators(hanbit, door, keys):
    escalation = escalated(hanbit)
    Office.objects.update(holder=None)
    tell()

    assert Notification.objects.get(person=hanbit.minji, event__verb="proposal_escalated").must
    assert not heard(hanbit.hana, "proposal_escalated")
    home = words(door.enter(hanbit.minji).get("/"))
    assert "답변할 자리가 비어 있습니다." in home
    assert escalation.proposal.title in home
    assert "답변할 자리가 비어 있습니다." not in words(door.enter(hanbit.jun).get("/"))


# Where it leads


def test_each_is_led_to_the_page_where_they_have_something_to_do(hanbit, proposal, keys, client):
    escalation = answered(hanbit)
    while tell():
        pass

    def led(person, verb: str) -> str:
        client.force_login(person)
        notice = Notification.objects.get(person=person, event__verb=verb)
        return client.post(f"/notifications/{notice.pk}/")["Location"]

    proposal = escalation.proposal
    assert led(hanbit.hana, "proposal_escalated") == f"/escalations/{escalation.pk}/"
    assert led(hanbit.jun, "proposal_escalated") == f"/proposals/{proposal.pk}/"
    assert led(hanbit.jun, "escalation_answered") == f"/proposals/{proposal.pk}/answer/"
    assert led(hanbit.sora, "escalation_answered") == f"/proposals/{proposal.pk}/answer/"


def test_the_mail_says_by_when_and_what_was_decided_and_its_link_works_after_signing_in(hanbit, keys, client):
    escalation = answered(hanbit)
    Letter.objects.all().delete()
    while tell():
        pass

    due, decision = f"답변 기한: {escalation.due_on:%Y. %-m. %-d.}", "결정: 채택"
    to_hana = Letter.objects.get(to=hanbit.hana.email, body__contains=due)
    to_jun = Letter.objects.get(to=hanbit.jun.email, body__contains=decision)
    for person, letter in ((hanbit.hana, to_hana), (hanbit.jun, to_jun)):
        client.logout()
        path = re.search(r"https?://[^/]+(\S+)", letter.body)[1]
        asked = client.get(path)
        assert asked["Location"] == f"/accounts/login/?{urlencode({'next': path})}"
        sent = {"login": person.email, "password": PASSWORD, "next": path}
        assert client.post("/accounts/login/", sent)["Location"] == path
        assert client.get(path).status_code == 200


def test_of_a_hidden_comment_a_former_member_reads_no_title_of_the_proposal(hanbit, proposal, client):
    comment = commented(hanbit.tae, proposal, "성급한 말")
    hide(comment, by=hanbit.minji, rule="R04", reason="욕설이 있습니다.")
    tell()
    Board.objects.filter(pk=hanbit.board.pk).update(closed=True)
    leave(hanbit, hanbit.tae)
    client.force_login(hanbit.tae)

    page = client.get("/notifications/").content.decode()

    assert "댓글을 가렸습니다." in page
    assert proposal.title not in page
    assert "지금은 볼 수 없는 글" in page


# Who shares a proposal


@pytest.fixture
def shared(hanbit) -> Proposal:
    """Jun's draft, which sora has agreed to share."""
    draft = draft_of(hanbit.jun, hanbit.board)
    accept(invite(draft, by=hanbit.jun, person=hanbit.sora, share=40), by=hanbit.sora)
    return draft


def test_co_proposers_hear_of_what_becomes_of_their_proposal(hanbit, shared, keys):
    open_proposal(shared, by=hanbit.jun)
    call_ballot(shared, by=hanbit.minji, mode=Mode.NAMED, reason="뜻을 묻습니다.")
    ballot = open_ballot(shared, keys=keys)
    cast(ballot, hanbit.members, *[YES] * 7)
    escalation = finished(ballot).proposal.escalations.get()
    Letter.objects.all().delete()
    Escalation.objects.update(due_on="2020-01-03")
    mark_overdue(escalation)
    while tell():
        pass

    for name in ("proposal_opened", "proposal_escalated", "escalation_overdue"):
        assert heard(hanbit.sora, name), name
    for author in (hanbit.jun, hanbit.sora):
        assert Letter.objects.filter(to=author.email, body__contains="답변 기한이 지났습니다.").exists()


@pytest.mark.parametrize(("actor", "other"), [("jun", "sora"), ("sora", "jun")])
def test_whoever_of_the_authors_improves_it_the_other_hears(hanbit, shared, keys, actor, other):
    open_proposal(shared, by=hanbit.jun)
    Proposal.objects.filter(pk=shared.pk).update(state=State.FAILED)
    improve(
        Proposal.objects.get(pk=shared.pk), by=getattr(hanbit, actor), note="줄였습니다.", remedy="작게 시작합니다."
    )
    withdraw(Proposal.objects.get(pk=shared.pk), by=hanbit.jun, reason="다시 쓰겠습니다.")
    tell()

    assert heard(getattr(hanbit, other), "proposal_improved")
    assert not heard(getattr(hanbit, actor), "proposal_improved")
    assert heard(hanbit.sora, "proposal_withdrawn")


# Who takes over the desk


def test_a_new_holder_of_the_office_is_told_of_what_lies_on_the_desk(hanbit, keys):
    escalation = escalated(hanbit)
    while tell():
        pass
    Letter.objects.all().delete()

    hand_over(escalation.addressee, to=hanbit.staff)
    while tell():
        pass

    assert Notification.objects.get(person=hanbit.staff, event__verb="escalation_handed_over").must
    assert f"답변 기한: {escalation.due_on:%Y. %-m. %-d.}" in Letter.objects.get(to=hanbit.staff.email).body
    assert heard(hanbit.jun, "escalation_handed_over")
    assert not heard(hanbit.hana, "escalation_handed_over")


def test_of_an_answered_proposal_a_new_holder_is_not_told(hanbit, keys):
    answered(hanbit)
    hand_over(Office.objects.get(title="혁신책임관", institution=hanbit.board.institution), to=None)
    while tell():
        pass
    assert not Notification.objects.filter(event__verb="escalation_handed_over").exists()


def test_the_same_holder_again_is_no_news(hanbit, keys):
    escalation = escalated(hanbit)
    hand_over(escalation.addressee, to=hanbit.hana)
    while tell():
        pass
    assert not Notification.objects.filter(event__verb="escalation_handed_over").exists()

    hand_over(escalation.addressee, to=None)
    while tell():
        pass
    assert Notification.objects.get(person=hanbit.minji, event__verb="escalation_handed_over").must


def test_a_notice_asks_for_the_vote_and_the_log_only_tells_that_it_began(hanbit, door, proposal, keys):
    call_ballot(proposal, by=hanbit.minji, mode=Mode.NAMED, reason="뜻을 묻습니다.")
    open_ballot(proposal, keys=keys)
    tell()

    assert "표결이 시작되었습니다. 투표해 주세요." in words(door.enter(hanbit.sora).get("/notifications/"))
    log = words(door.get("/boards/hanbit/log/"))
    assert "표결이 시작되었습니다." in log
    assert "투표해 주세요" not in log
