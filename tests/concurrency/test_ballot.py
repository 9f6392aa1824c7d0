"""Sixty people vote and change their minds around the closing time, while the ballot is closed and counted.

Turns red when `cast_ballot` reads the ballot without sharing its lock: votes are acknowledged after the close and are
in no count (the test with the slow disk, each time); and when `count_ballot` works without its locks (the second
counter fails on the tally's key).
"""

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from django.utils import timezone

from boards.audience import audience
from boards.escalation.models import Escalation
from boards.membership.models import Mode
from boards.proposals.models import Proposal
from boards.proposals.states import State as ProposalState
from boards.voting.actions import call_ballot, cast_ballot, open_ballot
from boards.voting.models import AcceptedHash, Ballot, Choice, NamedVote, SealedVote, Tally
from boards.voting.rules import Published, published
from boards.voting.states import State
from boards.voting.tasks import close_due_ballots, count_closed_ballots
from forum.accounts.models import User
from forum.events.models import Event
from forum.notifications.models import Letter, Notification
from forum.notifications.telling import tell
from forum.web.errors import WrongState
from tests.concurrency.crowd import at_once, colleagues, kinds, seated

VOTERS = 60
COUNTERS = 2
RUSH_IN = timedelta(seconds=1)  # from the last quiet moment to the closing time
AROUND = 0.4  # seconds around the closing time in which minds change
CLOSED_BY = 30.0  # seconds after the closing time by which the ballot must be decided

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Voter:
    """A person, and what the voter was told had been accepted."""

    person: User
    turn: int
    acknowledged: list[Choice] = field(default_factory=list)
    refused: int = 0

    def cast(self, ballot: Ballot, choice: Choice) -> None:
        try:
            cast_ballot(ballot, voter=self.person, choice=choice)
        except WrongState:
            self.refused += 1
        else:
            self.acknowledged.append(choice)


def change_minds(ballot: Ballot, voters: list[Voter]) -> None:
    """Let each vote twice more, in the rush around the closing time."""
    for voter in voters:
        _sleep_until(ballot, -AROUND + voter.turn / VOTERS * AROUND)
        voter.cast(ballot, Choice.NO if voter.turn % 3 == 0 else Choice.YES)
    for voter in voters:
        _sleep_until(ballot, -AROUND / 4 + voter.turn / VOTERS * AROUND / 2)
        voter.cast(ballot, Choice.ABSTAIN if voter.turn % 4 == 0 else Choice.YES)


def _sleep_until(ballot: Ballot, after_closing: float) -> None:
    time.sleep(max(0.0, (ballot.closes_at - timezone.now()).total_seconds() + after_closing))


def closing_in(ballot: Ballot, delay: timedelta) -> None:
    ballot.closes_at = timezone.now() + delay
    ballot.save(update_fields=["closes_at"])


def opened(proposal: Proposal, keys, *, mode: Mode, by: User) -> Ballot:
    call_ballot(proposal, by=by, mode=mode, reason="모두의 뜻을 묻습니다.")
    return open_ballot(proposal, keys=keys)


def close_and_count(ballot: Ballot) -> None:
    """What clock and counter do, over and over until the ballot is decided."""
    while Ballot.objects.filter(pk=ballot.pk, state__in=(State.OPEN, State.COUNTING)).exists():
        close_due_ballots()
        count_closed_ballots()
        assert timezone.now() < ballot.closes_at + timedelta(seconds=CLOSED_BY), "The ballot was never decided."


def tell_all() -> None:
    while tell():
        pass


@pytest.mark.parametrize("mode", Mode)
def test_what_was_acknowledged_is_counted_once_and_nothing_after_the_close(hanbit, proposal, keys, threads, mode):
    people = seated(hanbit, colleagues(hanbit, VOTERS))
    ballot = opened(proposal, keys, mode=mode, by=hanbit.minji)
    voters = [Voter(person, turn) for turn, person in enumerate(people)]
    calm = at_once([partial(it.cast, ballot, Choice.YES) for it in voters], threads=threads)
    groups = [voters[first::threads] for first in range(threads)]
    rush = [*[partial(close_and_count, ballot)] * COUNTERS, *(partial(change_minds, ballot, it) for it in groups)]

    outcomes = at_once(rush, threads=len(rush), ready=partial(closing_in, ballot, RUSH_IN))

    assert not kinds(calm + outcomes)
    assert any(it.refused for it in voters), "Nobody came too late."
    ballot.refresh_from_db()
    _everybody_has_the_vote_they_were_told_of(ballot, voters)
    _it_was_counted_once(ballot, Counter(it.acknowledged[-1] for it in voters if it.acknowledged))

    assert not kinds(at_once([tell_all] * 2, threads=2))
    _each_hearer_has_one_notice()


