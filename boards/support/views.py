"""Giving and taking back support."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from boards.pages import proposal_page
from boards.proposals.policy import ProposalPolicy
from boards.proposals.queries import shown
from boards.support.actions import support, withdraw_support
from boards.support.queries import support_panel
from forum.accounts.requests import Request
from forum.web.doors import door
from forum.web.errors import Refusal
from forum.web.fragments import fragment, wants_fragment


@door(ProposalPolicy.support)
@require_http_methods(["GET", "POST"])
def panel(request: Request, pk: int) -> HttpResponse:
    """Show the panel; a POST gives support, or takes it back when it says `withdraw`."""
    proposal = get_object_or_404(shown(request.person).published(), pk=pk)
    refused, status = {}, 200
    if request.method == "POST":
        try:
            (withdraw_support if "withdraw" in request.POST else support)(proposal, by=request.person)
        except Refusal as error:
            refused, status = {"support_refusal": str(error)}, error.status
        proposal.refresh_from_db(fields=["state", "support_count", "threshold_met_at"])
    if refused and not wants_fragment(request):
        return proposal_page(request, proposal, status=status, **refused)
    context = {"proposal": proposal, "support": support_panel(proposal, request.person, **refused)}
    otherwise = f"{proposal.get_absolute_url()}#panel-support"
    return fragment(request, "support/_panel.html", context, otherwise=otherwise, status=status)
