"""Home says first what the person has to do, and what to do when there is nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from boards.escalation.actions import confirm_commitment, dispute_commitment, receive
from boards.escalation.models import Escalation
from boards.membership.actions import end_membership
from boards.membership.models import Board, Membership, Mode
from boards.moderation.actions import hide
from boards.voting.actions import cast_ballot
from boards.voting.models import Ballot, Choice
from forum.accounts.models import User
from forum.institutions.models import Office
from tests.boards.browsing import draft_of, published, section, text
from tests.boards.home.ways import balloted, called, done, passed


def duties(door, person) -> str:
    return section(door.enter(person).get("/"), "duties")


# Voting


@pytest.mark.parametrize("mode", Mode)
def test_an_open_ballot_is_a_duty_until_the_member_has_voted(hanbit, door, keys, mode):
    ballot = balloted(hanbit, keys, mode=mode)

    before = duties(door, hanbit.sora)
    cast_ballot(ballot, voter=hanbit.sora, choice=Choice.NO)
    after = duties(door, hanbit.sora)

    assert ballot.proposal.title in before
    assert f"{timezone.localtime(ballot.closes_at):%Y. %-m. %-d. %H:%M}" in before
    assert f'href="/proposals/{ballot.proposal_id}/#panel-ballot"' in before
    assert ballot.proposal.title not in after
    assert ballot.proposal.title in duties(door, hanbit.tae), "who has not voted is still asked"


@pytest.mark.parametrize("key", ["minji", "staff", "admin", "audit", "hana", "rio", "guest"])
def test_nobody_outside_the_roll_is_asked_to_vote(hanbit, door, keys, key):
    ballot = balloted(hanbit, keys)

    assert ballot.proposal.title not in duties(door, hanbit.people[key])


def test_a_ballot_is_no_duty_once_its_time_is_over_even_before_the_clock_has_closed_it(hanbit, door, keys):
    ballot = balloted(hanbit, keys)
    assert ballot.proposal.title in duties(door, hanbit.sora)

    Ballot.objects.filter(pk=ballot.pk).update(closes_at=timezone.now())

    assert ballot.proposal.title not in duties(door, hanbit.sora)


def test_a_member_whose_seat_was_ended_after_the_opening_is_not_asked_to_vote(hanbit, door, keys):
    ballot = balloted(hanbit, keys)
    end_membership(Membership.objects.get(person=hanbit.sora), by=hanbit.minji)

    assert ballot.proposal.title not in duties(door, hanbit.sora)


def test_the_ballot_that_closes_first_comes_first(hanbit, door, keys):
    late, soon = balloted(hanbit, keys, title="나중에 끝나는 표결"), balloted(hanbit, keys, title="먼저 끝나는 표결")
    Ballot.objects.filter(pk=soon.pk).update(closes_at=timezone.now() + timedelta(hours=2))

    shown = duties(door, hanbit.sora)

    assert shown.index(soon.proposal.title) < shown.index(late.proposal.title)


# Answering


def test_the_officer_is_asked_to_receive_and_then_to_answer_by_the_last_day(hanbit, door, keys):
    escalation = passed(hanbit, keys)

    new = duties(door, hanbit.hana)
    receive(escalation, by=hanbit.hana)
    received = duties(door, hanbit.hana)

    assert "접수하러 가기" in new
    assert "답변하러 가기" in received
    for page in (new, received):
        assert f"{escalation.due_on:%Y. %-m. %-d.}" in page
        assert f'href="/escalations/{escalation.pk}/"' in page


def test_an_escalation_past_its_last_day_is_marked_on_the_officers_home(hanbit, door, keys):
    escalation = passed(hanbit, keys)
    assert "기한 초과" not in duties(door, hanbit.hana)

    Escalation.objects.filter(pk=escalation.pk).update(due_on=timezone.localdate() - timedelta(days=1))

    assert "기한 초과" in duties(door, hanbit.hana)


def test_after_the_answer_nothing_is_left_for_the_officer_but_the_way_to_the_desk(hanbit, door, keys):
    commitment = done(hanbit, keys)

    shown = duties(door, hanbit.hana)

    assert commitment.answer.escalation.proposal.title not in shown
    assert "지금 답변할 제안이 없습니다" in shown
    assert 'href="/desk/"' in shown


def test_another_office_reads_nothing_of_it(hanbit, door, keys):
    escalation = passed(hanbit, keys)

    page = text(door.enter(hanbit.boss).get("/"))

    assert escalation.proposal.title not in page
    assert "답변을 맡은 분은 상정된 제안만 읽습니다" in page


# Confirming


def test_the_proposer_is_asked_whether_a_commitment_was_kept(hanbit, door, keys):
    commitment = done(hanbit, keys)

    shown = duties(door, hanbit.jun)

    assert commitment.what in shown
    assert "총무과에서 완료했다고 알렸습니다" in shown
    assert commitment.what not in duties(door, hanbit.sora)


@pytest.mark.parametrize("word", [confirm_commitment, dispute_commitment])
def test_the_proposers_word_settles_it(hanbit, door, keys, word):
    commitment = done(hanbit, keys)
    reason = {"reason": "아직 편지를 받은 사람이 없습니다."} if word is dispute_commitment else {}

    word(commitment, by=hanbit.jun, **reason)

    assert commitment.what not in duties(door, hanbit.jun)


# Ballots that cannot open


def test_a_moderator_reads_why_a_called_ballot_does_not_open(hanbit, door):
    proposal = called(hanbit, mode=Mode.SEALED)
    assert proposal.title not in duties(door, hanbit.minji), "it opens within a tick"

    Membership.objects.filter(person__in=hanbit.members[9:]).update(ended_at=timezone.now())

    shown = duties(door, hanbit.minji)
    assert proposal.title in shown
    assert "비밀 표결은 위원이 10명 이상이어야 합니다" in shown
    assert proposal.title not in duties(door, hanbit.sora), "a member can do nothing about it"
    assert proposal.title not in duties(door, hanbit.nuri), "a moderator of another board"


def test_a_moderator_reads_that_the_office_that_owes_the_answer_is_vacant(hanbit, door):
    proposal = called(hanbit)
    Office.objects.filter(holder=hanbit.hana).update(holder=None)

    shown = duties(door, hanbit.minji)

    assert proposal.title in shown
    assert "책임관 자리가 비어 있어" in shown


# Drafts and boards


def test_ones_own_drafts_are_there_and_nobody_elses(hanbit, door):
    draft_of(hanbit.jun, hanbit.board, title="내가 쓰던 글")
    draft_of(hanbit.sora, hanbit.board, title="남이 쓰던 글")

    page = text(door.enter(hanbit.jun).get("/"))

    assert "내가 쓰던 글" in page
    assert "남이 쓰던 글" not in page
    assert 'id="drafts"' not in text(door.enter(hanbit.tae).get("/"))


def test_what_is_to_be_done_comes_before_drafts_and_boards(hanbit, door):
    draft_of(hanbit.jun, hanbit.board)

    page = text(door.enter(hanbit.jun).get("/"))

    assert page.index('id="duties"') < page.index('id="drafts"') < page.index('id="boards"')


def test_a_board_tells_how_much_is_going_on(hanbit, door, keys):
    balloted(hanbit, keys)
    for number in range(2):
        published(hanbit.sora, hanbit.board, title=f"토론할 제안 {number}")
    draft_of(hanbit.sora, hanbit.board)

    shown = section(door.enter(hanbit.jun).get("/"), "boards")

    assert "토론·공감 2건 · 표결 중 1건" in shown
    assert "제3기" in shown
    assert hanbit.garam.name not in shown


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("guest", "아직 어느 기관에도 속해 있지 않아"),
        ("hana", "답변을 맡은 분은 상정된 제안만 읽습니다"),
        ("staff", "소속 기관에 볼 수 있는 보드가 아직 없습니다"),
    ],
)
def test_who_sees_no_board_reads_why_and_what_to_do(hanbit, door, key, sentence):
    Board.objects.filter(pk=hanbit.board.pk).update(closed=True)

    shown = section(door.enter(hanbit.people[key]).get("/"), "boards")

    assert sentence in shown
    assert hanbit.board.name not in shown


def test_the_title_of_a_hidden_proposal_is_not_on_home(hanbit, door, keys):
    ballot = balloted(hanbit, keys, title="가려야 할 제목")
    hide(ballot.proposal, by=hanbit.minji, rule="R02", reason="확인되지 않은 내용입니다.")

    shown = duties(door, hanbit.sora)

    assert "가려야 할 제목" not in shown
    assert ballot.proposal.number in shown


def test_a_guest_of_the_site_is_asked_to_sign_in(hanbit, client):
    answer = client.get("/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_a_moderator_is_asked_to_care_for_an_office_whose_holder_has_no_account_any_more(hanbit, door, keys):
    escalation = passed(hanbit, keys)
    assert escalation.proposal.title not in duties(door, hanbit.minji)

    User.objects.filter(pk=hanbit.hana.pk).update(is_active=False)

    assert "답변할 사람 없음" in duties(door, hanbit.minji)
    assert escalation.proposal.title in duties(door, hanbit.minji)


def test_an_author_who_became_an_executive_is_not_asked_about_what_they_cannot_read(hanbit, door, keys):
    commitment = done(hanbit, keys)
    assert commitment.what in duties(door, hanbit.jun)

    end_membership(Membership.objects.get(person=hanbit.jun), by=hanbit.minji)
    Office.objects.create(institution=hanbit.board.institution, title="기획조정실장", holder=hanbit.jun)

    assert commitment.what not in duties(door, hanbit.jun)


def test_home_says_how_much_time_is_left_to_vote(hanbit, door, keys):
    ballot = balloted(hanbit, keys)
    Ballot.objects.filter(pk=ballot.pk).update(closes_at=timezone.now() + timedelta(days=2, hours=3, minutes=5))

    assert "2일 3시간 남음" in duties(door, hanbit.sora)
