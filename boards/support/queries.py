"""What the support panel reads."""

from boards.proposals.models import Proposal
from boards.proposals.policy import ProposalPolicy
from boards.support.models import Support
from boards.support.tags import support_tag


def supports(proposal: Proposal, person) -> bool:
    """Whether this person supports the proposal, found by recomputing their tag."""
    return Support.objects.filter(tag=support_tag(proposal, person)).exists()


def support_panel(proposal: Proposal, person) -> dict:
    may = ProposalPolicy(person, proposal).support
    return {"may": may, "mine": supports(proposal, person), "missing": missing(proposal)}


def missing(proposal: Proposal) -> int:
    return max(0, proposal.support_needed - proposal.support_count)
