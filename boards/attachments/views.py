"""The files of a proposal: attached and taken away by its author, read by who reads the proposal."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from boards.attachments.actions import remove
from boards.attachments.discarding import discard_draft
from boards.attachments.forms import RemovalForm, UploadForm
from boards.attachments.models import Attachment
from boards.attachments.policy import AttachmentPolicy, FilesPolicy
from boards.attachments.queries import files_panel
from boards.attachments.serving import download, small_picture
from boards.pages import draft_page, proposal_page
from boards.policy import demand, demand_form
from boards.proposals.actions import save_draft
from boards.proposals.forms import ProposalForm
from boards.proposals.models import Proposal
from boards.proposals.policy import ProposalPolicy
from boards.proposals.queries import shown
from boards.proposals.states import State
from forum.accounts.requests import Request
from forum.web.doors import door
from forum.web.forms import Form
from forum.web.fragments import fragment, wants_fragment


@door(FilesPolicy.attach)
@require_http_methods(["GET", "POST"])
def attachments(request: Request, pk: int) -> HttpResponse:
    """The list of files, and where more are sent."""
    proposal = get_object_or_404(shown(request.person), pk=pk)
    if request.method == "GET":
        return _panel(request, proposal)
    demand_form(FilesPolicy(request.person, proposal).attach, typed=True)
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        form.attach_to(proposal, by=request.person)
    return _answer(request, proposal, form)


@door(AttachmentPolicy.read)
@require_GET
def attachment(request: Request, pk: int) -> HttpResponse:
    return download(get_object_or_404(Attachment.objects.visible_to(request.person), pk=pk))


@door(AttachmentPolicy.read)
@require_GET
def preview(request: Request, pk: int) -> HttpResponse:
    """The small picture of an attached picture."""
    return small_picture(get_object_or_404(Attachment.objects.visible_to(request.person).exclude(preview=""), pk=pk))


@door(AttachmentPolicy.remove)
@require_http_methods(["GET", "POST"])
def removal(request: Request, pk: int) -> HttpResponse:
    """Ask, then take the file away; from the editor of a draft it is taken away at once."""
    found = get_object_or_404(Attachment.objects.visible_to(request.person).select_related("proposal"), pk=pk)
    proposal = get_object_or_404(shown(request.person), pk=found.proposal_id)
    demand_form(AttachmentPolicy(request.person, found).remove, typed=request.method == "POST")
    if request.method == "GET":
        return render(request, "attachments/removal.html", {"proposal": proposal, "attachment": found})
    form = RemovalForm(request.POST)
    if form.is_valid():
        form.attempt(remove, found, by=request.person)
    return _answer(request, proposal, form)


@door(ProposalPolicy.discard)
@require_http_methods(["GET", "POST"])
def draft_removal(request: Request, pk: int) -> HttpResponse:
    """Ask, then throw a draft away with its files and invitations."""
    draft = get_object_or_404(shown(request.person), pk=pk)
    demand(ProposalPolicy(request.person, draft).discard)
    if request.method == "GET":
        context = {
            "draft": draft,
            "files": draft.attachments.count(),
            "shared": draft.co_proposals.standing().select_related("person"),
        }
        return render(request, "proposals/draft_removal.html", context)
    discard_draft(draft, by=request.person)
    messages.success(request, _("초안을 버렸습니다."))
    return redirect("home")


def _panel(request: Request, proposal: Proposal, form: Form | None = None) -> HttpResponse:
    context = {"proposal": proposal, "files": files_panel(proposal, request.person, upload_form=form)}
    return fragment(
        request, "attachments/_panel.html", context,
        otherwise=f"{proposal.get_absolute_url()}#panel-attachments", status=form.status if form else 200,
    )  # fmt: skip


def _answer(request: Request, proposal: Proposal, form: Form) -> HttpResponse:
    """The list anew; without a script the page, where a refusal stands beside all that was typed."""
    if wants_fragment(request):
        return _panel(request, proposal, form)
    if proposal.state == State.DRAFT:
        return _answer_of_draft(request, proposal, form)
    if form.errors:
        return proposal_page(request, proposal, status=form.status, upload_form=form)
    return _panel(request, proposal)


def _answer_of_draft(request: Request, draft: Proposal, form: Form) -> HttpResponse:
    """Save the text that came along from the editor; what cannot be saved stays in its fields."""
    texts = ProposalForm(request.POST, board=draft.board) if "title" in request.POST else None
    if texts and texts.is_valid():
        texts.attempt(save_draft, draft, by=request.person, **texts.cleaned_data)
    if form.errors or (texts and texts.errors):
        if texts and form.errors:
            texts.status = form.status
        return draft_page(request, draft, texts, status=form.status, upload_form=form)
    return redirect(f"{reverse('proposal_edit', args=[draft.pk])}#panel-attachments")
