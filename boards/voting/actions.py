"""Acts of a ballot, from the call to the void; counting has its own file."""

from datetime import datetime, timedelta

from django.utils import timezone

from boards.membership.models import Mode
from boards.policy import demand
from boards.proposals.models import Proposal
from boards.proposals.states import State as ProposalState
from boards.voting.casting import write_named, write_sealed
from boards.voting.models import Ballot, BallotCall, RollEntry
from boards.voting.policy import BallotCallPolicy, BallotPolicy
from boards.voting.rolls import eligible, mode_of_next_ballot, obstacle
from boards.voting.states import State
from forum.events.recording import SYSTEM, record, stale, verb
from forum.locks import own, share
from forum.sealing.keystore import KeyStore
from forum.sealing.merkle import root
from forum.web.errors import WrongState


def call_ballot(proposal: Proposal, *, by, mode: int, reason: str) -> BallotCall:
    """Put a proposal to the ballot with a reason; the counter opens it within a tick, once it is possible.

    A call that cannot open is replaced by the next one, so that another mode can be chosen.
    """
    with verb():
        proposal = own(proposal)
        demand(BallotCallPolicy(by, proposal).call)
        call, _made = BallotCall.objects.update_or_create(
            proposal=proposal,
            round=proposal.round,
            defaults={"mode": mode, "reason": reason, "by": by, "at": timezone.now()},
        )
        record("ballot_called", about=proposal, by=by, stream=proposal.stream, call=call.pk)
    return call


def key_name(proposal_id: int, round: int) -> str:
    """The name of a ballot's key in the key store, known before the ballot has a row."""
    return f"proposal-{proposal_id}-round-{round}"


def open_ballot(proposal: Proposal, *, keys: KeyStore, closes_at: datetime | None = None) -> Ballot:
    """Open the ballot of the present round, once; only the counter can, for it holds the key store.

    The key is stored before the row that names it, so that no vote is ever sealed for a key that is lost. Raise
    WrongState with the obstacle when the ballot cannot open, or when it is open already.
    """
    with verb():
        proposal = own(proposal)
        if (sentence := obstacle(proposal)) is not None:
            raise WrongState(str(sentence))
        board, now = proposal.board, timezone.now()
        mode = mode_of_next_ballot(proposal)
        proposal.move_to(ProposalState.BALLOTING)
        voters = list(eligible(board))
        ballot = Ballot.objects.create(
            proposal=proposal,
            round=proposal.round,
            mode=mode,
            addressee=board.addressee,  # type: ignore[misc] # without one there is an obstacle
            quorum_percent=board.quorum_percent,
            pass_percent=board.pass_percent,
            breadth=board.breadth,
            roll_size=len(voters),
            public_key=keys.create(key_name(proposal.pk, proposal.round)) if mode == Mode.SEALED else None,
            opened_at=now,
            closes_at=closes_at or now + timedelta(days=board.ballot_days),
        )
        RollEntry.objects.bulk_create(
            [RollEntry(ballot=ballot, person_id=seat.person_id, team_id=seat.team_id) for seat in voters]
        )
        record("ballot_opened", about=ballot, by=SYSTEM, stream=proposal.stream)
    return ballot


def cast_ballot(ballot: Ballot, *, voter, choice: int) -> str:
    """Accept one vote or replace it; return the receipt (hex), empty for a named ballot.

    Hot: the ballot row is only shared, so voters do not wait for each other; closing locks it exclusively. State and
    time are read after the lock. The event keeps no actor and lies on no stream. Raise NotAllowed, WrongState.
    """
    with verb():
        ballot = share(ballot)
        policy = BallotPolicy(voter, ballot)
        demand(policy.vote)
        entry: RollEntry = policy.entry  # type: ignore[assignment] # who may vote has one
        if ballot.sealed:
            receipt, mac = write_sealed(ballot, entry, choice)
            record("vote_cast", about=ballot, by=voter, stream=None, receipt=receipt, mac=mac)
        else:
            receipt = ""
            write_named(entry, choice)
            record("vote_cast", about=ballot, by=voter, stream=None)
        stale(f"turnout:{ballot.pk}")
    return receipt


def remind_voters(ballot: Ballot) -> Ballot:
    """Remind the whole roll, once, that the ballot ends soon: a reminder to the late alone would tell who they are."""
    with verb():
        ballot = own(ballot)
        if ballot.state == State.OPEN and ballot.reminded_at is None:
            ballot.reminded_at = timezone.now()
            ballot.save(update_fields=["reminded_at"])
            record("ballot_closing_soon", about=ballot, by=SYSTEM, stream=ballot.stream)
    return ballot


def close_ballot(ballot: Ballot) -> Ballot:
    """Close a ballot whose time is over and publish the root of all accepted hashes; a second call does nothing."""
    with verb():
        ballot = own(ballot)
        if ballot.state != State.OPEN or not ballot.over:
            return ballot
        hashes = [bytes.fromhex(value) for value in ballot.accepted.order_by("hash").values_list("hash", flat=True)]
        ballot.move_to(
            State.COUNTING, closed_at=timezone.now(), accepted_root=root(hashes).hex() if ballot.sealed else ""
        )
        record("ballot_closed", about=ballot, by=SYSTEM, stream=ballot.stream)
    return ballot


def void_ballot(ballot: Ballot, *, by, reason: str) -> Ballot:
    """Void a ballot with a reason: the proposal is open again in a new round, which needs a moderator's call."""
    with verb():
        proposal = own(ballot.proposal)
        ballot = own(ballot)
        demand(BallotPolicy(by, ballot).void)
        return void(ballot, proposal, by=by, reason=reason)


def void(ballot: Ballot, proposal: Proposal, *, by, reason: str) -> Ballot:
    """Void without asking a policy, under locks already taken: for `void_ballot` and for what is never counted."""
    with verb():
        ballot.move_to(State.VOID, void_reason=reason, voided_by=by, decided_at=timezone.now())
        proposal.move_to(ProposalState.OPEN, round=proposal.round + 1)
        record("ballot_voided", about=ballot, by=by, stream=ballot.stream)
    return ballot
