"""The whole named way, from the moderator's call to the proposer's confirmation, through the front door."""

from boards.escalation.models import Escalation
from boards.voting.models import Ballot
from forum.clock import run_once
from forum.notifications.models import Letter, Notification
from tests.boards.browsing import published, section, words
from tests.boards.escalation.answering import form, later, publish, reported_done
from tests.boards.voting.balloting import let_time_pass


def _heard(person) -> list[str]:
    run_once("worker")
    return list(Notification.objects.filter(person=person).order_by("pk").values_list("event__verb", flat=True))


def test_from_the_call_to_the_confirmation(hanbit, door, keys):
    proposal = published(hanbit.jun, hanbit.board)
    page = f"/proposals/{proposal.pk}/"

    door.enter(hanbit.minji).post(f"{page}ballot-call/", mode="0", reason="위원들의 뜻을 묻습니다.")
    run_once("counter")
    for voter in hanbit.members[:7]:
        assert door.enter(voter).post(f"{page}ballot/", choice="1").status_code == 303
    assert door.enter(hanbit.hana).get(page).status_code == 404
    let_time_pass(Ballot.objects.get())
    run_once("clock")
    run_once("counter")

    escalation = Escalation.objects.get()
    desk = words(door.enter(hanbit.hana).get("/desk/"))
    assert proposal.title in desk
    assert "일 남음" in desk
    assert "접수하러 가기" in section(door.get(page), "panel-answer")
    assert "proposal_escalated" in _heard(hanbit.hana)

    path = f"/escalations/{escalation.pk}/"
    assert "접수하기" in words(door.get(path))
    assert door.post(f"{path}receipt/").url == path
    answer = door.post(
        f"{path}answer/", preview="1", **form(("답례 금지 지침 개정", "총무과", later()), reason="옳은 제안입니다.")
    )
    assert answer.url == f"{path}publication/"
    assert "답례 금지 지침 개정 – 총무과" in words(door.get(answer.url))
    assert "옳은 제안입니다." not in words(door.enter(hanbit.jun).get(page))
    assert publish(door.enter(hanbit.hana), f"{path}publication/").url == f"{page}answer/"

    panel = section(door.enter(hanbit.jun).get(page), "panel-answer")
    for word in ("채택", "옳은 제안입니다.", "답례 금지 지침 개정", "정하나", "추진 예정"):
        assert word in panel
    commitment = escalation.answer.commitments.get()
    progress = f"/commitments/{commitment.pk}/progress/"
    door.enter(hanbit.hana).post(progress, state="in_progress", reason="초안을 돌렸습니다.")
    door.post(progress, state="done", reason="지침 제12조를 고쳤습니다.")

    panel = section(door.enter(hanbit.jun).get(page), "panel-answer")
    assert panel.index("초안을 돌렸습니다.") < panel.index("지침 제12조를 고쳤습니다.")
    assert "이행을 확인합니다" in panel
    assert door.post(f"/commitments/{commitment.pk}/confirmation/").url == page

    panel = section(door.get(page), "panel-answer")
    assert "제안자 확인" in panel
    assert "이준 님이 이행을 확인했습니다." in panel
    assert "이행을 확인합니다" not in panel
    assert _heard(hanbit.jun)[-3:] == ["escalation_answered", "commitment_progressed", "commitment_done"]
    assert Letter.objects.filter(to=hanbit.jun.email).exists()
    timeline = section(door.get(page), "panel-timeline")
    assert timeline.index("상정되었습니다") < timeline.index("접수했습니다") < timeline.index("답변을 공개했습니다")


def test_a_dispute_puts_the_commitment_back_to_work_with_the_reason(hanbit, door, keys):
    commitment = reported_done(hanbit)
    path = f"/commitments/{commitment.pk}/dispute/"
    assert door.enter(hanbit.jun).post(path, reason=" ").status_code == 422

    assert door.post(path, reason="우리 과에는 아직 안내가 없습니다.").status_code == 302

    panel = section(
        door.enter(hanbit.staff).get(f"/proposals/{commitment.answer.escalation.proposal_id}/"), "panel-answer"
    )
    assert "이준 님이 이의를 냈습니다: 우리 과에는 아직 안내가 없습니다." in panel
    assert "추진 중" in panel
    assert "commitment_disputed" in _heard(hanbit.hana)
    door.enter(hanbit.hana).post(f"/commitments/{commitment.pk}/progress/", state="done", reason="안내했습니다.")
    door.enter(hanbit.jun).post(f"/commitments/{commitment.pk}/confirmation/")
    commitment.refresh_from_db()
    assert commitment.closed
