"""The keyed tag under which a person's support is found again, without the table naming anybody."""

from boards.proposals.models import Proposal
from forum.sealing.tags import tag


def support_tag(proposal: Proposal, person) -> str:
    """Return HMAC(key of the proposal, person) in hex."""
    return tag(f"support:{proposal.pk}", person.pk).hex()
