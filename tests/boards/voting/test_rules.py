"""Quorum, share, breadth, and what a small ballot may tell."""

from collections import defaultdict
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.voting.rules import (
    Count,
    Outcome,
    Published,
    Rule,
    Shortfall,
    published,
    quorum_met,
    sealed_possible,
    unmet_unopened,
    verdict,
    votes_needed_for_quorum,
)

PERCENT = st.integers(0, 100)
VOTES = st.integers(0, 2000)


def count(yes: int, no: int, abstain: int = 0, *, roll: int = 20, teams: int = 4) -> Count:
    return Count(roll=roll, cast=yes + no + abstain, yes=yes, no=no, abstain=abstain, teams=teams)


def results(cast: int):
    """Every way in which so many votes can fall."""
    return [(yes, no, cast - yes - no) for yes in range(cast + 1) for no in range(cast + 1 - yes)]


@pytest.mark.parametrize(
    ("counted", "shortfalls"),
    [
        (count(6, 4), ()),
        (count(5, 5), (Shortfall.SHARE,)),  # a half is not more than a half
        (count(4, 6), (Shortfall.SHARE,)),
        (count(5, 4), (Shortfall.QUORUM,)),
        (count(5, 4, 1), ()),  # an abstention counts for the quorum
        (count(1, 0, 9), ()),  # and not for the share
        (count(0, 0, 10), (Shortfall.NO_CHOICE,)),
        (count(0, 0, 0), (Shortfall.QUORUM, Shortfall.NO_CHOICE)),
        (count(10, 0, teams=2), ()),
        (count(10, 0, teams=1), (Shortfall.BREADTH,)),
        (count(1, 2, 0, teams=0), (Shortfall.QUORUM, Shortfall.SHARE, Shortfall.BREADTH)),
        (count(6, 4, roll=21), (Shortfall.QUORUM,)),  # 10 of 21 are less than a half
        (count(6, 5, roll=21), ()),
        (count(0, 0, roll=0), (Shortfall.QUORUM, Shortfall.NO_CHOICE)),
    ],
)
def test_a_ballot_passes_when_every_part_of_the_rule_holds(counted, shortfalls):
    assert verdict(Rule(), counted) == Outcome(passed=not shortfalls, shortfalls=shortfalls)


@pytest.mark.parametrize(
    ("percent", "yes", "no", "passed"),
    [
        (66, 66, 34, False),
        (66, 67, 34, True),
        (66, 2, 1, True),
        (67, 2, 1, False),
        (99, 99, 1, False),
        (99, 100, 0, True),
    ],
)
def test_the_share_is_more_than_the_percentage_and_exact(percent, yes, no, passed):
    assert verdict(Rule(pass_percent=percent), count(yes, no, roll=yes + no)).passed is passed


@given(PERCENT, PERCENT, st.integers(0, 8), st.integers(0, 8), st.integers(0, 3000), VOTES, VOTES, VOTES)
def test_the_verdict_is_that_of_exact_fractions(quorum, share, breadth, teams, roll, yes, no, abstain):
    counted = count(yes, no, abstain, roll=roll, teams=teams)
    outcome = verdict(Rule(quorum_percent=quorum, pass_percent=share, breadth=breadth), counted)
    expected = set()
    if counted.cast == 0 or counted.cast < Fraction(roll * quorum, 100):
        expected.add(Shortfall.QUORUM)
    if yes + no == 0:
        expected.add(Shortfall.NO_CHOICE)
    elif Fraction(yes, yes + no) <= Fraction(share, 100):
        expected.add(Shortfall.SHARE)
    if teams < breadth:
        expected.add(Shortfall.BREADTH)
    assert set(outcome.shortfalls) == expected
    assert outcome.passed == (not expected)


@given(PERCENT, st.integers(0, 3000))
def test_the_quorum_told_is_the_smallest_number_that_meets_it(percent, roll):
    rule = Rule(quorum_percent=percent)
    needed = votes_needed_for_quorum(rule, roll=roll)
    assert quorum_met(rule, roll=roll, cast=needed)
    assert not quorum_met(rule, roll=roll, cast=needed - 1)


