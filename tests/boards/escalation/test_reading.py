"""The answer as juniors read it first, and as a paper to be filed."""

from datetime import timedelta

import pytest

from boards.escalation.actions import (
    Promise,
    confirm_commitment,
    prepare_answer,
    publish_answer,
    receive,
    report_progress,
)
from boards.escalation.models import Decision, Escalation
from boards.escalation.states import CommitmentState
from boards.membership.models import Mode
from boards.moderation.actions import hide
from boards.proposals.actions import withdraw
from tests.boards.attachments.uploading import attached
from tests.boards.browsing import commented, published, section, text, words
from tests.boards.escalation.answering import answered, escalated, later, received, reported_done
from tests.boards.voting.balloting import NO, YES, counted


def _decided(hanbit, decision: str) -> Escalation:
    escalation = received(hanbit)
    adopting = decision in (Decision.ADOPTED, Decision.PARTLY)
    draft = prepare_answer(
        escalation, by=hanbit.hana, decision=decision, reason="사유를 밝힙니다.",
        implement_on=later() if adopting else None,
        promises=[Promise("지침 개정", "총무과", later())] if adopting else [],
    )  # fmt: skip
    publish_answer(escalation, by=hanbit.hana, seen=draft.prepared_at)
    return escalation


def _answer(door, person, escalation: Escalation) -> str:
    return words(door.enter(person).get(f"/proposals/{escalation.proposal_id}/answer/"))


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [
        (Decision.ADOPTED, "채택 제안을 받아들여 {day}부터 실시합니다."),
        (Decision.PARTLY, "일부 채택 제안의 일부를 받아들여 {day}부터 실시합니다."),
        (Decision.NOT_ADOPTED, "불채택 제안을 받아들이지 않습니다."),
        (Decision.CLOSED, "종결 받아들일지 정하지 않고 절차를 마칩니다."),
    ],
)
def test_the_answer_begins_with_the_decision_in_a_word_and_a_sentence(hanbit, door, keys, decision, sentence):
    escalation = _decided(hanbit, decision)

    page = _answer(door, hanbit.jun, escalation)

    assert sentence.format(day=f"{later():%Y. %-m. %-d.}") in page
    assert page.index(sentence[:2]) < page.index("사유를 밝힙니다.") < page.index("답변한 사람")
    assert "한빛시 혁신책임관 정하나" in page


@pytest.mark.parametrize(
    ("escalated_before", "due_before", "told"),
    [
        (0, -30, "상정된 날에 답했습니다."),
        (12, -18, "상정된 지 12일 만에 답했습니다."),
        (33, 3, "상정된 지 33일 만에 답했습니다. 기한보다 3일 늦었습니다."),
    ],
)
def test_it_says_how_long_the_answer_took(hanbit, door, keys, escalated_before, due_before, told):
    escalation = answered(hanbit)
    escalation.escalated_at -= timedelta(days=escalated_before)
    escalation.due_on = later(-due_before)
    escalation.save()

    page = _answer(door, hanbit.jun, escalation)

    assert told in page
    assert ("늦었습니다" in page) == (due_before > 0)


def test_each_commitment_tells_its_state_and_the_proposer_what_to_do_now(hanbit, door, keys):
    commitment = reported_done(hanbit)
    escalation = commitment.answer.escalation

    mine, others = _answer(door, hanbit.jun, escalation), _answer(door, hanbit.sora, escalation)
    confirm_commitment(commitment, by=hanbit.jun)
    after = _answer(door, hanbit.jun, escalation)

    assert "확인하거나 이의를 내 주세요" in mine
    assert "이행을 확인합니다" in mine
    assert "이행을 확인합니다" not in others
    assert "제안자가 결과를 확인해야 끝납니다" in others
    assert "1건 가운데 1건 확인" in after
    assert "제안자가 모든 이행과제를 확인했습니다." in after


def test_a_commitment_past_its_day_is_marked_until_it_is_done(hanbit, door, keys):
    escalation = answered(hanbit)
    commitment = escalation.answer.commitments.get()
    commitment.due_on = later(-1)
    commitment.save()
    late = _answer(door, hanbit.jun, escalation)

    report_progress(commitment, by=hanbit.hana, state=CommitmentState.DONE, reason="마쳤습니다.")

    assert "기한 초과" in late
    assert "기한 초과" not in _answer(door, hanbit.jun, escalation)


