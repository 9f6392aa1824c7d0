"""The desk and the one page to decide on: what the office finds there, and who finds nothing."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from boards.attachments.models import Attachment
from boards.discussion.models import Stance
from boards.escalation import queries
from boards.escalation.actions import confirm_commitment, report_progress
from boards.escalation.models import Commitment, Escalation
from boards.escalation.states import CommitmentState
from forum.clock import run_once
from forum.events.models import Event
from forum.institutions.models import Office
from tests.boards.attachments.uploading import attached
from tests.boards.browsing import commented, draft_of, published, section, text, words
from tests.boards.escalation.answering import answered, escalated, form, received, reported_done


def _due(escalation: Escalation, days: int) -> None:
    Escalation.objects.filter(pk=escalation.pk).update(due_on=timezone.localdate() + timedelta(days=days))


@pytest.mark.parametrize("key", ["jun", "minji", "staff", "rio", "admin", "audit", "guest"])
def test_for_who_holds_no_office_there_is_no_desk(hanbit, door, keys, key):
    escalation = escalated(hanbit)
    door.enter(hanbit.people[key])

    assert door.get("/desk/").status_code == 404
    assert door.get(f"/escalations/{escalation.pk}/").status_code == 404
    assert door.post(f"/escalations/{escalation.pk}/receipt/").status_code == 404
    assert Escalation.objects.get().state == "escalated"


def test_the_desk_of_another_office_holds_nothing_of_it(hanbit, door, keys):
    escalation = escalated(hanbit)
    page = door.enter(hanbit.boss).get("/desk/")

    assert page.status_code == 200
    assert escalation.proposal.title not in text(page)
    assert door.get(f"/escalations/{escalation.pk}/").status_code == 404


def test_the_desk_goes_by_the_due_date_and_says_what_is_late(hanbit, door, keys):
    done = answered(hanbit)
    late, soon, today, tomorrow = (escalated(hanbit) for _ in range(4))
    for escalation, days in ((soon, 9), (late, -3), (tomorrow, 1), (today, 0)):
        _due(escalation, days)

    page = words(door.enter(hanbit.hana).get("/desk/"))

    order = [page.index(it.proposal.number) for it in (late, today, tomorrow, soon)]
    assert order == sorted(order)
    assert "기한이 지난 제안이 1건 있습니다." in page
    assert "기한 초과 3일 지남" in page
    for told in ("오늘까지", "내일까지", "9일 남음", "답변할 제안 4", "답변한 제안 1", "이행과제 1"):
        assert told in page
    assert done.proposal.number not in page


def test_what_was_answered_lies_on_a_pile_of_its_own_with_the_decision(hanbit, door, keys, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 1)
    first, second = answered(hanbit), answered(hanbit)
    waiting = escalated(hanbit)

    page = door.enter(hanbit.hana).get("/desk/?show=answered")
    older = door.get("/desk/" + re.search(r'href="(\?[^"]*before=\d+[^"]*)"', text(page))[1].replace("&amp;", "&"))

    assert "채택 상정된 날에 답했습니다." in words(page)
    assert second.proposal.number in text(page)
    assert first.proposal.number in text(older)
    assert second.proposal.number not in text(older)
    assert waiting.proposal.number not in text(page) + text(older)


def test_what_was_promised_lies_on_the_desk_until_the_proposer_has_confirmed_it(hanbit, door, keys):
    done = reported_done(hanbit)
    late, soon = answered(hanbit, promises=2).answer.commitments.all()
    Commitment.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=1), what="늦은 과제")
    Commitment.objects.filter(pk=soon.pk).update(due_on=timezone.localdate(), what="오늘 과제")
    path = "/desk/?show=commitments"

    page = door.enter(hanbit.hana).get(path)
    assert (
        words(page).index("늦은 과제")
        < words(page).index("오늘 과제")
        < words(page).index("제안자의 확인을 기다립니다")
    )
    assert words(page).count("기한 초과") == 1
    assert f'href="/commitments/{late.pk}/progress/"' in text(page)
    assert f'href="/commitments/{done.pk}/progress/"' not in text(page)
    assert "늦은 과제" not in text(door.enter(hanbit.boss).get(path))

    confirm_commitment(done, by=hanbit.jun)
    report_progress(late, by=hanbit.hana, state=CommitmentState.INFEASIBLE, reason="법이 바뀌었습니다.")

    again = text(door.enter(hanbit.hana).get(path))
    assert "늦은 과제" not in again
    assert "제안자의 확인을 기다립니다" not in again
    assert "오늘 과제" in again


@pytest.mark.parametrize(
    ("show", "sentence"),
    [
        ("waiting", "지금 답변할 제안이 없습니다."),
        ("answered", "아직 답변한 제안이 없습니다."),
        ("commitments", "남은 이행과제가 없습니다."),
        ("nonsense", "지금 답변할 제안이 없습니다."),
    ],
)
def test_an_empty_pile_says_so(hanbit, door, show, sentence):
    assert sentence in words(door.enter(hanbit.hana).get(f"/desk/?show={show}"))


def test_a_draft_is_mentioned_on_the_desk(hanbit, door, keys):
    escalation = received(hanbit)
    assert "임시저장한 답변이 있습니다." not in words(door.enter(hanbit.hana).get("/desk/"))

    door.post(f"/escalations/{escalation.pk}/answer/", **form())

    assert "임시저장한 답변이 있습니다." in words(door.get("/desk/"))


def test_a_hidden_proposal_shows_no_title_on_the_desk(hanbit, door, keys):
    escalation = escalated(hanbit)
    title = escalation.proposal.title
    door.enter(hanbit.minji).post(f"/proposals/{escalation.proposal_id}/hiding/", rule="R01", reason="이름이 있습니다.")

    for path in ("/desk/", f"/escalations/{escalation.pk}/"):
        page = door.enter(hanbit.hana).get(path)
        assert escalation.proposal.number in text(page)
        assert title not in text(page)


def test_all_that_is_needed_to_decide_is_on_one_page(hanbit, door, keys):
    escalation = escalated(hanbit)
    proposal = escalation.proposal
    commented(hanbit.sora, proposal, "신규 직원에게 큰 힘이 됩니다.")
    commented(hanbit.tae, proposal, "정을 나누는 일까지 막을까 걱정입니다.", stance=Stance.AGAINST)
    hidden = commented(hanbit.tae, proposal, "누구누구가 문제입니다.")
    door.enter(hanbit.minji).post(f"/comments/{hidden.pk}/hiding/", rule="R02", reason="확인되지 않은 내용입니다.")

    page = words(door.enter(hanbit.hana).get(f"/escalations/{escalation.pk}/"))

    for told in (
        proposal.title, proposal.problem, proposal.remedy, proposal.effect, "제안자 이준", "찬성7 반대0 기권0",
        "신규 직원에게 큰 힘이 됩니다.", "정을 나누는 일까지 막을까 걱정입니다.", "답변 기한", "접수하기",
        "먼저 접수해 주세요.",
    ):  # fmt: skip
        assert told.replace(" ", "") in page.replace(" ", ""), told
    assert "누구누구가 문제입니다." not in page
    assert f'href="/proposals/{proposal.pk}/"' in text(door.get(f"/escalations/{escalation.pk}/"))
    assert hanbit.bora.name not in page  # how single members voted is the board's own


def test_the_files_of_the_proposal_are_there_to_decide_by(hanbit, door, keys):
    escalation = escalated(hanbit)
    file = attached(draft_of(hanbit.jun, hanbit.board), hanbit.jun, "근거.pdf")
    Attachment.objects.filter(pk=file.pk).update(proposal=escalation.proposal)

    page = text(door.enter(hanbit.hana).get(escalation.get_absolute_url()))

    assert f'href="/attachments/{file.pk}/"' in page
    assert "근거.pdf" in page
    assert door.get(f"/attachments/{file.pk}/").status_code == 200


def test_receiving_twice_is_refused_and_moves_nothing(hanbit, door, keys):
    escalation = escalated(hanbit)
    due = escalation.due_on
    path = f"/escalations/{escalation.pk}/receipt/"
    assert door.enter(hanbit.hana).post(path).status_code == 302

    answer = door.post(path)

    assert answer.status_code == 409
    assert "이미 접수한 제안입니다." in text(answer)
    escalation = Escalation.objects.get()
    assert (escalation.state, escalation.received_by, escalation.due_on) == ("received", hanbit.hana, due)


def test_the_panel_tells_everybody_who_owes_the_answer_until_when(hanbit, door, keys):
    escalation = received(hanbit)
    _due(escalation, 12)
    page = f"/proposals/{escalation.proposal_id}/"

    for reader in (hanbit.jun, hanbit.staff, hanbit.audit):
        panel = section(door.enter(reader).get(page), "panel-answer")
        assert "한빛시 혁신책임관 정하나" in panel
        assert "12일 남음" in panel
        assert "접수" in panel
        assert "답변하러 가기" not in panel
    assert "답변하러 가기" in section(door.enter(hanbit.hana).get(page), "panel-answer")
    Office.objects.update(holder=None)
    assert "(공석)" in section(door.enter(hanbit.jun).get(page), "panel-answer")


def test_before_any_escalation_the_panel_says_what_will_come(hanbit, door, keys):
    proposal = published(hanbit.jun, hanbit.board)

    panel = door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/answer/", script=True)

    assert "가결되면 책임관에게 상정되고" in text(panel)


def test_overdue_is_told_once_and_marked_for_everybody_from_the_day_after(hanbit, door, keys):
    escalation = escalated(hanbit)
    _due(escalation, 0)
    run_once("clock")
    assert not Event.objects.filter(verb="escalation_overdue").exists()
    _due(escalation, -1)

    assert run_once("clock") == 1
    assert run_once("clock") == 0

    assert Event.objects.filter(verb="escalation_overdue").count() == 1
    for reader in (hanbit.jun, hanbit.staff, hanbit.hana):
        panel = section(door.enter(reader).get(f"/proposals/{escalation.proposal_id}/"), "panel-answer")
        assert "기한 초과" in panel
        assert "1일 지남" in panel


def test_a_new_holder_of_the_office_finds_the_desk_and_the_old_one_nothing(hanbit, door, keys):
    escalation = received(hanbit)
    Office.objects.filter(pk=escalation.addressee_id).update(holder=hanbit.boss)

    assert escalation.proposal.title in text(door.enter(hanbit.boss).get("/desk/"))
    assert door.get(f"/escalations/{escalation.pk}/").status_code == 200
    assert door.enter(hanbit.hana).get(f"/escalations/{escalation.pk}/").status_code == 404
