"""What an author has written of the next revision is kept for them alone until it is published or thrown away."""

import uuid

import pytest

from boards.proposals.actions import improve, revise, withdraw
from boards.proposals.models import Proposal, Revision, WorkingCopy
from boards.proposals.sharing import accept, invite
from boards.proposals.states import State
from forum.events.models import Event
from tests.boards.browsing import TEXTS, published, text, words

FORM = {"field": "culture", **TEXTS}


@pytest.fixture
def proposal(hanbit):
    return published(hanbit.jun, hanbit.board)


def address(proposal) -> str:
    return f"/proposals/{proposal.pk}/revisions/new/"


def save(door, proposal, *, script=True, **typed):
    return door.post(f"/proposals/{proposal.pk}/working-copy/", script=script, **{**FORM, **typed})


def test_what_is_typed_saves_itself_and_is_offered_again(hanbit, door, proposal):
    events = Event.objects.count()
    door.enter(hanbit.jun)
    answer = save(door, proposal, remedy="고치던 글", effect="", note="아직 쓰는 중", version=1, copy=0)
    assert "저장됨" in words(answer)
    assert 'data-copy="1"' in text(answer)

    page = text(door.get(address(proposal)))
    assert "아직 내지 않은 수정 내용이 있습니다." in page
    assert "고치던 글" not in page, "what is published stands in the form until one goes on with the copy"
    again = text(door.get(f"{address(proposal)}?continue=1"))
    assert "고치던 글" in again
    assert "아직 쓰는 중" in again

    assert Event.objects.count() == events, "private acts record nothing"
    assert Revision.objects.count() == 1
    door.enter(hanbit.sora)
    assert "고치던 글" not in text(door.get(f"/proposals/{proposal.pk}/"))


def test_a_co_proposer_has_a_copy_of_their_own(hanbit, door, proposal):
    accept(invite(proposal, by=hanbit.jun, person=hanbit.sora, share=30), by=hanbit.sora)
    save(door.enter(hanbit.jun), proposal, remedy="준의 글", copy=0)

    assert "아직 내지 않은" not in text(door.enter(hanbit.sora).get(address(proposal)))
    assert "준의 글" not in text(door.get(f"{address(proposal)}?continue=1"))
    save(door, proposal, remedy="소라의 글", copy=0)

    assert set(WorkingCopy.objects.values_list("person__name", "remedy")) == {
        ("이준", "준의 글"),
        ("박소라", "소라의 글"),
    }


def test_another_window_does_not_overwrite_the_copy_it_has_not_seen(hanbit, door, proposal):
    first, second = str(uuid.uuid4()), str(uuid.uuid4())
    door.enter(hanbit.jun)
    save(door, proposal, remedy="먼저 쓴 글", window=first, copy=0)

    answer = save(door, proposal, remedy="다른 창의 글", window=second, copy=0)

    assert answer.status_code == 422
    assert "덮어쓰지 않았습니다." in words(answer)
    assert save(door, proposal, remedy="이어서 쓴 글", window=first, copy=0).status_code == 200, "its answer was lost"
    assert save(door, proposal, remedy="새로 연 글", window=second, copy=2).status_code == 200
    assert WorkingCopy.objects.get().remedy == "새로 연 글"


def test_publishing_uses_the_copy_up_and_leaves_that_of_the_other(hanbit, door, proposal):
    accept(invite(proposal, by=hanbit.jun, person=hanbit.sora, share=30), by=hanbit.sora)
    save(door.enter(hanbit.sora), proposal, remedy="소라의 글", version=1, copy=0)
    save(door.enter(hanbit.jun), proposal, remedy="준의 글", version=1, copy=0)

    answer = door.post(address(proposal), **{**FORM, "remedy": "준의 글"}, version=1, copy=1)

    assert answer.url == f"/proposals/{proposal.pk}/"
    assert [it.remedy for it in WorkingCopy.objects.all()] == ["소라의 글"]
    page = words(door.enter(hanbit.sora).get(f"{address(proposal)}?continue=1"))
    assert "이 내용을 쓰기 시작한 뒤에 새 개정본이 나왔습니다." in page
    refused = door.post(address(proposal), **{**FORM, "remedy": "소라의 글"}, version=1, copy=1)
    assert refused.status_code == 409, "a newer revision is not overwritten unseen"
    assert WorkingCopy.objects.count() == 1


def test_a_copy_is_thrown_away(hanbit, door, proposal):
    save(door.enter(hanbit.jun), proposal, remedy="버릴 글", copy=0)

    assert door.post(f"/proposals/{proposal.pk}/working-copy/removal/").url == address(proposal)

    assert "아직 내지 않은" not in text(door.get(address(proposal)))
    assert not WorkingCopy.objects.exists()


def test_what_is_the_same_as_the_published_text_is_no_copy(hanbit, door, proposal):
    save(door.enter(hanbit.jun), proposal, remedy="고치던 글", copy=0)

    answer = save(door, proposal, copy=1)

    assert "저장할 것이 없습니다." in words(answer)
    assert not WorkingCopy.objects.exists()


def test_without_a_script_a_button_saves_and_the_writing_goes_on(hanbit, door, proposal):
    answer = save(door.enter(hanbit.jun), proposal, script=False, remedy="고치던 글", copy=0)

    assert answer.url == f"{address(proposal)}?continue=1"
    assert "고치던 글" in text(door.get(answer.url))


def test_a_failed_proposal_is_improved_in_a_copy_too(hanbit, door, proposal):
    Proposal.objects.filter(pk=proposal.pk).update(state=State.FAILED)
    save(door.enter(hanbit.jun), proposal, remedy="보완하던 글", copy=0)
    assert "보완하던 글" in text(door.get(f"/proposals/{proposal.pk}/improvement/?continue=1"))

    improve(Proposal.objects.get(), by=hanbit.jun, **{**TEXTS, "remedy": "보완한 글"})

    assert not WorkingCopy.objects.exists()


def test_while_the_ballot_runs_the_copy_waits_and_what_is_typed_is_given_back(hanbit, door, proposal):
    save(door.enter(hanbit.jun), proposal, remedy="고치던 글", copy=0)
    Proposal.objects.filter(pk=proposal.pk).update(state=State.BALLOTING)

    answer = save(door, proposal, script=False, remedy="더 고친 글", copy=1)

    assert answer.status_code == 409
    assert "더 고친 글" in text(answer)
    assert WorkingCopy.objects.get().remedy == "고치던 글"


def test_a_withdrawn_proposal_keeps_no_copies(hanbit, door, proposal):
    save(door.enter(hanbit.jun), proposal, remedy="고치던 글", copy=0)
    revise(proposal, by=hanbit.jun, **{**TEXTS, "remedy": "낸 글"})
    save(door, proposal, remedy="또 고치던 글", copy=0)

    withdraw(proposal, by=hanbit.jun, reason="합칩니다.")

    assert not WorkingCopy.objects.exists()
