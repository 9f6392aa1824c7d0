"""What a count says, to whom, and what happens when the box or the key is not what it should be."""

import pytest

from boards.escalation.models import Escalation
from boards.membership.models import Mode
from boards.proposals.models import Proposal
from boards.voting.models import NamedVote, Tally
from forum.clock import run_once
from forum.notifications.models import Notification
from tests.boards.voting.balloting import (
    ABSTAIN,
    NO,
    YES,
    cast,
    counted,
    finished,
    let_time_pass,
    opened,
    panel_of,
    words_of,
)


def test_a_named_ballot_passes_with_its_figures_and_is_escalated_at_once(hanbit, door, keys):
    ballot = counted(hanbit, Mode.NAMED, *[YES] * 5, NO, ABSTAIN)

    panel = words_of(panel_of(door.enter(hanbit.staff), ballot))
    assert "가결" in panel
    assert "찬성 5 반대 1 기권 1" in panel
    assert "선거인 11명 가운데 7명이 투표했습니다." in panel
    assert Escalation.objects.get().addressee.holder == hanbit.hana
    assert run_once("clock") == run_once("counter") == 0


def test_by_name_the_votes_are_told_to_the_board_alone_and_only_after_the_count(hanbit, door, keys):
    ballot = opened(hanbit, Mode.NAMED)
    cast(ballot, hanbit.members, *[NO] * 6)
    assert hanbit.bora.name not in panel_of(door.enter(hanbit.sora), ballot)
    assert hanbit.bora.name not in panel_of(door.enter(hanbit.minji), ballot)
    let_time_pass(ballot)
    run_once("clock")
    assert hanbit.bora.name not in panel_of(door.enter(hanbit.minji), ballot)

    run_once("counter")

    for reader in (hanbit.tae, hanbit.minji):
        assert f"{hanbit.bora.name} (일하는 방식) – <strong>반대</strong>" in panel_of(door.enter(reader), ballot)
    for reader in (hanbit.staff, hanbit.admin, hanbit.audit):
        assert hanbit.bora.name not in panel_of(door.enter(reader), ballot)
        assert "반대" in panel_of(door, ballot)


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ([YES] * 5, "의결정족수 6명을 채우지 못했습니다. 투표한 사람은 5명입니다."),
        ([YES] * 3 + [NO] * 3, "찬성이 찬성과 반대를 합한 수의 50%를 넘지 못했습니다."),
        ([ABSTAIN] * 6, "찬성이나 반대가 한 표도 없었습니다."),
        ([], "의결정족수 6명을 채우지 못했습니다. 투표한 사람은 0명입니다."),
    ],
)
def test_what_fell_short_is_said_with_figures(hanbit, door, keys, choices, sentence):
    ballot = counted(hanbit, Mode.NAMED, *choices)

    assert ballot.state == "failed"
    assert sentence in panel_of(door.enter(hanbit.sora), ballot)
    assert Proposal.objects.get().state == "failed"
    assert not Escalation.objects.exists()


def test_yes_from_one_team_alone_is_not_enough(hanbit, door, keys):
    ballot = opened(hanbit, Mode.NAMED)
    team = [hanbit.jun, hanbit.bora, hanbit.chan, hanbit.inho]
    cast(ballot, [*team, hanbit.sora, hanbit.tae], YES, YES, YES, YES, NO, NO)

    ballot = finished(ballot)

    assert ballot.state == "failed"
    assert "2개 이상의 분임조에서 찬성이 나와야 하는데 1개에서만 나왔습니다." in panel_of(
        door.enter(hanbit.sora), ballot
    )


def test_a_secret_ballot_with_two_large_camps_tells_its_figures_and_no_names(hanbit, door, keys):
    ballot = counted(hanbit, Mode.SEALED, *[YES] * 6, NO, NO, ABSTAIN)

    for reader in (hanbit.sora, hanbit.minji, hanbit.audit):
        panel = panel_of(door.enter(reader), ballot)
        assert "찬성 6 반대 2 기권 1" in words_of(panel)
        assert hanbit.bora.name not in panel
    assert ballot.state == "passed"
    assert Escalation.objects.count() == 1


@pytest.mark.parametrize(
    ("choices", "state", "told"),
    [
        ([YES] * 8 + [NO], "passed", "찬성 7명 이상"),
        ([YES] * 9, "passed", "찬성 7명 이상"),
        ([NO] * 8 + [YES], "failed", "찬성 2명 이하"),
        ([ABSTAIN] * 9, "failed", "찬성 2명 이하"),
    ],
)
def test_where_a_camp_is_small_only_a_bound_is_told_and_kept(hanbit, door, keys, choices, state, told):
    ballot = counted(hanbit, Mode.SEALED, *choices)

    panel = panel_of(door.enter(hanbit.sora), ballot)

    assert ballot.state == state
    assert told in panel
    assert "vote-figures" not in panel
    assert "찬성이나 반대가 한 표도 없었습니다." not in panel
    assert Tally.objects.values_list("yes", "no", "abstain").get() == (None, None, None)


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ([YES] * 4, "투표한 사람이 5명보다 적어, 비밀을 지키려고 투표함을 열지 않았습니다."),
        ([YES] * 5, "의결정족수 6명을 채우지 못했습니다. 투표한 사람은 5명입니다."),
    ],
)
def test_a_box_whose_rule_fails_before_is_never_opened(hanbit, door, keys, choices, sentence):
    ballot = opened(hanbit, Mode.SEALED)
    cast(ballot, hanbit.members, *choices)
    [name] = keys.names()
    keys.destroy(name)  # opening would void the ballot

    ballot = finished(ballot)

    panel = panel_of(door.enter(hanbit.sora), ballot)
    assert ballot.state == "failed"
    assert sentence in panel
    assert "명 이상</strong>" not in panel
    assert "명 이하" not in panel
    tally = Tally.objects.get()
    assert (tally.yes, tally.yes_at_least, tally.yes_at_most, ballot.box_root) == (None, None, None, "")


def test_only_the_last_of_a_voters_votes_counts(hanbit, keys):
    ballot = opened(hanbit, Mode.SEALED)
    cast(ballot, hanbit.members, *[NO] * 9)
    cast(ballot, hanbit.members, *[YES] * 6)

    assert finished(ballot).state == "passed"
    assert Tally.objects.values_list("cast", "yes", "no", "abstain").get() == (9, 6, 3, 0)


def test_who_voted_hears_the_result_once(hanbit, keys):
    ballot = counted(hanbit, Mode.NAMED, *[YES] * 7)
    for _again in range(3):
        run_once("worker")

    heard = Notification.objects.filter(event__verb="ballot_passed").values_list("person", flat=True)
    assert sorted(heard) == sorted(it.pk for it in hanbit.members)
    assert NamedVote.objects.filter(entry__ballot=ballot).count() == 7


def test_after_a_failed_round_the_improved_proposal_keeps_the_history_of_its_ballots(hanbit, door, keys):
    ballot = counted(hanbit, Mode.NAMED, *[NO] * 6)
    texts = {"title": "고친 제안", "problem": "문제", "remedy": "방안", "effect": "효과", "field": "work"}
    door.enter(hanbit.jun).post(f"/proposals/{ballot.proposal_id}/improvement/", **texts)

    panel = words_of(panel_of(door, ballot))

    assert "아직 표결이 시작되지 않았습니다." in panel
    assert "지난 회차 1회차 부결 찬성 0 반대 6 기권 0" in panel
