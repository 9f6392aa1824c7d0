"""The pages of a proposal's authors and readers."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from boards.escalation.queries import answer_panel
from boards.membership.models import Board
from boards.membership.policy import BoardPolicy
from boards.moderation.policy import ContentPolicy
from boards.pages import attach_chosen, draft_page, proposal_page
from boards.policy import demand, demand_form, right
from boards.proposals.actions import improve, open_proposal, revise, save_draft, start_draft, withdraw
from boards.proposals.copies import copy_of, discard_copy, keep_copy
from boards.proposals.forms import CopyForm, InvitationForm, RevisionForm, WithdrawalForm
from boards.proposals.models import CoProposal, Proposal, Revision
from boards.proposals.policy import CoProposalPolicy, ProposalPolicy
from boards.proposals.queries import candidates, changes, invitations_shown, revisions_of, shown, timeline
from boards.proposals.sharing import accept, cancel_invitation, decline, invite, share_left, step_down
from boards.proposals.states import State
from boards.proposals.writing import form_for, writing_page
from forum.accounts.requests import Request
from forum.web.doors import door
from forum.web.errors import Invalid, Refusal, WrongState
from forum.web.fragments import fragment


@door(BoardPolicy.propose)
@require_http_methods(["GET", "POST"])
def new(request: Request, slug: str) -> HttpResponse:
    """Write a first draft."""
    board = get_object_or_404(Board.objects.visible_to(request.person), slug=slug)
    demand(BoardPolicy(request.person, board).propose)
    form = form_for(request, board)
    if form.is_bound and form.is_valid():
        draft = form.attempt(start_draft, board, by=request.person, **form.cleaned_data)
        if draft:
            otherwise = reverse("proposal_edit", args=[draft.pk])
            return fragment(request, "proposals/_saved.html", {"draft": draft}, otherwise=otherwise)
    return writing_page(request, "proposals/edit.html", form, board=board, unsaved=request.method == "POST")


@door(ProposalPolicy.edit)
@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Go on with a draft and attach the files chosen meanwhile; saving never demands that it is complete."""
    draft = get_object_or_404(shown(request.person), pk=pk)
    policy = ProposalPolicy(request.person, draft)
    demand_form(policy.edit, typed=request.method == "POST")
    form = form_for(request, draft.board, draft)
    saved = form.attempt(save_draft, draft, by=request.person, **form.cleaned_data) if form.is_valid() else None
    files = attach_chosen(request, draft)
    if saved and not files.errors and "open" not in request.POST:
        return fragment(request, "proposals/_saved.html", {"draft": saved}, otherwise=request.path)
    if saved and not files.errors and form.attempt(open_proposal, saved, by=request.person):
        messages.success(request, _("제안을 공개했습니다. 토론과 공감이 시작되었습니다."))
        return redirect("proposal", pk=pk)
    return draft_page(request, saved or draft, form, upload_form=files, unsaved=request.method == "POST" and not saved)


@door(ProposalPolicy.open)
@require_POST
def opening(request: Request, pk: int) -> HttpResponse:
    """Publish a draft as it was saved."""
    draft = get_object_or_404(shown(request.person), pk=pk)
    try:
        open_proposal(draft, by=request.person)
    except Refusal as error:
        return draft_page(request, draft, status=error.status, refusal=str(error))
    messages.success(request, _("제안을 공개했습니다. 토론과 공감이 시작되었습니다."))
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
        "answer": answer_panel(found, request.person),
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
            messages.success(request, _("제안을 철회했습니다."))
            return redirect(found)
    context = {"form": form, "proposal": found, "title": _("제안 철회"), "submit": _("철회하기"), "danger": True}
    return render(request, "proposals/act.html", context, status=form.status)


@door(ProposalPolicy.improve)
@require_http_methods(["GET", "POST"])
def improvement(request: Request, pk: int) -> HttpResponse:
    """Write a failed proposal anew and put it to a new round."""
    return _rewriting(request, pk, ProposalPolicy.improve, improve)


@door(ProposalPolicy.revise)
@require_http_methods(["GET", "POST"])
def revision_new(request: Request, pk: int) -> HttpResponse:
    """Write an open proposal's next revision."""
    return _rewriting(request, pk, ProposalPolicy.revise, revise)


def _rewriting(request: Request, pk: int, needed: right, action: Callable[..., Proposal]) -> HttpResponse:
    found = get_object_or_404(shown(request.person).published(), pk=pk)
    demand_form(needed.rule(ProposalPolicy(request.person, found)), typed=request.method == "POST")
    begun = copy_of(found, request.person) if "continue" in request.GET else None
    form: RevisionForm = form_for(request, found.board, begun or found, RevisionForm)  # type: ignore[assignment] # asked for
    rewritten = form.attempt(action, found, by=request.person, **form.rewritten()) if form.is_valid() else None
    if rewritten is None:
        return _rewriting_page(request, found, form)
    messages.success(request, _("새 회차로 다시 냈습니다.") if action is improve else _("개정본을 냈습니다."))
    return redirect(rewritten)


def _rewriting_page(request: Request, found: Proposal, form: RevisionForm) -> HttpResponse:
    """The form of the next revision; on a first visit it offers what was kept of an earlier one."""
    act = "improvement" if found.state == State.FAILED else "revision"
    context = {"proposal": found, "board": found.board, "act": act, "newest": found.revisions.count()}
    kept = copy_of(found, request.person) if request.method == "GET" else None
    context |= {"kept": kept, "continuing": "continue" in request.GET, "address": _address(found)}
    return writing_page(request, "proposals/rewrite.html", form, **context)


