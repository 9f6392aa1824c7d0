"""What the support panel reads."""

from boards.proposals.models import Proposal
from boards.proposals.policy import ProposalPolicy
from boards.support.models import Support
from boards.support.tags import support_tag


def supports(proposal: Proposal, person) -> bool:
    """Whether this person supports the proposal, found by recomputing their tag."""
    return Support.objects.filter(tag=support_tag(proposal, person)).exists()


def support_panel(proposal: Proposal, person, *, support_refusal: str = "") -> dict:
    """Whether the person supports, may change it, and why the change just asked for was refused."""
    may = ProposalPolicy(person, proposal).support
    return {"may": may, "mine": supports(proposal, person), "refusal": support_refusal}
