"""What the clock and the counter do with ballots; each finds its work by state, so a missed tick catches up."""

import logging
from datetime import timedelta

from django.utils import timezone

from boards.membership.models import Mode
from boards.voting.actions import close_ballot, key_name, open_ballot
from boards.voting.counting import count_ballot
from boards.voting.models import Ballot, SealedVote
from boards.voting.rolls import obstacle, waiting_for_ballot
from boards.voting.states import State
from forum.events.recording import SYSTEM, record, verb
from forum.locks import own
from forum.sealing.keystore import key_store
from forum.web.errors import WrongState

log = logging.getLogger(__name__)

APPEAL_WINDOW = timedelta(days=30)


def open_due_ballots() -> int:
    opened = 0
    for proposal in waiting_for_ballot().select_related("board__addressee"):
        if obstacle(proposal) is not None:
            continue  # it waits, and the moderator's home says why
        try:
            open_ballot(proposal, keys=key_store())
            opened += 1
        except WrongState as refusal:
            log.info("Proposal %s got no ballot: %s", proposal.pk, refusal)
    return opened


def close_due_ballots() -> int:
    due = Ballot.objects.filter(state=State.OPEN, closes_at__lte=timezone.now())
    return sum(close_ballot(ballot).state == State.COUNTING for ballot in due)


def count_closed_ballots() -> int:
    closed = Ballot.objects.filter(state=State.COUNTING, alarm="")
    return sum(count_ballot(ballot, keys=key_store()).state != State.COUNTING for ballot in closed)


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


def destroy_spent_keys() -> int:
    """Destroy keys and envelopes of ballots decided longer ago than the appeal window."""
    spent = Ballot.objects.filter(
        mode=Mode.SEALED, key_destroyed_at=None, decided_at__lt=timezone.now() - APPEAL_WINDOW
    )
    return sum(_destroy(ballot) for ballot in spent)
