"""What the clock and the counter do with ballots; each finds its work by state, so a missed tick catches up."""

import logging
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from boards.membership.models import Mode
from boards.proposals.models import Proposal
from boards.voting.actions import close_ballot, key_name, open_ballot, remind_voters, void
from boards.voting.counting import KEY_MISSING, count_ballot
from boards.voting.models import Ballot, SealedVote
from boards.voting.rolls import obstacle, waiting_for_ballot
from boards.voting.states import State
from forum.clockwork.each import each
from forum.events.recording import SYSTEM, record, verb
from forum.locks import own
from forum.sealing.keystore import key_store
from forum.web.errors import WrongState

log = logging.getLogger(__name__)

APPEAL_WINDOW = timedelta(days=30)
COUNTING_PATIENCE = timedelta(days=14)


def open_due_ballots() -> int:
    return each(waiting_for_ballot().select_related("board__addressee"), _open)


def _open(proposal: Proposal) -> bool:
    if obstacle(proposal) is not None:
        return False  # it waits, and the moderator's home says why
    try:
        open_ballot(proposal, keys=key_store())
    except WrongState as refusal:
        log.info("Proposal %s got no ballot: %s", proposal.pk, refusal)
        return False
    return True


def remind_of_last_days() -> int:
    return each(Ballot.objects.to_remind(), _remind)


def _remind(ballot: Ballot) -> bool:
    return remind_voters(ballot).reminded_at is not None


def close_due_ballots() -> int:
    return each(Ballot.objects.filter(state=State.OPEN, closes_at__lte=timezone.now()), _close)


def _close(ballot: Ballot) -> bool:
    return close_ballot(ballot).state == State.COUNTING


def count_closed_ballots() -> int:
    return each(Ballot.objects.filter(state=State.COUNTING, alarm__in=["", KEY_MISSING]), _count)


def _count(ballot: Ballot) -> bool:
    return count_ballot(ballot, keys=key_store()).state != State.COUNTING


def void_uncounted_ballots() -> int:
    """Void ballots that could not be counted for too long: their proposals must not wait for ever."""
    return each(Ballot.objects.filter(state=State.COUNTING, closed_at__lt=timezone.now() - COUNTING_PATIENCE), _give_up)


def _give_up(ballot: Ballot) -> bool:
    with verb():
        proposal = own(ballot.proposal)
        ballot = own(ballot)
        if ballot.state != State.COUNTING:
            return False
        void(ballot, proposal, by=SYSTEM, reason=_("14일 안에 개표하지 못해 무효가 되었습니다."))
    return True


def destroy_spent_keys() -> int:
    """Destroy keys and envelopes of ballots decided longer ago than the appeal window."""
    spent = Ballot.objects.filter(
        mode=Mode.SEALED, key_destroyed_at=None, decided_at__lt=timezone.now() - APPEAL_WINDOW
    )
    return each(spent, _destroy)


def _destroy(ballot: Ballot) -> bool:
    key_store().destroy(key_name(ballot.proposal_id, ballot.round))
    with verb():
        ballot = own(ballot)
        if ballot.key_destroyed_at is not None:
            return False
        ballot.key_destroyed_at = timezone.now()
        ballot.save(update_fields=["key_destroyed_at"])
        SealedVote.objects.filter(entry__ballot=ballot).delete()
        record("ballot_key_destroyed", about=ballot, by=SYSTEM, stream=ballot.stream)
    return True
