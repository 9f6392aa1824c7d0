"""Reporting progress, confirming and disputing."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards.escalation.actions import confirm_commitment, report_progress
from boards.escalation.models import Commitment, Confirmation, Progress
from boards.escalation.states import CommitmentState
from tests.boards.browsing import section, text
from tests.boards.escalation.answering import answered, reported_done

SAID = {"state": "in_progress", "reason": "초안을 돌렸습니다."}


@pytest.fixture
def planned(hanbit, keys) -> Commitment:
    return answered(hanbit).answer.commitments.get()


def _panel(door, commitment: Commitment) -> str:
    return section(door.get(f"/proposals/{commitment.answer.escalation.proposal_id}/"), "panel-answer")


def _offered(response) -> list[str]:
    return re.findall(r'name="state" value="(\w+)"', text(response))


def test_only_steps_that_can_be_taken_are_offered(hanbit, door, planned):
    path = f"/commitments/{planned.pk}/progress/"
    assert _offered(door.enter(hanbit.hana).get(path)) == ["in_progress", "delayed", "done", "infeasible"]

    door.post(path, **SAID)

    assert _offered(door.get(path)) == ["delayed", "done", "infeasible"]


def test_a_report_needs_a_step_and_a_reason(hanbit, door, planned):
    answer = door.enter(hanbit.hana).post(f"/commitments/{planned.pk}/progress/", reason=" ")

    assert answer.status_code == 422
    assert "추진 상황을 골라 주세요." in text(answer)
    assert "추진 상황을 설명해 주세요." in text(answer)
    assert not Progress.objects.exists()


def test_a_delay_is_told_with_its_reason_to_everybody(hanbit, door, planned):
    door.enter(hanbit.hana).post(f"/commitments/{planned.pk}/progress/", state="delayed", reason="예산이 늦습니다.")

    panel = _panel(door.enter(hanbit.staff), planned)

    assert "지연" in panel
    assert "예산이 늦습니다." in panel
    assert "추진 상황 알리기" not in panel


@pytest.mark.parametrize("key", ["jun", "minji", "staff", "admin", "audit"])
def test_only_the_office_reports(hanbit, door, planned, key):
    door.enter(hanbit.people[key])

    assert door.get(f"/commitments/{planned.pk}/progress/").status_code == 403
    assert door.post(f"/commitments/{planned.pk}/progress/", **SAID).status_code == 403
    assert not Progress.objects.exists()


@pytest.mark.parametrize("key", ["rio", "boss", "guest"])
def test_for_outsiders_there_is_no_commitment(hanbit, door, planned, key):
    door.enter(hanbit.people[key])

    for act in ("progress", "confirmation", "dispute"):
        assert door.post(f"/commitments/{planned.pk}/{act}/", **SAID).status_code == 404


def test_a_commitment_of_an_unpublished_answer_is_not_there(hanbit, door, planned):
    planned.answer.published_at = None
    planned.answer.save()

    for reader in (hanbit.jun, hanbit.hana):
        assert door.enter(reader).get(f"/commitments/{planned.pk}/progress/").status_code == 404


@pytest.mark.parametrize("act", ["confirmation", "dispute"])
def test_only_the_proposer_judges_and_only_what_is_reported_done(hanbit, door, planned, act):
    path = f"/commitments/{planned.pk}/{act}/"
    assert door.enter(hanbit.jun).post(path, reason="아직입니다.").status_code == 409
    door.enter(hanbit.hana).post(f"/commitments/{planned.pk}/progress/", state="done", reason="마쳤습니다.")

    for person in (hanbit.sora, hanbit.minji, hanbit.hana, hanbit.staff):
        assert door.enter(person).post(path, reason="아직입니다.").status_code == 403

    assert not Confirmation.objects.exists()
    assert "이행을 확인합니다" not in _panel(door.enter(hanbit.sora), planned)


def test_what_is_confirmed_is_closed_for_good(hanbit, door, keys):
    commitment = reported_done(hanbit)
    door.enter(hanbit.jun).post(f"/commitments/{commitment.pk}/confirmation/")

    assert door.post(f"/commitments/{commitment.pk}/confirmation/").status_code == 409
    dispute = door.post(f"/commitments/{commitment.pk}/dispute/", reason="다시 보니 아닙니다.")
    report = door.enter(hanbit.hana).post(f"/commitments/{commitment.pk}/progress/", **SAID)

    assert (dispute.status_code, report.status_code) == (409, 409)
    assert "다시 보니 아닙니다." in text(dispute)
    assert SAID["reason"] in text(report)
    assert Confirmation.objects.get().confirmed


def test_many_commitments_cost_no_more_queries_than_few(hanbit, door, keys):
    costs = []
    for promises in (3, 30):
        escalation = answered(hanbit, promises=promises)
        for commitment in escalation.answer.commitments.all():
            report_progress(commitment, by=hanbit.hana, state=CommitmentState.DONE, reason="마쳤습니다.")
            if commitment.pk % 2:
                confirm_commitment(commitment, by=hanbit.jun)
        door.enter(hanbit.jun)
        path = f"/proposals/{escalation.proposal_id}/answer/"
        door.get(path, script=True)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = door.get(path, script=True)
        assert text(page).count('id="commitment-') == promises
        costs.append(len(queries))

    assert costs[0] == costs[1]
