"""Pages that several features share: the one place where their panels meet."""

from django.http import HttpResponse
from django.shortcuts import render

from boards.discussion.queries import thread
from boards.escalation.queries import answer_panel
from boards.moderation.policy import ContentPolicy
from boards.proposals.models import Proposal
from boards.proposals.policy import ProposalPolicy
from boards.proposals.queries import timeline
from boards.rooms.queries import room_of
from boards.support.queries import support_panel
from boards.voting.queries import ballot_panel
from forum.accounts.requests import Request
from forum.events.queries import head_of


def proposal_page(request: Request, proposal: Proposal, *, status: int = 200, **bound) -> HttpResponse:
    """Render the whole page of a published proposal; `bound` holds what was refused, with what was typed."""
    person = request.person
    context = {
        "proposal": proposal,
        "policy": ProposalPolicy(person, proposal),
        "content_policy": ContentPolicy(person, proposal),
        "stream": head_of(proposal.stream),
        "support": support_panel(proposal, person, **_only(bound, "support_refusal")),
        "ballot": ballot_panel(proposal, person, **_only(bound, "vote_form")),
        "answer": answer_panel(proposal, person),
        "talk": room_of(proposal, person),
        "thread": thread(proposal, person, **_only(bound, "comment_form")),
        "timeline": timeline(proposal),
    }
    return render(request, "proposals/proposal.html", context, status=status)


def _only(bound: dict, *names: str) -> dict:
    return {name: bound[name] for name in names if name in bound}
