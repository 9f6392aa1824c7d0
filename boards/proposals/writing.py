"""The form a proposal is written in: opened, looked at, saved by itself, sent."""

import uuid
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from boards.membership.models import Board, Membership
from boards.proposals.actions import PARTS
from boards.proposals.forms import AutosaveForm, ProposalForm
from boards.proposals.models import Proposal, WorkingCopy
from forum.accounts.requests import Request
from forum.web.fragments import wants_fragment


def form_for(
    request: Request,
    board: Board,
    proposal: Proposal | WorkingCopy | None = None,
    kind: type[ProposalForm] = ProposalForm,
) -> ProposalForm:
    """Return the form as it was sent; on a first visit, or when it is only to be looked at, it is not judged yet."""
    if request.method == "POST" and "preview" in request.POST:
        return kind(initial=request.POST.dict(), board=board)
    if kind is ProposalForm and wants_fragment(request):
        kind = AutosaveForm
    return kind(request.POST or None, initial=_initial(request, board, proposal), board=board)


def saved_form(request: Request, draft: Proposal) -> ProposalForm:
    """Return the form with the draft as it is saved."""
    return ProposalForm(initial=_initial(request, draft.board, draft), board=draft.board)


def _initial(request: Request, board: Board, proposal: Proposal | WorkingCopy | None) -> dict[str, Any]:
    """The parts as saved; a new draft belongs to its author's team unless they say otherwise."""
    window: dict[str, Any] = {"window": uuid.uuid4(), "copy": 0}
    if isinstance(proposal, WorkingCopy):
        window |= {"copy": proposal.saves, "note": proposal.note}
    if proposal is not None:
        return window | {"version": proposal.version} | {name: getattr(proposal, name) for name in PARTS}
    seat = Membership.objects.in_office().filter(board=board, person=request.person).select_related("team").first()
    return window | {"version": 0, "team": seat.team if seat else None}


def writing_page(request: Request, template: str, form: ProposalForm, **context) -> HttpResponse:
    """Answer with the form, what is wrong with it, and its preview; a script that asks gets just the part it needs."""
    looked_at = request.method == "POST" and "preview" in request.POST
    preview = form.texts() if looked_at else None
    if wants_fragment(request):
        part = "proposals/_preview.html" if looked_at else "_errors.html"
        return render(request, part, {"form": form, "preview": preview}, status=form.status)
    if form.status == 409:
        form.data = {**request.POST.dict(), "version": _newest(request, form, context)}
    return render(request, template, {**context, "form": form, "preview": preview}, status=form.status)


def _newest(request: Request, form: ProposalForm, context: dict) -> str:
    """The version as it is now: who has read that there is another text may overwrite it by sending theirs again."""
    known = context.get("proposal") or context.get("draft")
    mine = Q(pk=known.pk) if known else Q(author=request.person, made_in=form.cleaned_data.get("window"))
    return str(Proposal.objects.filter(mine).values_list("version", flat=True).first() or 0)