def test_before_the_answer_the_page_says_who_owes_it_until_when(hanbit, door, keys):
    escalation = escalated(hanbit)

    page = _answer(door, hanbit.jun, escalation)

    assert "답변할 사람" in page
    assert f"{escalation.due_on:%Y. %-m. %-d.}" in page
    assert "사유" not in page


def test_the_page_of_the_answer_heals_by_the_same_panel(hanbit, door, keys):
    escalation = answered(hanbit)
    path = f"/proposals/{escalation.proposal_id}/answer/"
    page = section(door.enter(hanbit.sora).get(path), "panel-answer")

    assert f'data-src="{path}?alone=1"' in page
    assert "data-since=" in page
    assert "답변만 따로 보기" not in page
    assert "답변만 따로 보기" not in text(door.get(f"{path}?alone=1", script=True))


# Where the proposal stands


def _standing(door, person, escalation: Escalation) -> str:
    """The panel of the proposal's state, which a page that stays open reads again by itself."""
    path = f"/proposals/{escalation.proposal_id}/"
    read_again = door.enter(person).get(f"{path}state/", script=True)
    assert section(door.get(path), "panel-state").split() == text(read_again).split()
    return words(read_again)


def test_the_state_follows_the_proposal_to_the_desk(hanbit, door, keys):
    escalation = escalated(hanbit)
    assert f"가결 상정 {escalation.days_left}일 남음" in (lying := _standing(door, hanbit.jun, escalation))
    assert "책임관은 기한 안에 이유를 붙여 답해야 합니다." in lying

    receive(escalation, by=hanbit.hana)
    assert "책임관이 접수했습니다." in _standing(door, hanbit.sora, escalation)

    prepare_answer(
        escalation, by=hanbit.hana, decision="closed", reason="아직 비밀인 사유", implement_on=None, promises=[]
    )
    assert "책임관이 심사하고 있습니다." in (review := _standing(door, hanbit.staff, escalation))
    assert "종결" not in review

    Escalation.objects.update(due_on=later(-3))
    late = _standing(door, hanbit.jun, escalation)
    assert "심사 기한 초과 3일 지남" in late
    assert "답변 기한이 지났습니다." in late


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        (Decision.ADOPTED, "채택 제안을 받아들여"),
        (Decision.PARTLY, "일부 채택 제안의 일부를 받아들여"),
        (Decision.NOT_ADOPTED, "불채택 제안을 받아들이지 않습니다."),
        (Decision.CLOSED, "종결 받아들일지 정하지 않고"),
    ],
)
def test_the_state_says_that_it_is_answered_and_how(hanbit, door, keys, decision, told):
    state = _standing(door, hanbit.sora, _decided(hanbit, decision))

    assert f"가결 답변 완료 {told}" in state
    assert "답해야 합니다" not in state


# The page to decide on


def test_who_decides_reads_first_what_was_answered_most_and_how_many_opinions_there_are(hanbit, door, keys):
    escalation = escalated(hanbit)
    for number in range(7):
        comment = commented(hanbit.sora, escalation.proposal, f"찬성 의견 {number}")
    for who in (hanbit.tae, hanbit.jun):
        commented(who, escalation.proposal, "덧붙입니다.", parent=comment)

    page = words(door.enter(hanbit.hana).get(f"/escalations/{escalation.pk}/"))

    assert page.index("찬성 의견 6") < page.index("찬성 의견 0") < page.index("찬성 의견 3")
    assert "찬성 의견 5" not in page
    assert "답글 2개" in page
    assert "의견 2개 더 보기" in page


def test_the_timeline_is_on_the_page_to_decide_on(hanbit, door, keys):
    escalation = received(hanbit)

    timeline = section(door.enter(hanbit.hana).get(f"/escalations/{escalation.pk}/"), "panel-timeline")

    assert "제안이 책임관에게 상정되었습니다." in timeline
    assert "정하나 님이 상정된 제안을 접수했습니다." in timeline


# The paper


