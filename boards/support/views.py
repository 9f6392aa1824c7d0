"""Giving and taking back support."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from boards.proposals.policy import ProposalPolicy
from boards.proposals.queries import shown
from boards.support.actions import support, withdraw_support
from boards.support.queries import support_panel
from forum.web.doors import door
from forum.web.errors import Refusal, refusal
from forum.web.fragments import fragment


@door(ProposalPolicy.support)
@require_http_methods(["GET", "POST"])
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the panel; a POST gives support, or takes it back when it says `withdraw`."""
    proposal = get_object_or_404(shown(request.person).published(), pk=pk)
    if request.method == "POST":
        act = withdraw_support if "withdraw" in request.POST else support
        try:
            act(proposal, by=request.person)
        except Refusal as error:
            return refusal(request, error)
        proposal.refresh_from_db()
    context = {"proposal": proposal, "support": support_panel(proposal, request.person)}
    return fragment(request, "support/_panel.html", context, otherwise=f"{proposal.get_absolute_url()}#panel-support")
