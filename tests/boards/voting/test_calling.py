"""Putting a proposal to the ballot, what keeps it from opening, and voiding."""

import pytest
from django.utils import timezone

from boards.membership.models import Board, Membership, Mode
from boards.moderation.actions import hide, restore
from boards.proposals.models import Proposal
from boards.support.actions import support
from boards.voting.models import Ballot, BallotCall
from forum.clock import run_once
from forum.institutions.models import Office
from tests.boards.browsing import published, text, words
from tests.boards.voting.balloting import YES, called, cast, finished, opened, panel_of

WHY = {"mode": "0", "reason": "토론이 무르익었습니다."}


@pytest.fixture
def proposal(hanbit, keys):
    return published(hanbit.jun, hanbit.board)


def test_before_any_call_the_panel_says_so_and_only_the_moderator_has_the_button(hanbit, door, proposal):
    assert "아직 표결이 시작되지 않았습니다." in panel_of(door.enter(hanbit.sora), proposal)
    assert "ballot-call" not in panel_of(door, proposal)
    assert "ballot-call" in panel_of(door.enter(hanbit.minji), proposal)


def test_the_form_explains_the_modes_and_says_with_figures_what_will_happen(hanbit, door, proposal):
    page = words(door.enter(hanbit.minji).get(f"/proposals/{proposal.pk}/ballot-call/"))

    assert "지금 부치면 임기 중인 위원 11명이 14일 동안 투표합니다." in page
    assert "6명 이상이 투표하고, 찬성이 찬성과 반대를 합한 수의 50%를 넘고, 2개 이상의 분임조가 함께해야" in page
    assert "제안을 보는 모든 사람이 이름과 함께 읽습니다." in page
    assert "기명 표결: 개표가 끝나면 위원과 운영자가 누가 무엇을 골랐는지 봅니다." in page
    assert "비밀 표결: 누가 무엇을 골랐는지 위원도 운영자도 책임관도 볼 수 없습니다." in page


def test_a_board_that_asks_for_no_teams_says_nothing_of_them(hanbit, door, keys):
    Board.objects.filter(pk=hanbit.board.pk).update(breadth=0)
    proposal = published(hanbit.jun, hanbit.board)
    ballots = [opened(hanbit, mode).proposal_id for mode in (Mode.NAMED, Mode.SEALED)]
    door.enter(hanbit.minji)

    for path in ("/boards/hanbit/", f"/proposals/{proposal.pk}/ballot-call/"):
        page = words(door.get(path))
        assert "50%를 넘으면 가결됩니다." in page
        assert "분임조가 함께해야" not in page
    for pk in ballots:
        assert "0개 이상" not in words(door.get(f"/proposals/{pk}/"))


def test_a_call_is_shown_with_its_reason_and_the_counter_opens_the_ballot(hanbit, door, proposal):
    answer = door.enter(hanbit.minji).post(f"/proposals/{proposal.pk}/ballot-call/", **WHY)
    assert answer.url == f"/proposals/{proposal.pk}/"
    waiting = panel_of(door.enter(hanbit.sora), proposal)
    assert "김민지 님이 표결에 부쳤습니다. 이유: 토론이 무르익었습니다." in waiting
    assert "곧 투표가 시작됩니다." in waiting

    assert run_once("counter") == 1
    assert run_once("counter") == 0

    ballot = Ballot.objects.get()
    assert (ballot.mode, ballot.roll_size, ballot.roll.count()) == (Mode.NAMED, 11, 11)
    assert (ballot.quorum_percent, ballot.pass_percent, ballot.breadth) == (50, 50, 2)
    assert "투표 중" in panel_of(door, proposal)
    assert "토론이 무르익었습니다." in panel_of(door, proposal)


def test_a_call_needs_a_reason_and_a_mode(hanbit, door, proposal):
    answer = door.enter(hanbit.minji).post(f"/proposals/{proposal.pk}/ballot-call/", mode="7", reason=" ")

    assert answer.status_code == 422
    assert "표결에 부치는 이유를 써 주세요." in text(answer)
    assert not BallotCall.objects.exists()


