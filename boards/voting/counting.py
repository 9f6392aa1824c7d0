"""Counting: check unopened, strip the names, open the box, decide, escalate, all in one transaction."""

import hmac
import logging
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from boards.escalation.actions import escalate
from boards.proposals.models import Proposal
from boards.proposals.states import State as ProposalState
from boards.voting.actions import key_name
from boards.voting.models import Ballot, Choice, NamedVote, SealedVote, Tally
from boards.voting.rules import Count, Published, Rule, Shortfall, published, unmet_unopened, verdict
from boards.voting.states import State
from forum.events.models import Event
from forum.events.recording import SYSTEM, record, verb
from forum.locks import own
from forum.sealing.envelope import SealingError, choice_of, envelope_hash, open_envelope, part_hashes, unpack
from forum.sealing.keystore import KeyLost, KeyStore
from forum.sealing.merkle import root
from forum.sealing.tags import box_mac

log = logging.getLogger(__name__)

KEY_MISSING = "개표에 필요한 열쇠를 찾지 못했습니다. 열쇠 보관 폴더를 확인해 주세요."


class BoxDamaged(Exception):
    """The rows of a sealed box do not agree with each other; `str()` is for the alarm and names no voter."""


@dataclass(frozen=True)
class Result:
    """What a count says: the figures as they may be published, and whether the rule is met."""

    passed: bool
    cast: int
    teams: int
    shortfalls: tuple[str, ...]
    figures: Published | None
    box_root: str = ""


def count_ballot(ballot: Ballot, *, keys: KeyStore) -> Ballot:
    """Decide a closed ballot; a second call does nothing.

    Passing and escalating are one transaction. A damaged box raises an alarm and waits for the moderator's void; a
    key that is not there raises it too, and the count is tried again until the key is back or the ballot is voided.
    """
    with verb():
        proposal = own(ballot.proposal)
        ballot = own(ballot)
        if ballot.state != State.COUNTING or ballot.alarm not in ("", KEY_MISSING):
            return ballot
        try:
            result = _count_sealed(ballot, keys) if ballot.sealed else _count_named(ballot)
        except KeyLost:
            # A store that is not mounted looks like an empty one: it is tried again, and a person or 14 days give up.
            return ballot if ballot.alarm else _raise_alarm(ballot, KEY_MISSING)
        except BoxDamaged as damage:
            return _raise_alarm(ballot, str(damage))
        _decide(ballot, proposal, result)
    return ballot


def _decide(ballot: Ballot, proposal: Proposal, result: Result) -> None:
    figures = result.figures or Published()
    Tally.objects.create(
        ballot=ballot,
        cast=result.cast,
        teams=result.teams,
        shortfalls=list(result.shortfalls),
        yes=figures.yes,
        no=figures.no,
        abstain=figures.abstain,
        yes_at_least=figures.yes_at_least,
        yes_at_most=figures.yes_at_most,
    )
    state = State.PASSED if result.passed else State.FAILED
    ballot.move_to(state, decided_at=timezone.now(), box_root=result.box_root, alarm="")
    record("ballot_passed" if result.passed else "ballot_failed", about=ballot, by=SYSTEM, stream=ballot.stream)
    proposal.move_to(ProposalState.PASSED if result.passed else ProposalState.FAILED)
    if result.passed:
        escalate(proposal, addressee=ballot.addressee)


def _rule(ballot: Ballot) -> Rule:
    return Rule(quorum_percent=ballot.quorum_percent, pass_percent=ballot.pass_percent, breadth=ballot.breadth)


def _count_named(ballot: Ballot) -> Result:
    votes = list(NamedVote.objects.filter(entry__ballot=ballot).values_list("choice", "entry__team_id"))
    yes, no, abstain = (sum(choice == wanted for choice, _team in votes) for wanted in Choice)
    teams = len({team for choice, team in votes if choice == Choice.YES and team is not None})
    outcome = verdict(
        _rule(ballot),
        Count(roll=ballot.roll_size, cast=len(votes), yes=yes, no=no, abstain=abstain, teams=teams),
    )
    figures = Published(yes=yes, no=no, abstain=abstain)
    return Result(outcome.passed, len(votes), teams, outcome.shortfalls, figures)


