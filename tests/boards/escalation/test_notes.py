"""Notes of the desk: kept by the addressee's office and read by nobody else."""

import re
import uuid

import pytest

from boards.escalation.models import DeskNote, Escalation
from forum.events.models import Event
from forum.institutions.models import Office
from forum.notifications.models import Notification
from forum.notifications.telling import tell
from tests.boards.browsing import section, text
from tests.boards.escalation.answering import answered, escalated

SAID = {"department": "총무과", "body": "예산은 **있습니다**."}


@pytest.fixture
def escalation(hanbit, keys) -> Escalation:
    return escalated(hanbit)


def _note(door, escalation: Escalation, **data):
    return door.post(f"/escalations/{escalation.pk}/notes/", **data)


def test_a_note_is_kept_with_who_wrote_it_and_whose_opinion_it_is(hanbit, door, escalation):
    answer = _note(door.enter(hanbit.hana), escalation, **SAID)

    assert answer.url == f"/escalations/{escalation.pk}/#notes"
    notes = section(door.get(f"/escalations/{escalation.pk}/"), "notes")
    assert "정하나" in notes
    assert "총무과 의견" in notes
    assert "예산은 <strong>있습니다</strong>." in notes


def test_a_script_gets_the_notes_alone_so_that_an_answer_begun_beside_them_stays(hanbit, door, escalation):
    path = f"/escalations/{escalation.pk}/notes/"

    kept = door.enter(hanbit.hana).post(path, script=True, **SAID)
    refused = door.post(path, script=True, body=" ", department="총무과")

    assert (kept.status_code, refused.status_code) == (200, 422)
    for answer in (kept, refused):
        assert text(answer).startswith('<section id="notes"')
        assert "예산은 <strong>있습니다</strong>." in text(answer)
    assert 'value="총무과"' in text(refused)
    assert "data-fragment" in section(door.get(f"/escalations/{escalation.pk}/"), "notes")


@pytest.mark.parametrize("key", ["jun", "minji", "staff", "boss", "admin", "audit", "rio"])
def test_nobody_else_writes_or_reads_a_note_anywhere(hanbit, door, escalation, key):
    _note(door.enter(hanbit.hana), escalation, **SAID)
    door.enter(hanbit.people[key])

    assert _note(door, escalation, **SAID).status_code == 404
    for path in ("", "answer/", "paper/"):
        assert "예산은" not in text(door.get(f"/proposals/{escalation.proposal_id}/{path}"))
    assert "내부 메모" not in text(door.get("/boards/hanbit/log/"))
    assert DeskNote.objects.count() == 1


def test_a_note_lies_on_the_stream_of_the_desk_and_is_told_to_nobody(hanbit, door, escalation):
    tell()
    told = Notification.objects.count()
    _note(door.enter(hanbit.hana), escalation, **SAID)
    _note(door, escalation, body="한 번 더 봅니다.")
    tell()

    events = Event.objects.filter(verb="desk_note_written")
    assert [(event.stream.name, event.number) for event in events.order_by("number")] == [
        (f"desk:{escalation.addressee_id}", 1),
        (f"desk:{escalation.addressee_id}", 2),
    ]
    assert Notification.objects.count() == told
    assert door.get(f"/live/catch-up/?stream=desk:{escalation.addressee_id}&since=0").status_code == 404


def test_an_empty_note_is_refused_and_the_department_typed_stays(hanbit, door, escalation):
    answer = _note(door.enter(hanbit.hana), escalation, department="인사과", body=" ")

    assert answer.status_code == 422
    assert "메모를 써 주세요." in text(answer)
    assert 'value="인사과"' in text(answer)
    assert not DeskNote.objects.exists()


def test_the_same_note_sent_again_is_there_once(hanbit, door, escalation):
    client_id = uuid.uuid4()
    for script in (False, True, False):
        answer = door.enter(hanbit.hana).post(
            f"/escalations/{escalation.pk}/notes/", script=script, **SAID, client_id=client_id
        )
        assert answer.status_code == (200 if script else 303)

    assert DeskNote.objects.count() == Event.objects.filter(verb="desk_note_written").count() == 1


def test_another_note_under_the_same_number_is_refused_and_goes_when_it_is_sent_again(hanbit, door, escalation):
    client_id = uuid.uuid4()
    _note(door.enter(hanbit.hana), escalation, **SAID, client_id=client_id)

    refused = _note(door, escalation, body="다른 메모", client_id=client_id)

    assert refused.status_code == 409
    form = section(refused, "notes")
    assert "다른 메모" in form
    _note(door, escalation, body="다른 메모", client_id=re.search(r'name="client_id" value="([^"]+)"', form)[1])
    assert [note.body for note in DeskNote.objects.all()] == [SAID["body"], "다른 메모"]


def test_every_page_of_the_desk_gives_its_note_a_number_of_its_own(hanbit, door, escalation):
    door.enter(hanbit.hana)
    pages = [section(door.get(f"/escalations/{escalation.pk}/"), "notes") for _ in range(2)]

    assert len({uuid.UUID(re.search(r'name="client_id" value="([^"]+)"', page)[1]) for page in pages}) == 2


def test_the_next_holder_of_the_office_finds_the_notes_and_the_last_one_does_not(hanbit, door, escalation):
    _note(door.enter(hanbit.hana), escalation, **SAID)
    Office.objects.filter(pk=escalation.addressee_id).update(holder=hanbit.boss)

    assert "총무과 의견" in text(door.enter(hanbit.boss).get(f"/escalations/{escalation.pk}/"))
    assert door.enter(hanbit.hana).get(f"/escalations/{escalation.pk}/").status_code == 404


def test_notes_may_be_kept_after_the_answer_too(hanbit, door, keys):
    escalation = answered(hanbit)

    _note(door.enter(hanbit.hana), escalation, body="다음 달에 부서장 회의에서 확인합니다.")

    assert "다음 달에 부서장 회의에서" in section(door.get(f"/escalations/{escalation.pk}/"), "notes")