def test_a_second_call_is_refused_and_what_was_typed_stays(hanbit, door, proposal):
    path = f"/proposals/{proposal.pk}/ballot-call/"
    door.enter(hanbit.minji).post(path, **WHY)

    answer = door.post(path, mode="1", reason="다시 써 둔 이유입니다.")

    assert answer.status_code == 409
    assert "이미 표결에 부쳐져 곧 투표가 시작됩니다." in text(answer)
    assert "다시 써 둔 이유입니다." in text(answer)
    assert BallotCall.objects.get().mode == Mode.NAMED


def test_a_moderator_does_not_call_the_ballot_on_an_own_proposal(hanbit, door, proposal):
    Proposal.objects.filter(pk=proposal.pk).update(author=hanbit.minji)

    answer = door.enter(hanbit.minji).post(f"/proposals/{proposal.pk}/ballot-call/", **WHY)

    assert answer.status_code == 403
    assert "본인의 제안은 다른 운영자가 표결에 부칠 수 있습니다." in text(answer)


def test_crossing_the_threshold_opens_a_ballot_of_the_boards_own_mode(hanbit, door, keys):
    Board.objects.update(support_absolute=2, support_percent=0)
    proposal = published(hanbit.jun, Board.objects.get(slug="hanbit"))
    for person in (hanbit.sora, hanbit.staff):
        support(proposal, by=person)

    run_once("counter")

    ballot = Ballot.objects.get()
    assert ballot.sealed
    assert keys.names() == [f"proposal-{proposal.pk}-round-1"]
    assert "표결에 부쳤습니다. 이유" not in panel_of(door.enter(hanbit.sora), proposal)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (lambda: Board.objects.update(addressee=None), "답변할 책임관이 정해지지 않아"),
        (lambda: Office.objects.update(holder=None), "책임관 자리가 비어 있어"),
        (lambda: Membership.objects.update(ended_at=timezone.now()), None),
    ],
)
def test_without_somebody_to_answer_or_to_vote_no_ballot_opens(hanbit, door, keys, fault, sentence):
    proposal = called(hanbit, Mode.NAMED)
    fault()

    assert run_once("counter") == 0

    assert not Ballot.objects.exists()
    assert Proposal.objects.get().state == "open"
    if sentence:
        assert sentence in panel_of(door.enter(hanbit.sora), proposal)
        assert sentence in words(door.enter(hanbit.minji).get(f"/proposals/{proposal.pk}/ballot-call/"))


def test_a_secret_ballot_on_a_small_board_waits_until_it_is_called_by_name(hanbit, door, keys):
    proposal = called(hanbit, Mode.SEALED)
    Membership.objects.filter(person__in=hanbit.members[9:]).update(ended_at=timezone.now())
    run_once("counter")
    assert not Ballot.objects.exists()
    assert "비밀 표결은 위원이 10명 이상이어야 합니다." in panel_of(door.enter(hanbit.minji), proposal)
    assert "다른 방식으로 부치기" in panel_of(door, proposal)

    answer = door.post(f"/proposals/{proposal.pk}/ballot-call/", mode="0", reason="기명으로 부칩니다.")
    run_once("counter")

    assert answer.status_code == 302
    assert Ballot.objects.get().mode == Mode.NAMED
    assert BallotCall.objects.get().reason == "기명으로 부칩니다."


def test_a_void_needs_a_reason_and_everybody_reads_it(hanbit, door, keys):
    ballot = opened(hanbit, Mode.NAMED)
    cast(ballot, hanbit.members, YES, YES)
    path = f"/ballots/{ballot.pk}/void/"
    assert f'href="{path}"' in panel_of(door.enter(hanbit.minji), ballot.proposal)
    assert door.post(path, reason=" ").status_code == 422

    assert door.post(path, reason="선거인명부에 빠진 위원이 있습니다.").url == f"/proposals/{ballot.proposal_id}/"

    panel = panel_of(door.enter(hanbit.staff), ballot.proposal)
    assert "1회차 표결이 무효가 되었습니다." in panel
    assert "이유: 선거인명부에 빠진 위원이 있습니다." in panel
    assert "운영자 김민지" in panel
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.round) == ("open", 2)
    assert run_once("counter") == 0  # a new round is the moderator's to open