def _everybody_has_the_vote_they_were_told_of(ballot: Ballot, voters: list[Voter]) -> None:
    acknowledged = sum(len(it.acknowledged) for it in voters)
    assert len(voters) < acknowledged, "Nobody changed their mind in time."
    votes = SealedVote if ballot.sealed else NamedVote
    rows = {vote.entry.person_id: vote for vote in votes.objects.select_related("entry")}
    assert len(rows) == votes.objects.count() == sum(bool(it.acknowledged) for it in voters)
    for voter in voters:
        if voter.acknowledged:
            assert rows[voter.person.pk].version == len(voter.acknowledged)
            assert ballot.sealed or rows[voter.person.pk].choice == voter.acknowledged[-1]
    cast = Event.objects.filter(verb="vote_cast", about_id=ballot.pk)
    assert cast.count() == acknowledged
    assert cast.latest("at").at <= ballot.closed_at
    assert AcceptedHash.objects.filter(ballot=ballot).count() == (acknowledged if ballot.sealed else 0)


def _it_was_counted_once(ballot: Ballot, votes: Counter) -> None:
    assert ballot.state == State.PASSED
    tally = Tally.objects.get(ballot=ballot)
    assert tally.cast == votes.total()
    figures = Published(*(votes[choice] for choice in Choice))
    if ballot.sealed:
        figures = published(figures.yes, figures.no, figures.abstain)
    assert {name: getattr(tally, name) for name in vars(figures)} == vars(figures)
    told = Event.objects.filter(verb__in=("ballot_closed", "ballot_passed", "ballot_failed", "proposal_escalated"))
    assert list(told.order_by("number").values_list("verb", flat=True)) == [
        "ballot_closed", "ballot_passed", "proposal_escalated",
    ]  # fmt: skip
    assert Escalation.objects.count() == 1
    assert Proposal.objects.get(pk=ballot.proposal_id).state == ProposalState.PASSED


def _each_hearer_has_one_notice() -> None:
    for verb in ("ballot_opened", "ballot_passed", "proposal_escalated"):
        event = Event.objects.get(verb=verb)
        hearers = audience(event)
        notices = Notification.objects.filter(event=event).order_by("person").values_list("person", flat=True)
        assert list(notices) == sorted(person.pk for person in hearers.must | hearers.may)
        letters = (
            Letter.objects.filter(key__startswith=f"event-{event.pk}-").order_by("to").values_list("to", flat=True)
        )
        assert list(letters) == sorted(person.email for person in hearers.must)


@pytest.mark.postgres
@pytest.mark.parametrize("mode", Mode)
def test_a_vote_under_way_when_time_runs_out_holds_up_the_count_and_is_in_it(hanbit, proposal, keys, threads, mode):
    voters = [Voter(person, turn) for turn, person in enumerate(hanbit.members)]
    ballot = opened(proposal, keys, mode=mode, by=hanbit.minji)
    assert not kinds(at_once([partial(it.cast, ballot, Choice.NO) for it in voters], threads=len(voters)))
    closing_in(ballot, RUSH_IN)
    votes = SealedVote if ballot.sealed else NamedVote

    def slow_disk() -> None:
        """Hold every vote's row over the closing time, as a disk would that does not answer."""
        with transaction.atomic():
            list(votes.objects.select_for_update().order_by("pk"))
            _sleep_until(ballot, 1.0)

    def late(voter: Voter) -> None:
        _sleep_until(ballot, -0.3)
        voter.cast(ballot, Choice.YES)

    acts = [slow_disk, partial(close_and_count, ballot), *(partial(late, it) for it in voters)]
    assert not kinds(at_once(acts, threads=len(acts), ready=partial(closing_in, ballot, RUSH_IN)))

    ballot.refresh_from_db()
    _everybody_has_the_vote_they_were_told_of(ballot, voters)
    _it_was_counted_once(ballot, Counter({Choice.YES: len(voters)}))