def _count_sealed(ballot: Ballot, keys: KeyStore) -> Result:
    votes = list(SealedVote.objects.filter(entry__ballot=ballot).select_related("entry"))
    _check_unopened(ballot, votes)
    teams = len({vote.entry.team_id for vote in votes if vote.entry.team_id is not None})
    unmet = unmet_unopened(_rule(ballot), roll=ballot.roll_size, cast=len(votes), teams=teams)
    if unmet:
        return Result(False, len(votes), teams, unmet, None)
    # From here on no name is at hand: the box is the envelopes alone, in the order of their hashes.
    box = sorted((bytes(vote.envelope) for vote in votes), key=envelope_hash)
    del votes
    yes, no, abstain = _open_box(ballot, box, keys.private_key(key_name(ballot.proposal_id, ballot.round)))
    outcome = verdict(
        _rule(ballot), Count(roll=ballot.roll_size, cast=len(box), yes=yes, no=no, abstain=abstain, teams=teams)
    )
    box_root = root([envelope_hash(envelope) for envelope in box]).hex()
    # That nobody chose yes or no is more than a small sealed ballot may tell: it counts as a share not reached.
    told = tuple(dict.fromkeys(Shortfall.SHARE if it == Shortfall.NO_CHOICE else it for it in outcome.shortfalls))
    return Result(outcome.passed, len(box), teams, told, published(yes, no, abstain), box_root)


def _check_unopened(ballot: Ballot, votes: list[SealedVote]) -> None:
    logged = {
        (data["receipt"], data["mac"])
        for data in Event.objects.filter(verb="vote_cast", about_type__model="ballot", about_id=ballot.pk).values_list(
            "data", flat=True
        )
    }
    accepted = set(ballot.accepted.values_list("hash", flat=True))
    for vote in votes:
        digest = envelope_hash(bytes(vote.envelope))
        expected = box_mac(ballot.pk, vote.entry_id, vote.version, digest)
        if not hmac.compare_digest(expected, bytes(vote.mac)):
            raise BoxDamaged(_("봉투의 확인값이 맞지 않습니다."))
        if (digest.hex(), expected.hex()) not in logged:
            raise BoxDamaged(_("투표 기록에 없는 봉투가 있습니다."))
        if not {part_hash.hex() for part_hash in part_hashes(bytes(vote.envelope))} <= accepted:
            raise BoxDamaged(_("접수 목록에 없는 봉투가 있습니다."))
    # A row that is gone, or was set back to an older envelope, is found by the sum of the versions.
    if sum(vote.version for vote in votes) != len(logged):
        raise BoxDamaged(_("접수된 투표 수와 투표함의 봉투 수가 맞지 않습니다."))


def _open_box(ballot: Ballot, box: list[bytes], private_key) -> tuple[int, int, int]:
    found = dict.fromkeys(Choice, 0)
    for envelope in box:
        try:
            [(pair, part)] = unpack(envelope)
            found[Choice(choice_of(open_envelope(part, private_key, ballot_id=ballot.pk, pair=pair)))] += 1
        except (SealingError, ValueError) as error:
            raise BoxDamaged(_("열리지 않는 봉투가 있습니다.")) from error
    return found[Choice.YES], found[Choice.NO], found[Choice.ABSTAIN]


def _raise_alarm(ballot: Ballot, sentence: str) -> Ballot:
    log.error("Ballot %s cannot be counted: its box is damaged.", ballot.pk)
    ballot.alarm = sentence
    ballot.save(update_fields=["alarm"])
    record("ballot_alarmed", about=ballot, by=SYSTEM, stream=ballot.stream)
    return ballot
