"""Who proposed something and holds the office it was put to by now does not answer it, and everybody sees it wait."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards.escalation import queries
from boards.escalation.actions import mark_overdue, prepare_answer, write_note
from boards.escalation.models import Answer, Commitment, Confirmation, Decision, Escalation
from boards.home.queries import duties
from boards.membership.actions import end_membership
from boards.membership.models import Board
from boards.proposals.models import CoProposal
from forum.notifications.models import Letter, Notification
from forum.notifications.telling import tell
from tests.boards.browsing import section, text, words
from tests.boards.escalation.answering import answered, escalated, form, received, reported_done

REASON = "제안한 사람은 자기 제안에 답할 수 없습니다."


def appointed(hanbit, person, capsys=None) -> str:
    """Give the office to a former member, as the command does it; return what it says."""
    end_membership(person.memberships.get(), by=hanbit.minji)
    call_command("appoint", institution="한빛시", email=person.email)
    return capsys.readouterr().out if capsys else ""


def shared_with(escalation: Escalation, hanbit, person, state: str = "accepted") -> None:
    CoProposal.objects.create(
        proposal=escalation.proposal, person=person, share=30, state=state, invited_by=hanbit.jun,
        decided_at=escalation.escalated_at,
    )  # fmt: skip


def another_like_it() -> Escalation:
    first = Escalation.objects.earliest("pk")
    proposal = first.proposal
    proposal.pk, proposal.number, proposal.made_in = None, f"{proposal.number}-{Escalation.objects.count()}", None
    proposal._state.adding = True
    proposal.save()
    return Escalation.objects.create(proposal=proposal, round=1, addressee=first.addressee, due_on=first.due_on)


def test_an_author_neither_receives_nor_answers_nor_notes(hanbit, door, keys):
    escalation = escalated(hanbit)
    path = escalation.get_absolute_url()
    appointed(hanbit, hanbit.jun)
    door.enter(hanbit.jun)

    page = words(door.get(path))

    assert REASON in page
    assert "기관 관리자에게 이 자리를 다른 사람에게 맡겨 달라고 요청해 주세요." in page
    assert "접수하기" not in page
    refused = [door.post(f"{path}{act}/", **form(body="메모")) for act in ("receipt", "answer", "notes")]
    assert [it.status_code for it in refused] == [403, 403, 403]
    assert all(REASON in text(it) for it in refused)
    assert (Escalation.objects.get().state, Answer.objects.count()) == ("escalated", 0)


def test_what_the_office_wrote_before_is_not_shown_to_the_author_nor_published_by_them(hanbit, door, keys):
    escalation = received(hanbit)
    prepare_answer(
        escalation, by=hanbit.hana, decision=Decision.CLOSED, reason="아직 비밀인 사유", implement_on=None, promises=[]
    )
    write_note(escalation, by=hanbit.hana, body="아직 비밀인 메모")
    appointed(hanbit, hanbit.jun)
    path = escalation.get_absolute_url()

    pages = [door.enter(hanbit.jun).get(path), door.get(f"{path}publication/"), door.get(f"{path}notes/")]

    assert "아직 비밀인" not in "".join(text(it) for it in pages)
    assert [it.status_code for it in pages] == [200, 403, 303]
    assert door.post(f"{path}publication/", seen="").status_code == 403


@pytest.mark.parametrize(("state", "own"), [("accepted", True), ("declined", False), ("left", False)])
def test_a_co_proposer_who_accepted_is_an_author_too(hanbit, door, keys, state, own):
    escalation = escalated(hanbit)
    shared_with(escalation, hanbit, hanbit.sora, state)
    appointed(hanbit, hanbit.sora)

    answer = door.enter(hanbit.sora).post(f"{escalation.get_absolute_url()}receipt/")

    assert answer.status_code == (403 if own else 302)


def test_who_holds_the_office_neither_reports_nor_confirms_what_they_proposed(hanbit, door, keys):
    planned, done = answered(hanbit).answer.commitments.get(), reported_done(hanbit)
    appointed(hanbit, hanbit.jun)
    door.enter(hanbit.jun)
    progress = {"state": "done", "reason": "스스로 마쳤습니다."}

    report = door.post(f"/commitments/{planned.pk}/progress/", **progress)
    judged = [door.post(f"/commitments/{done.pk}/{act}/", reason="아닙니다.") for act in ("confirmation", "dispute")]

    assert [it.status_code for it in (report, *judged)] == [403, 403, 403]
    assert "제안한 사람은 자기 제안의 이행 상황을 알릴 수 없습니다." in text(report)
    assert all("약속한 자리를 맡은 사람은 이행 결과를 확인할 수 없습니다." in text(it) for it in judged)
    assert not Confirmation.objects.exists()
    assert Commitment.objects.get(pk=planned.pk).state == "planned"
    panels = text(door.get(f"/proposals/{done.answer.escalation.proposal_id}/answer/"))
    desk = text(door.get("/desk/?show=commitments"))
    assert "이행을 확인합니다" not in panels
    assert panels.count("약속한 자리를 맡은 사람은 이행 결과를 확인할 수 없습니다.") == 1
    assert "추진 상황 알리기" not in panels + desk
    assert "제안한 사람은 자기 제안의 이행 상황을 알릴 수 없습니다." in desk

    call_command("appoint", institution="한빛시", email=hanbit.boss.email)
    assert door.enter(hanbit.jun).post(f"/commitments/{done.pk}/confirmation/").status_code == 302
    assert door.enter(hanbit.boss).post(f"/commitments/{planned.pk}/progress/", **progress).status_code == 302


def test_another_author_confirms_what_the_office_of_a_co_proposer_promised(hanbit, door, keys):
    done = reported_done(hanbit)
    shared_with(done.answer.escalation, hanbit, hanbit.sora)
    appointed(hanbit, hanbit.sora)

    assert door.enter(hanbit.sora).post(f"/commitments/{done.pk}/confirmation/").status_code == 403
    assert door.enter(hanbit.jun).post(f"/commitments/{done.pk}/confirmation/").status_code == 302


def test_the_next_holder_answers(hanbit, door, keys):
    escalation = escalated(hanbit)
    appointed(hanbit, hanbit.jun)
    call_command("appoint", institution="한빛시", email=hanbit.boss.email)

    assert door.enter(hanbit.boss).post(f"{escalation.get_absolute_url()}receipt/").status_code == 302
    assert REASON not in text(door.get("/desk/"))


def test_the_desk_and_home_show_it_with_the_reason(hanbit, door, keys):
    own, other = escalated(hanbit), escalated(hanbit)
    other.proposal.author = hanbit.sora
    other.proposal.save()
    appointed(hanbit, hanbit.jun)
    door.enter(hanbit.jun)

    desk, home = text(door.get("/desk/")), section(door.get("/"), "duties")

    for page in (desk, home):
        assert own.proposal.number in page
        assert page.count(REASON) == 1
    assert home.count("접수하러 가기") == 1
    panel = text(door.get(f"/proposals/{own.proposal_id}/answer/"))
    assert REASON in panel
    assert "접수하러 가기" not in panel


def test_that_it_waits_is_seen_by_readers_moderators_and_the_institutions_admin(hanbit, door, keys):
    escalation = escalated(hanbit)
    title = escalation.proposal.title
    sentence = "맡은 사람이 이 제안의 제안자여서 답할 수 없습니다."
    for person in (hanbit.minji, hanbit.admin, hanbit.staff):
        assert "답변할 사람 없음" not in text(door.enter(person).get("/"))
    appointed(hanbit, hanbit.jun)

    assert sentence in section(door.enter(hanbit.minji).get("/"), "duties")
    assert sentence in text(door.enter(hanbit.staff).get(f"/proposals/{escalation.proposal_id}/answer/"))
    assert "답변할 사람 없음" not in text(door.get("/"))
    Board.objects.update(closed=True)
    admins = section(door.enter(hanbit.admin).get("/"), "duties")
    assert "혁신책임관" in admins
    assert "답할 수 있는 사람이 없는 상정 제안이 1건 있습니다." in admins
    assert title not in admins, "an admin does not read a closed board"
    call_command("appoint", institution="한빛시", email=hanbit.boss.email)
    for person in (hanbit.minji, hanbit.admin):
        assert "답변할 사람 없음" not in text(door.enter(person).get("/"))


def test_moderators_are_told_of_what_lies_on_an_authors_desk(hanbit, keys):
    escalation = escalated(hanbit)
    tell()
    appointed(hanbit, hanbit.jun)
    Escalation.objects.update(due_on="2020-01-03")
    Letter.objects.all().delete()
    mark_overdue(escalation)
    while tell():
        pass

    told = Notification.objects.filter(event__verb="escalation_overdue", must=True)
    assert {it.person for it in told} == {hanbit.minji, hanbit.jun}, "and its author, as of every answer overdue"
    assert Letter.objects.filter(to=hanbit.minji.email).exists()


def test_the_command_says_what_the_new_holder_may_not_answer(hanbit, keys, capsys):
    number = escalated(hanbit).proposal.number

    assert f"{hanbit.jun} may not answer what they proposed themselves: {number}." in appointed(
        hanbit, hanbit.jun, capsys
    )
    call_command("appoint", institution="한빛시", email=hanbit.boss.email)
    assert "may not answer" not in capsys.readouterr().out


def test_the_desk_and_home_ask_as_much_for_one_as_for_many(hanbit, keys):
    shared_with(escalated(hanbit), hanbit, hanbit.sora)
    appointed(hanbit, hanbit.sora)
    asked = []
    for more in (0, 3):
        for _ in range(more):
            shared_with(another_like_it(), hanbit, hanbit.sora)
        with CaptureQueriesContext(connection) as queries_asked:
            queries.desk(hanbit.sora, show="waiting", before=None)
            duties(hanbit.sora)
        asked.append(len(queries_asked))

    assert asked[0] == asked[1]
