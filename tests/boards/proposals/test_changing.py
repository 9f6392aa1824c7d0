"""Withdrawing a proposal, and improving one that failed."""

import pytest

from boards.proposals.actions import withdraw
from boards.proposals.models import Proposal, Revision
from boards.proposals.states import State
from forum.events.models import Event
from tests.boards.browsing import TEXTS, published, text, words

FORM = {"field": "work", **TEXTS}


@pytest.fixture
def proposal(hanbit):
    return published(hanbit.jun, hanbit.board)


def _in_state(proposal, state):
    Proposal.objects.filter(pk=proposal.pk).update(state=state)


def test_the_author_withdraws_with_a_reason_everybody_reads(hanbit, door, proposal):
    path = f"/proposals/{proposal.pk}/withdrawal/"
    assert "제안 화면에 그대로 남아" in text(door.enter(hanbit.jun).get(path))

    answer = door.post(path, reason="더 나은 제안과 합칩니다.")

    assert answer.url == f"/proposals/{proposal.pk}/"
    page = words(door.enter(hanbit.sora).get(answer.url))
    assert "이유: 더 나은 제안과 합칩니다." in page
    assert "공개 중인 제안에만 댓글을 쓸 수 있습니다." in page
    assert "공감은 토론·공감 단계에서만 할 수 있습니다." in page


def test_a_withdrawal_needs_a_reason(hanbit, door, proposal):
    answer = door.enter(hanbit.jun).post(f"/proposals/{proposal.pk}/withdrawal/", reason="  ")

    assert answer.status_code == 422
    assert "철회하는 이유를 써 주세요." in text(answer)
    assert Proposal.objects.get().state == "open"


@pytest.mark.parametrize("key", ["sora", "minji", "staff"])
def test_nobody_else_withdraws_it(hanbit, door, proposal, key):
    door.enter(hanbit.people[key])

    assert door.get(f"/proposals/{proposal.pk}/withdrawal/").status_code == 403
    assert door.post(f"/proposals/{proposal.pk}/withdrawal/", reason="남의 제안입니다.").status_code == 403
    assert Proposal.objects.get().state == "open"


def test_while_the_ballot_runs_a_withdrawal_is_refused_and_what_was_typed_stays(hanbit, door, proposal):
    _in_state(proposal, State.BALLOTING)

    answer = door.enter(hanbit.jun).post(f"/proposals/{proposal.pk}/withdrawal/", reason="써 둔 이유입니다.")

    assert answer.status_code == 409
    assert "표결이 진행되는 동안에는 철회할 수 없습니다." in text(answer)
    assert "써 둔 이유입니다." in text(answer)
    assert Proposal.objects.get().state == "balloting"
    assert "표결이 진행되는 동안에는 철회할 수 없습니다." in text(
        door.get(f"/proposals/{proposal.pk}/state/", script=True)
    )
    assert door.get(f"/proposals/{proposal.pk}/withdrawal/").status_code == 409


def test_a_proposal_is_withdrawn_once(hanbit, door, proposal):
    withdraw(proposal, by=hanbit.jun, reason="처음 이유")

    assert door.enter(hanbit.jun).post(f"/proposals/{proposal.pk}/withdrawal/", reason="다른 이유").status_code == 409
    assert Proposal.objects.get().withdrawal_reason == "처음 이유"


def test_a_failed_proposal_is_improved_into_a_new_revision_and_round(hanbit, door, proposal):
    _in_state(proposal, State.FAILED)
    path = f"/proposals/{proposal.pk}/improvement/"
    assert path in text(door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/"))
    assert TEXTS["problem"] in text(door.get(path))

    answer = door.post(path, **{**FORM, "remedy": "보완한 방안입니다."})

    found = Proposal.objects.get()
    assert answer.url == f"/proposals/{proposal.pk}/"
    assert (found.state, found.round, found.remedy) == ("open", 2, "보완한 방안입니다.")
    remedies = Revision.objects.filter(proposal=found).order_by("number").values_list("number", "remedy")
    assert list(remedies) == [(1, TEXTS["remedy"]), (2, "보완한 방안입니다.")]
    page = words(door.enter(hanbit.sora).get(answer.url))
    assert "제2회차" in page
    assert "운영자가 표결에 부칩니다" in page


def test_an_improvement_may_leave_nothing_empty(hanbit, door, proposal):
    _in_state(proposal, State.FAILED)

    answer = door.enter(hanbit.jun).post(
        f"/proposals/{proposal.pk}/improvement/", **{**FORM, "problem": "고친 문제", "effect": ""}
    )

    assert answer.status_code == 422
    assert "고친 문제" in text(answer)
    assert Proposal.objects.get().problem == TEXTS["problem"]


def test_an_improvement_that_comes_too_late_gives_the_text_back(hanbit, door, proposal):
    _in_state(proposal, State.FAILED)
    withdraw(proposal, by=hanbit.jun, reason="그만둡니다.")

    answer = door.enter(hanbit.jun).post(
        f"/proposals/{proposal.pk}/improvement/", **{**FORM, "problem": "길게 고친 문제"}
    )

    assert answer.status_code == 409
    assert "길게 고친 문제" in text(answer)
    assert Event.objects.filter(verb="proposal_improved").count() == 0


@pytest.mark.parametrize("key", ["sora", "minji", "staff"])
def test_nobody_else_improves_it(hanbit, door, proposal, key):
    _in_state(proposal, State.FAILED)

    answer = door.enter(hanbit.people[key]).post(f"/proposals/{proposal.pk}/improvement/", **FORM)

    assert answer.status_code == 403
    assert Proposal.objects.get().round == 1


def test_an_improvement_says_who_will_read_it(hanbit, door, proposal):
    _in_state(proposal, State.FAILED)

    page = words(door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/improvement/"))

    assert "한빛 주니어보드의 위원과 운영자, 한빛시의 직원이 읽습니다." in page