def _address(proposal: Proposal) -> str:
    """Where its next text is written."""
    return reverse("proposal_improvement" if proposal.state == State.FAILED else "revision_new", args=[proposal.pk])


@door(ProposalPolicy.rewrite)
@require_POST
def working_copy(request: Request, pk: int) -> HttpResponse:
    """Keep what is typed of the next revision, for its author only."""
    found = get_object_or_404(shown(request.person).published(), pk=pk)
    demand_form(ProposalPolicy(request.person, found).rewrite, typed=True)
    form = CopyForm(request.POST, board=found.board)
    kept = form.attempt(keep_copy, found, by=request.person, **form.cleaned_data) if form.is_valid() else None
    if kept is None:
        return _rewriting_page(request, found, form)
    otherwise = f"{_address(found)}?continue=1"
    return fragment(request, "proposals/_copy_saved.html", {"kept": kept}, otherwise=otherwise)


@door(ProposalPolicy.rewrite)
@require_POST
def working_copy_removal(request: Request, pk: int) -> HttpResponse:
    """Throw away what was kept of the next revision."""
    found = get_object_or_404(shown(request.person).published(), pk=pk)
    demand(ProposalPolicy(request.person, found).rewrite)
    discard_copy(found, by=request.person)
    return redirect(_address(found))


@door(ProposalPolicy.read)
@require_GET
def revisions(request: Request, pk: int) -> HttpResponse:
    """Every text the proposal has had since it was opened."""
    found = get_object_or_404(shown(request.person).published(), pk=pk)
    context = {"proposal": found, "revisions": revisions_of(found), "policy": ProposalPolicy(request.person, found)}
    return render(request, "proposals/revisions.html", context)


@door(ProposalPolicy.read)
@require_GET
def revision(request: Request, pk: int) -> HttpResponse:
    """What one revision changed, or, for the first one, what it says."""
    seen = Revision.objects.visible_to(request.person).select_related("proposal__board", "team", "by")
    found = get_object_or_404(seen, pk=pk)
    earlier, later = found.neighbours()
    context = {"proposal": found.proposal, "revision": found, "earlier": earlier, "later": later}
    return render(request, "proposals/revision.html", context | {"parts": changes(earlier or found, found)})


@door(ProposalPolicy.share)
@require_http_methods(["GET", "POST"])
def co_proposers(request: Request, pk: int) -> HttpResponse:
    """Who was invited to share a proposal, and the form of an invitation."""
    found = get_object_or_404(shown(request.person), pk=pk)
    demand_form(ProposalPolicy(request.person, found).share, typed=request.method == "POST")
    form = InvitationForm(request.POST or None, candidates=candidates(found.board, found.author))
    invitation = form.attempt(invite, found, by=request.person, **form.cleaned_data) if form.is_valid() else None
    if invitation:
        return redirect("co_proposers", pk=pk)
    asked = found.co_proposals.select_related("person").order_by("pk")
    context = {"proposal": found, "form": form, "invitations": asked, "left": share_left(found)}
    return render(request, "proposals/co_proposers.html", context, status=form.status)


@door(CoProposalPolicy.read)
@require_GET
def co_proposal(request: Request, pk: int) -> HttpResponse:
    """An invitation as its two people see it, with the text while it can be answered."""
    return _invitation(request, get_object_or_404(invitations_shown(request.person), pk=pk))


def _invitation(request: Request, found: CoProposal, refusal: Refusal | None = None) -> HttpResponse:
    context = {"invitation": found, "proposal": found.proposal, "policy": CoProposalPolicy(request.person, found)}
    context |= {"readable": ProposalPolicy(request.person, found.proposal).read, "refusal": refusal}
    return render(request, "proposals/co_proposal.html", context, status=refusal.status if refusal else 200)


@door(CoProposalPolicy.answer)
@require_POST
def co_proposal_answer(request: Request, pk: int) -> HttpResponse:
    """Accept the invitation, or decline it."""
    found = get_object_or_404(invitations_shown(request.person), pk=pk)
    act = {"accept": accept, "decline": decline}.get(request.POST.get("answer", ""))
    if act is None:
        raise Invalid(_("수락하기와 거절하기 가운데 하나를 눌러 주세요."))
    return _decide(request, found, act)


@door(CoProposalPolicy.leave)
@require_POST
def co_proposal_departure(request: Request, pk: int) -> HttpResponse:
    """Be no co-proposer of a draft any more."""
    return _decide(request, get_object_or_404(invitations_shown(request.person), pk=pk), step_down)


DECIDED = {
    accept: _lazy("초대를 수락했습니다. 이제 부제안자로서 글을 함께 고칠 수 있습니다."),
    decline: _lazy("초대를 거절했습니다."),
    step_down: _lazy("부제안자를 그만두었습니다."),
}


def _decide(request: Request, invitation: CoProposal, act: Callable[..., CoProposal]) -> HttpResponse:
    """Accept, decline or leave; what somebody else decided meanwhile is shown with the reason."""
    try:
        act(invitation, by=request.person)
    except WrongState as error:
        return _invitation(request, get_object_or_404(invitations_shown(request.person), pk=invitation.pk), error)
    messages.success(request, DECIDED[act])
    return redirect(invitation)


@door(CoProposalPolicy.cancel)
@require_POST
def co_proposal_cancellation(request: Request, pk: int) -> HttpResponse:
    """Take an unanswered invitation back."""
    found = get_object_or_404(invitations_shown(request.person), pk=pk)
    cancel_invitation(found, by=request.person)
    return redirect("co_proposers", pk=found.proposal_id)