def test_the_round_after_a_void_is_a_new_ballot_and_the_old_one_stays_to_be_read(hanbit, door, keys):
    first = opened(hanbit, Mode.SEALED)
    door.enter(hanbit.minji).post(f"/ballots/{first.pk}/void/", reason="명부가 잘못되었습니다.")
    door.post(f"/proposals/{first.proposal_id}/ballot-call/", mode="0", reason="다시 묻습니다.")
    run_once("counter")

    panel = panel_of(door.enter(hanbit.sora), first.proposal)

    assert "2회차" in panel
    assert "투표하기" in panel
    assert "명부가 잘못되었습니다." in panel
    assert [it.round for it in Ballot.objects.order_by("pk")] == [1, 2]


@pytest.mark.parametrize("key", ["jun", "sora", "staff", "admin", "audit"])
def test_nobody_but_the_moderator_voids(hanbit, door, keys, key):
    ballot = opened(hanbit, Mode.NAMED)

    assert door.enter(hanbit.people[key]).post(f"/ballots/{ballot.pk}/void/", reason="싫습니다.").status_code == 403
    assert "void" not in panel_of(door, ballot.proposal)
    assert Ballot.objects.get().state == "open"


def test_what_is_counted_cannot_be_voided_and_the_typed_reason_stays(hanbit, door, keys):
    ballot = opened(hanbit, Mode.NAMED)
    cast(ballot, hanbit.members, *[YES] * 8)
    finished(ballot)

    answer = door.enter(hanbit.minji).post(f"/ballots/{ballot.pk}/void/", reason="늦었습니다만.")

    assert answer.status_code == 409
    assert "늦었습니다만." in text(answer)
    assert Ballot.objects.get().state == "passed"


def test_a_hidden_proposal_keeps_its_ballot_running(hanbit, door, keys):
    ballot = opened(hanbit, Mode.NAMED)
    door.enter(hanbit.minji).post(f"/proposals/{ballot.proposal_id}/hiding/", rule="R01", reason="이름이 있습니다.")

    answer = door.enter(hanbit.sora).post(f"/proposals/{ballot.proposal_id}/ballot/", choice="1")

    assert answer.status_code == 303
    assert "지금 낸 표" in panel_of(door, ballot.proposal)


@pytest.fixture
def hidden(hanbit, keys):
    """A proposal over the threshold that was hidden before the counter came by."""
    proposal = published(hanbit.jun, hanbit.board)
    Proposal.objects.filter(pk=proposal.pk).update(threshold_met_at=timezone.now())
    hide(proposal, by=hanbit.minji, rule="R04", reason="비하하는 말이 있습니다.")
    return proposal


def test_on_a_hidden_proposal_no_ballot_opens_until_it_is_shown_again(hanbit, door, hidden):
    run_once("counter")

    assert not hidden.ballots.exists()
    home = words(door.enter(hanbit.minji).get("/"))
    assert "가린 제안은 표결을 시작할 수 없습니다. 다시 보이게 하면 표결이 이어집니다." in home

    restore(hidden, by=hanbit.minji, reason="그 말을 뺐습니다.")
    run_once("counter")

    assert hidden.ballots.get().state == "open"


def test_a_hidden_proposal_is_neither_called_nor_supported(hanbit, door, hidden):
    answer = door.enter(hanbit.minji).post(f"/proposals/{hidden.pk}/ballot-call/", **WHY)
    assert answer.status_code == 409
    assert "가린 제안은 표결에 부칠 수 없습니다" in words(answer)

    assert door.enter(hanbit.sora).post(f"/proposals/{hidden.pk}/support/").status_code == 409
    hidden.refresh_from_db()
    assert hidden.support_count == 0
