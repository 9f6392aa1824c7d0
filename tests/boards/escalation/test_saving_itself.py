"""The draft answer saves itself while it is written, tells nobody, and is never overwritten unseen."""

import re
import uuid

import pytest

from boards.escalation.models import Answer
from forum.events.models import Event
from tests.boards.browsing import text, words
from tests.boards.escalation.answering import form, later, received

ROW = ("지침 개정", "총무과", later())


@pytest.fixture
def escalation(hanbit):
    return received(hanbit)


def save(door, escalation, *rows, script=True, **typed):
    path = f"/escalations/{escalation.pk}/answer/"
    return door.post(path, script=script, **form(*rows, **{"decision": "", "implement_on": "", **typed}))


def test_it_saves_itself_and_says_when(hanbit, door, escalation):
    events = Event.objects.count()
    answer = save(door.enter(hanbit.hana), escalation, ROW, reason="쓰던 답변", begun_with="")

    assert re.search(r"저장됨 \d\d:\d\d", words(answer))
    assert "쓰던 답변" in text(door.get(f"/escalations/{escalation.pk}/"))
    assert Answer.objects.get().commitments.get().what == "지침 개정"
    assert Event.objects.count() == events, "what saves itself tells nobody that the review has begun"
    escalation.refresh_from_db()
    assert escalation.state == "received"

    save(door, escalation, script=False, reason="쓰던 답변")
    escalation.refresh_from_db()
    assert escalation.state == "under_review", "a press of the button does"


def test_one_window_goes_on_though_an_answer_was_lost_and_another_does_not_overwrite_it(hanbit, door, escalation):
    mine, other = str(uuid.uuid4()), str(uuid.uuid4())
    door.enter(hanbit.hana)
    save(door, escalation, reason="첫 글", begun_with="", window=mine)
    assert save(door, escalation, reason="더 쓴 글", begun_with="", window=mine).status_code == 200

    refused = save(door, escalation, reason="다른 창의 글", begun_with="", window=other)

    assert refused.status_code == 409
    assert "그 사이 다른 화면에서 초안이 저장되었습니다." in words(refused)
    assert "<html" not in text(refused)
    assert Answer.objects.get().reason == "더 쓴 글"


def test_half_a_commitment_is_told_and_not_saved(hanbit, door, escalation):
    refused = save(door.enter(hanbit.hana), escalation, ("지침 개정", "", ""), reason="쓰던 답변", begun_with="")

    assert refused.status_code == 422
    assert "이행과제는 내용, 담당 부서, 완료 기한을 모두 써 주세요." in words(refused)
    assert not Answer.objects.exists()


def test_another_office_saves_nothing_here(hanbit, door, escalation):
    assert save(door.enter(hanbit.boss), escalation, reason="남의 답변").status_code == 404
    assert not Answer.objects.exists()
