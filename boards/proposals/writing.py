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
from boards.proposals.queries import changes
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
    crossing = _crossing(request, form, context.get("proposal")) if form.crossed else {}
    if wants_fragment(request):
        part = "_errors.html"
        if looked_at or crossing:
            part = "proposals/_preview.html" if looked_at else "proposals/_crossing.html"
        return render(request, part, {"form": form, "preview": preview, **crossing}, status=form.status)
    if crossing:
        form.data = {**request.POST.dict(), "version": str(crossing["saved"].version)}
    return render(request, template, {**context, **crossing, "form": form, "preview": preview}, status=form.status)


def _crossing(request: Request, form: ProposalForm, known: Proposal | None) -> dict:
    """The text that was saved meanwhile, and where the typed one is another: who has seen it may overwrite it."""
    mine = Q(pk=known.pk) if known else Q(author=request.person, made_in=form.cleaned_data["window"])
    saved = Proposal.objects.select_related("team").get(mine)
    typed = Proposal(**{name: form.cleaned_data[name] for name in PARTS})
    return {"saved": saved, "crossing": [part for part in changes(saved, typed) if part.pieces]}
