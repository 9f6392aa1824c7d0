"""What the clock does with proposals, found by state."""

from boards.proposals.models import CoProposal
from boards.proposals.sharing import lapse
from boards.proposals.states import Sharing
from forum.clockwork.each import each


def lapse_invitations() -> int:
    """Close the invitations of those whose seat has ended, whether somebody ended it or its time was over."""
    return each(CoProposal.objects.lapsed().select_related("proposal"), _lapse)


def _lapse(invitation: CoProposal) -> bool:
    return lapse(invitation).state == Sharing.LAPSED