@pytest.mark.parametrize(
    ("cast", "teams", "unmet"),
    [
        (10, 2, ()),
        (9, 2, (Shortfall.QUORUM,)),
        (10, 1, (Shortfall.BREADTH,)),
        (4, 1, (Shortfall.QUORUM, Shortfall.BREADTH, Shortfall.TOO_FEW_TO_OPEN)),
    ],
)
def test_a_sealed_box_is_judged_unopened(cast, teams, unmet):
    assert unmet_unopened(Rule(), roll=20, cast=cast, teams=teams) == unmet


@pytest.mark.parametrize(("cast", "unmet"), [(4, (Shortfall.TOO_FEW_TO_OPEN,)), (5, ())])
def test_fewer_than_five_votes_are_never_opened_even_with_a_quorum(cast, unmet):
    assert unmet_unopened(Rule(quorum_percent=10), roll=20, cast=cast, teams=2) == unmet


@pytest.mark.parametrize(("roll", "possible"), [(0, False), (9, False), (10, True), (11, True)])
def test_a_secret_ballot_needs_ten_on_the_roll(roll, possible):
    assert sealed_possible(roll) is possible


@pytest.mark.parametrize(
    ("result", "told"),
    [
        ((3, 3, 0), Published(yes=3, no=3, abstain=0)),
        ((3, 2, 1), Published(yes=3, no=2, abstain=1)),
        ((3, 0, 3), Published(yes=3, no=0, abstain=3)),
        ((12, 4, 2), Published(yes=12, no=4, abstain=2)),
        ((3, 2, 0), Published(yes_at_least=3)),
        ((4, 1, 0), Published(yes_at_least=3)),
        ((5, 0, 0), Published(yes_at_least=3)),
        ((10, 1, 1), Published(yes_at_least=10)),
        ((12, 0, 0), Published(yes_at_least=10)),
        ((2, 3, 0), Published(yes_at_most=2)),
        ((2, 0, 10), Published(yes_at_most=2)),
        ((0, 12, 0), Published(yes_at_most=2)),
        ((2, 2, 0), Published()),
    ],
)
def test_what_may_be_told_of_a_result(result, told):
    assert published(*result) == told


@pytest.mark.parametrize("cast", range(5, 31))
def test_what_is_told_is_true_and_always_something(cast):
    for yes, no, abstain in results(cast):
        told = published(yes, no, abstain)
        assert told != Published()
        if told.yes is not None:
            assert (told.yes, told.no, told.abstain) == (yes, no, abstain)
            assert yes >= 3
            assert no + abstain >= 3
        else:
            assert told.no is told.abstain is None
            assert (told.yes_at_least is None) != (told.yes_at_most is None)
            assert (told.yes_at_least or 0) <= yes
            assert told.yes_at_most is None or yes <= told.yes_at_most


def told_alike(cast: int) -> list[list[tuple[int, int, int]]]:
    """Results without figures, grouped by all that is told of them: the bound and the verdict."""
    groups = defaultdict(list)
    for result in results(cast):
        told = published(*result)
        if told.yes is None:
            groups[told, verdict(Rule(), count(*result, roll=cast)).passed].append(result)
    return list(groups.values())


@pytest.mark.parametrize("cast", range(5, 31))
def test_a_bound_and_the_verdict_rule_out_no_choice_of_any_voter(cast):
    groups = told_alike(cast)
    assert groups
    for alike in groups:
        assert all(any(result[choice] for result in alike) for choice in range(3)), alike


@pytest.mark.parametrize("cast", range(5, 31))
def test_a_voter_who_knows_the_own_choice_learns_nobody_else_s(cast):
    for alike in told_alike(cast):
        for own in range(3):
            others = [[n - (at == own) for at, n in enumerate(result)] for result in alike if result[own]]
            possible = {choice for rest in others for choice in range(3) if rest[choice]}
            assert len(possible) >= 2, (alike, own)
