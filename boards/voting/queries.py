"""What the pages of a ballot read."""

from django.utils.translation import gettext as _

from boards.membership.models import Mode
from boards.membership.policy import BoardPolicy
from boards.proposals.models import Proposal
from boards.proposals.states import State as ProposalState
from boards.voting.forms import VoteForm
from boards.voting.models import Ballot, Choice, NamedVote, SealedVote
from boards.voting.policy import BallotCallPolicy, BallotPolicy
from boards.voting.rolls import eligible, obstacle, obstacle_to, waiting_for_ballot
from boards.voting.rules import MIN_GROUP, SEALED_MIN_CAST, Rule, Shortfall, votes_needed_for_quorum
from boards.voting.states import State
from forum.sealing.envelope import envelope_hash


def in_words(shortfall: Shortfall, ballot: Ballot) -> str:
    """Say which part of the rule did not hold, with the figures of the ballot."""
    tally = ballot.tally
    match shortfall:
        case Shortfall.QUORUM:
            figures = {"needed": _quorum_votes(ballot), "cast": tally.cast}
            return _("의결정족수 %(needed)s명을 채우지 못했습니다. 투표한 사람은 %(cast)s명입니다.") % figures
        case Shortfall.BREADTH:
            figures = {"breadth": ballot.breadth, "teams": tally.teams}
            if ballot.sealed:
                return _("%(breadth)s개 이상의 분임조에서 투표해야 하는데 %(teams)s개에서만 투표했습니다.") % figures
            return _("%(breadth)s개 이상의 분임조에서 찬성이 나와야 하는데 %(teams)s개에서만 나왔습니다.") % figures
        case Shortfall.TOO_FEW_TO_OPEN:
            least = {"least": SEALED_MIN_CAST}
            return _("투표한 사람이 %(least)s명보다 적어, 비밀을 지키려고 투표함을 열지 않았습니다.") % least
        case Shortfall.NO_CHOICE:
            return _("찬성이나 반대가 한 표도 없었습니다.")
        case Shortfall.SHARE:
            share = {"percent": ballot.pass_percent}
            return _("찬성이 찬성과 반대를 합한 수의 %(percent)s%%를 넘지 못했습니다.") % share


def _quorum_votes(ballot: Ballot) -> int:
    rule = Rule(ballot.quorum_percent, ballot.pass_percent, ballot.breadth)
    return votes_needed_for_quorum(rule, roll=ballot.roll_size)


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
    voided = ballots[0] if current is None and ballots and ballots[0].state == State.VOID else None
    panel = {
        "current": current,
        "call": proposal.ballot_calls.filter(round=proposal.round).select_related("by").first(),
        "voided": ballot_line(voided) if voided else None,
        "earlier": [ballot_line(ballot) for ballot in ballots if ballot not in (current, voided)],
        "may_call": BallotCallPolicy(person, proposal).call,
        "waiting": False,
    }
    if current is None:
        waiting = proposal.state == ProposalState.OPEN and waiting_for_ballot().filter(pk=proposal.pk).exists()
        return {**panel, "waiting": waiting, "obstacle": obstacle(proposal) if waiting else None}
    return {**panel, **_about(current, person, vote_form)}


def call_page(proposal: Proposal) -> dict:
    """What a moderator should know before the call: the roll, the rule, and what would keep each mode waiting."""
    board, size = proposal.board, eligible(proposal.board).count()
    rule = Rule(board.quorum_percent, board.pass_percent, board.breadth)
    return {
        "board": board,
        "roll_size": size,
        "quorum_votes": votes_needed_for_quorum(rule, roll=size),
        "obstacles": list(dict.fromkeys(filter(None, (obstacle_to(board, mode) for mode in Mode)))),
    }


def _about(ballot: Ballot, person, vote_form: VoteForm | None) -> dict:
    policy = BallotPolicy(person, ballot)
    about = {
        "cast": votes_cast(ballot),
        "quorum_votes": _quorum_votes(ballot),
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
    """The receipt of one's current envelope, or one's current named choice.

    Once the ballot is closed no receipt is shown again: who asks a voter for it must not learn that it was superseded.
    """
    if policy.entry is None or (ballot.sealed and ballot.state != State.OPEN):
        return {}
    if ballot.sealed:
        sealed = SealedVote.objects.filter(entry=policy.entry).first()
        return {"receipt": envelope_hash(bytes(sealed.envelope)).hex()} if sealed else {}
    named = NamedVote.objects.filter(entry=policy.entry).first()
    return {"own_choice": Choice(named.choice).label} if named else {}


def own_receipt(ballot: Ballot, person) -> str | None:
    """The receipt of one's current envelope in an open sealed ballot, None when there is none to show."""
    return _own_vote(ballot, BallotPolicy(person, ballot)).get("receipt")


def _named_votes(ballot: Ballot) -> list[NamedVote]:
    votes = NamedVote.objects.filter(entry__ballot=ballot).select_related("entry__person", "entry__team")
    return list(votes.order_by("choice", "entry__person__name"))


def ballot_line(ballot: Ballot) -> dict:
    """A decided ballot in words and figures, as far as they may be told."""
    tally = ballot.tally if ballot.state in (State.PASSED, State.FAILED) else None
    return {
        "ballot": ballot,
        "tally": tally,
        "shortfalls": [in_words(Shortfall(it), ballot) for it in tally.shortfalls] if tally else [],
        "min_group": MIN_GROUP,
    }
