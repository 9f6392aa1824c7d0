"""The pages of a proposal's author and readers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from boards.membership.models import Board
from boards.membership.policy import BoardPolicy
from boards.moderation.policy import ContentPolicy
from boards.pages import draft_page, proposal_page
from boards.policy import demand, demand_form
from boards.proposals.actions import improve, open_proposal, save_draft, start_draft, withdraw
from boards.proposals.forms import ImprovementForm, ProposalForm, WithdrawalForm
from boards.proposals.models import Proposal
from boards.proposals.policy import ProposalPolicy
from boards.proposals.queries import shown, timeline
from boards.proposals.states import State
from forum.accounts.requests import Request
from forum.web.doors import door
from forum.web.errors import Refusal
from forum.web.fragments import fragment


def _texts(proposal: Proposal) -> dict:
    return {name: getattr(proposal, name) for name in ProposalForm.base_fields}


@door(BoardPolicy.propose)
@require_http_methods(["GET", "POST"])
def new(request: Request, slug: str) -> HttpResponse:
    """Write a first draft."""
    board = get_object_or_404(Board.objects.visible_to(request.person), slug=slug)
    demand(BoardPolicy(request.person, board).propose)
    form = ProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = form.attempt(start_draft, board, by=request.person, **form.cleaned_data)
        if draft:
            return redirect("proposal_edit", pk=draft.pk)
    return render(request, "proposals/edit.html", {"form": form, "board": board}, status=form.status)


@door(ProposalPolicy.edit)
@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Go on with a draft; saving never demands that it is complete."""
    draft = get_object_or_404(shown(request.person), pk=pk)
    demand_form(ProposalPolicy(request.person, draft).edit, typed=request.method == "POST")
    form = ProposalForm(request.POST or None, initial=_texts(draft))
    if request.method == "POST" and form.is_valid():
        saved = form.attempt(save_draft, draft, by=request.person, **form.cleaned_data)
        if saved and "open" in request.POST:
            form.attempt(open_proposal, saved, by=request.person)
            if not form.errors:
                return redirect("proposal", pk=pk)
        elif saved:
            return redirect("proposal_edit", pk=pk)
    return draft_page(request, draft, form, status=form.status)


@door(ProposalPolicy.open)
@require_POST
def opening(request: Request, pk: int) -> HttpResponse:
    """Publish a draft as it was saved."""
    draft = get_object_or_404(shown(request.person), pk=pk)
    try:
        open_proposal(draft, by=request.person)
    except Refusal as error:
        return draft_page(request, draft, status=error.status, refusal=str(error))
    return redirect("proposal", pk=pk)


@door(ProposalPolicy.read)
@require_GET
def proposal(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(shown(request.person), pk=pk)
    if found.state == State.DRAFT:
        return redirect("proposal_edit", pk=pk)
    return proposal_page(request, found)


@door(ProposalPolicy.read)
@require_GET
def text(request: Request, pk: int) -> HttpResponse:
    """The proposal's text, or the rule under which it is hidden, as a panel."""
    found = get_object_or_404(shown(request.person).published(), pk=pk)
    return fragment(request, "proposals/_text.html", {"proposal": found}, otherwise=found)


@door(ProposalPolicy.read)
@require_GET
def state(request: Request, pk: int) -> HttpResponse:
    """Where the proposal stands, as a panel."""
    found = get_object_or_404(shown(request.person).published(), pk=pk)
    context = {
        "proposal": found,
        "policy": ProposalPolicy(request.person, found),
        "content_policy": ContentPolicy(request.person, found),
    }
    return fragment(request, "proposals/_state.html", context, otherwise=found)


@door(ProposalPolicy.read)
@require_GET
def timeline_panel(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(shown(request.person).published(), pk=pk)
    context = {"proposal": found, "timeline": timeline(found)}
    return fragment(request, "proposals/_timeline.html", context, otherwise=found)


@door(ProposalPolicy.withdraw)
@require_http_methods(["GET", "POST"])
def withdrawal(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(shown(request.person).published(), pk=pk)
    demand_form(ProposalPolicy(request.person, found).withdraw, typed=request.method == "POST")
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.attempt(withdraw, found, by=request.person, reason=form.cleaned_data["reason"])
        if not form.errors:
            return redirect(found)
    context = {"form": form, "proposal": found, "title": _("제안 철회"), "submit": _("철회하기"), "danger": True}
    return render(request, "proposals/act.html", context, status=form.status)


@door(ProposalPolicy.improve)
@require_http_methods(["GET", "POST"])
def improvement(request: Request, pk: int) -> HttpResponse:
    """Write a failed proposal anew and put it to a new round."""
    found = get_object_or_404(shown(request.person).published(), pk=pk)
    demand_form(ProposalPolicy(request.person, found).improve, typed=request.method == "POST")
    form = ImprovementForm(request.POST or None, initial=_texts(found))
    if request.method == "POST" and form.is_valid():
        form.attempt(improve, found, by=request.person, **form.cleaned_data)
        if not form.errors:
            return redirect(found)
    context = {"form": form, "proposal": found, "title": _("보완해서 다시 내기"), "submit": _("다시 내기")}
    return render(request, "proposals/act.html", context, status=form.status)
