"""The ballot: call, vote, result, roll, accepted envelopes, void."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from boards.membership.policy import BoardPolicy
from boards.pages import proposal_page
from boards.policy import demand, demand_form
from boards.proposals.policy import ProposalPolicy
from boards.proposals.queries import shown
from boards.voting.actions import call_ballot, cast_ballot, void_ballot
from boards.voting.forms import CallForm, VoidForm, VoteForm
from boards.voting.models import Ballot
from boards.voting.policy import BallotCallPolicy, BallotPolicy
from boards.voting.queries import ballot_panel, call_page, own_receipt
from boards.voting.states import State
from forum.accounts.requests import Request
from forum.web.doors import door
from forum.web.fragments import fragment, wants_fragment


@door(BallotPolicy.vote)
@require_http_methods(["GET", "POST"])
def ballot(request: Request, pk: int) -> HttpResponse:
    """Show the ballot panel; a POST votes."""
    proposal = get_object_or_404(shown(request.person).published(), pk=pk)
    form = None
    if request.method == "POST":
        current = get_object_or_404(Ballot.objects.current(), proposal=proposal)
        form = VoteForm(request.POST)
        if form.is_valid():
            form.attempt(cast_ballot, current, voter=request.person, choice=form.cleaned_data["choice"])
        if form.errors and not wants_fragment(request):
            return proposal_page(request, proposal, status=form.status, vote_form=form)
    refused = form if form and form.errors else None
    context = {"proposal": proposal, "ballot": ballot_panel(proposal, request.person, vote_form=refused)}
    return fragment(
        request, "voting/_panel.html", context,
        otherwise=f"{proposal.get_absolute_url()}#panel-ballot", status=refused.status if refused else 200,
    )  # fmt: skip


@door(BallotCallPolicy.call)
@require_http_methods(["GET", "POST"])
def call(request: Request, pk: int) -> HttpResponse:
    """Put a proposal to the ballot, with a reason."""
    proposal = get_object_or_404(shown(request.person).published(), pk=pk)
    demand_form(BallotCallPolicy(request.person, proposal).call, typed=request.method == "POST")
    form = CallForm(request.POST or None, initial={"mode": proposal.board.ballot_mode})
    if request.method == "POST" and form.is_valid():
        form.attempt(call_ballot, proposal, by=request.person, **form.cleaned_data)
        if not form.errors:
            return redirect(proposal)
    context = {"form": form, "proposal": proposal, **call_page(proposal)}
    return render(request, "voting/call.html", context, status=form.status)


@door(BallotPolicy.void)
@require_http_methods(["GET", "POST"])
def void(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Ballot.objects.visible_to(request.person).select_related("proposal__board"), pk=pk)
    demand_form(BallotPolicy(request.person, found).void, typed=request.method == "POST")
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.attempt(void_ballot, found, by=request.person, reason=form.cleaned_data["reason"])
        if not form.errors:
            return redirect(found.proposal)
    context = {
        "form": form, "proposal": found.proposal, "title": _("표결 무효"), "submit": _("무효로 하기"), "danger": True,
    }  # fmt: skip
    return render(request, "proposals/act.html", context, status=form.status)


@door(ProposalPolicy.read)
@require_GET
def accepted(request: Request, pk: int) -> HttpResponse:
    """Every hash a sealed ballot accepted, once it is closed, for voters to find their receipt in."""
    found = get_object_or_404(Ballot.objects.visible_to(request.person).select_related("proposal"), pk=pk)
    if not found.sealed or found.state == State.OPEN:
        raise Http404
    hashes = found.accepted.order_by("hash").values_list("hash", flat=True)
    return render(request, "voting/accepted.html", {"ballot": found, "proposal": found.proposal, "hashes": hashes})


@door(ProposalPolicy.read)
@require_GET
def receipt(request: Request, pk: int) -> HttpResponse:
    """One's own receipt, to be kept while the ballot is open; after that it is not shown again."""
    found = get_object_or_404(Ballot.objects.visible_to(request.person).select_related("proposal__board"), pk=pk)
    if (receipt := own_receipt(found, request.person)) is None:
        raise Http404
    context = {"ballot": found, "proposal": found.proposal, "receipt": receipt}
    return render(request, "voting/receipt.html", context)


@door(BoardPolicy.read_log)
@require_GET
def roll(request: Request, pk: int) -> HttpResponse:
    """Who is on the roll; not who has voted."""
    found = get_object_or_404(Ballot.objects.visible_to(request.person).select_related("proposal__board"), pk=pk)
    demand(BoardPolicy(request.person, found.proposal.board).read_log)
    entries = found.roll.select_related("person", "team").order_by("person__name")
    return render(request, "voting/roll.html", {"ballot": found, "proposal": found.proposal, "entries": entries})