def test_the_paper_names_whom_it_goes_to_and_what_is_enclosed(hanbit, door):
    proposal = published(hanbit.jun, hanbit.board)
    attached(proposal, hanbit.jun, "근거.txt")
    page = words(door.enter(hanbit.sora).get(f"/proposals/{proposal.pk}/paper/"))
    assert "붙임 근거.txt 1부. 끝." in page
    assert "수신" not in page, "it lies on nobody's desk yet"

    escalation = escalated(hanbit)
    page = words(door.get(f"/proposals/{escalation.proposal_id}/paper/"))
    assert "수신한빛시 혁신책임관상정" in page
    assert "붙임" not in page


def test_the_paper_holds_all_of_it_in_the_order_of_the_form_and_no_navigation(hanbit, door, keys):
    escalation = reported_done(hanbit).answer.escalation
    proposal = escalation.proposal

    answer = door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/paper/")
    page = words(answer)

    parts = [
        "한빛시", "제안 및 답변서", "문서번호", proposal.number, "제안자", "이준", "제목", proposal.title,
        "1. 현황 및 문제점", proposal.problem, "2. 개선방안", proposal.remedy, "3. 기대효과", proposal.effect,
        "4. 표결 결과", "기명 표결", "가결", "5. 답변", "결정", "채택", "사유", "옳은 제안입니다.", "이행과제",
        "과제 1", "총무과", "완료", "끝.", "혁신책임관 정하나", "시행",
    ]  # fmt: skip
    places = []
    for part in parts:
        places.append(page.index(part, places[-1] if places else 0))
    assert places == sorted(places)
    assert "<nav" not in text(answer)
    assert "<script" not in text(answer)


def test_the_paper_of_an_open_proposal_says_what_is_not_there_yet(hanbit, door):
    proposal = published(hanbit.jun, hanbit.board)

    page = words(door.enter(hanbit.sora).get(f"/proposals/{proposal.pk}/paper/"))

    assert "아직 표결이 시작되지 않았습니다." in page
    assert "아직 책임관에게 상정되지 않았습니다." in page


def test_the_paper_of_what_will_not_be_escalated_says_why(hanbit, door, keys):
    failed = counted(hanbit, Mode.NAMED, *[NO] * 7).proposal
    gone = withdraw(published(hanbit.jun, hanbit.board), by=hanbit.jun, reason="다른 제안과 합칩니다.")

    failed_paper, gone_paper = (
        words(door.enter(hanbit.sora).get(f"/proposals/{it.pk}/paper/")) for it in (failed, gone)
    )

    assert "표결에서 부결되어 책임관에게 상정되지 않았습니다." in failed_paper
    assert "표결에 부치지 않고 제안자가 철회했습니다." in gone_paper
    assert "제안자가 철회하여 책임관에게 상정되지 않았습니다." in gone_paper
    assert "아직" not in failed_paper + gone_paper


def test_the_foot_of_the_paper_gives_its_number_once_and_every_cell_its_head(hanbit, door, keys):
    escalation = answered(hanbit)
    number = escalation.proposal.number

    paper = door.enter(hanbit.sora).get(f"/proposals/{escalation.proposal_id}/paper/")
    day = f"{later(0):%Y. %-m. %-d.}"

    assert f"시행 {number} ({day}) 접수 {day}" in words(paper)
    for head in ("회차", "표결 방식", "선거인", "투표", "찬성", "반대", "기권", "결과", "이행과제", "담당 부서"):
        assert f'<td data-head="{head}">' in text(paper), "where a phone shows the cells below each other"


def test_the_paper_of_a_hidden_proposal_holds_neither_title_nor_text(hanbit, door):
    proposal = published(hanbit.jun, hanbit.board, title="가려야 할 제목", problem="가려야 할 글")
    hide(proposal, by=hanbit.minji, rule="R02", reason="확인되지 않은 내용입니다.")

    page = text(door.enter(hanbit.sora).get(f"/proposals/{proposal.pk}/paper/"))

    assert "가려야 할" not in page
    assert "R02" in page
    assert proposal.number in page


def test_the_paper_tells_of_the_votes_no_more_than_may_be_told(hanbit, door, keys):
    """A sealed ballot with fewer than three others tells a bound, on paper as on the page."""
    ballot = counted(hanbit, Mode.SEALED, *[YES] * 8, NO)

    page = words(door.enter(hanbit.sora).get(f"/proposals/{ballot.proposal_id}/paper/"))

    assert "찬성 7명 이상" in page
    assert "반대" not in page.partition("119")[2].partition("5. 답변")[0]  # no figure of the others
