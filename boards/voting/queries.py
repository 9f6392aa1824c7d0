"""What the pages of a ballot read."""

from django.utils.translation import gettext_lazy as _

from boards.membership.policy import BoardPolicy
from boards.proposals.models import Proposal
from boards.proposals.states import State as ProposalState
from boards.voting.forms import VoteForm
from boards.voting.models import Ballot, Choice, NamedVote, SealedVote
from boards.voting.policy import BallotCallPolicy, BallotPolicy
from boards.voting.rolls import obstacle, waiting_for_ballot
from boards.voting.rules import MIN_GROUP, Rule, Shortfall, votes_needed_for_quorum
from boards.voting.states import State
from forum.sealing.envelope import envelope_hash

SHORTFALLS = {
    Shortfall.QUORUM: _("의결정족수를 채우지 못했습니다."),
    Shortfall.BREADTH: _("여러 분임조에서 고르게 참여해야 한다는 조건을 채우지 못했습니다."),
    Shortfall.TOO_FEW_TO_OPEN: _("투표한 사람이 5명보다 적어, 비밀을 지키려고 투표함을 열지 않았습니다."),
    Shortfall.NO_CHOICE: _("찬성이나 반대가 한 표도 없었습니다."),
    Shortfall.SHARE: _("찬성이 기준보다 많지 않았습니다."),
}


def votes_cast(ballot: Ballot) -> int:
    """How many have voted: a count of the votes, kept nowhere."""
    votes = SealedVote if ballot.sealed else NamedVote
    if ballot.state in (State.PASSED, State.FAILED):
        return ballot.tally.cast
    return votes.objects.filter(entry__ballot=ballot).count()


def ballot_panel(proposal: Proposal, person, *, vote_form: VoteForm | None = None) -> dict:
    """All the ballot panel shows: the wait, the open ballot with one's own vote, the result, and earlier rounds."""
    ballots = list(proposal.ballots.select_related("tally", "addressee__holder", "voided_by").order_by("-pk"))
    current = next((it for it in ballots if it.round == proposal.round and it.state != State.VOID), None)
    panel = {
        "current": current,
        "earlier": [ballot_line(ballot) for ballot in ballots if ballot is not current],
        "may_call": BallotCallPolicy(person, proposal).call,
        "waiting": False,
    }
    if current is None:
        waiting = proposal.state == ProposalState.OPEN and waiting_for_ballot().filter(pk=proposal.pk).exists()
        return {**panel, "waiting": waiting, "obstacle": obstacle(proposal) if waiting else None}
    return {**panel, **_about(current, person, vote_form)}


def _about(ballot: Ballot, person, vote_form: VoteForm | None) -> dict:
    policy = BallotPolicy(person, ballot)
    rule = Rule(ballot.quorum_percent, ballot.pass_percent, ballot.breadth)
    about = {
        "cast": votes_cast(ballot),
        "quorum_votes": votes_needed_for_quorum(rule, roll=ballot.roll_size),
        "may_vote": policy.vote,
        "may_void": policy.void,
        "may_see_roll": BoardPolicy(person, ballot.proposal.board).read_log,
        "form": vote_form or VoteForm(),
        **_own_vote(ballot, policy),
    }
    if ballot.state in (State.PASSED, State.FAILED):
        about |= {"line": ballot_line(ballot)}
        if policy.see_named_votes:
            about["votes"] = _named_votes(ballot)
    return about


def _own_vote(ballot: Ballot, policy: BallotPolicy) -> dict:
    """The receipt of one's current envelope, or one's current named choice."""
    if policy.entry is None:
        return {}
    if ballot.sealed:
        vote = SealedVote.objects.filter(entry=policy.entry).first()
        return {"receipt": envelope_hash(bytes(vote.envelope)).hex()} if vote else {}
    vote = NamedVote.objects.filter(entry=policy.entry).first()
    return {"own_choice": Choice(vote.choice).label} if vote else {}


def _named_votes(ballot: Ballot) -> list[NamedVote]:
    votes = NamedVote.objects.filter(entry__ballot=ballot).select_related("entry__person", "entry__team")
    return list(votes.order_by("choice", "entry__person__name"))


def ballot_line(ballot: Ballot) -> dict:
    """A decided ballot in words and figures, as far as they may be told."""
    tally = ballot.tally if ballot.state in (State.PASSED, State.FAILED) else None
    return {
        "ballot": ballot,
        "tally": tally,
        "shortfalls": [SHORTFALLS[Shortfall(it)] for it in tally.shortfalls] if tally else [],
        "min_group": MIN_GROUP,
    }
