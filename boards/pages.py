"""Pages that several features share: the one place where their panels meet."""

from django.http import HttpResponse
from django.shortcuts import render

from boards.attachments.forms import UploadForm
from boards.attachments.queries import files_panel
from boards.discussion.queries import discussion
from boards.escalation.queries import answer_panel
from boards.moderation.policy import ContentPolicy
from boards.proposals.forms import ProposalForm
from boards.proposals.models import Proposal
from boards.proposals.policy import ProposalPolicy
from boards.proposals.queries import timeline
from boards.proposals.writing import saved_form, writing_page
from boards.rooms.queries import room_of
from boards.support.queries import support_panel
from boards.voting.queries import ballot_panel
from forum.accounts.requests import Request
from forum.events.queries import head_of
from forum.web.forms import Form


def proposal_page(request: Request, proposal: Proposal, *, status: int = 200, **bound) -> HttpResponse:
    """Render the whole page of a published proposal; `bound` holds what was refused, with what was typed."""
    person = request.person
    context = {
        "proposal": proposal,
        "policy": ProposalPolicy(person, proposal),
        "content_policy": ContentPolicy(person, proposal),
        "stream": head_of(proposal.stream),
        "files": files_panel(proposal, person, **_only(bound, "upload_form")),
        "support": support_panel(proposal, person, **_only(bound, "support_refusal")),
        "ballot": ballot_panel(proposal, person, **_only(bound, "vote_form")),
        "answer": answer_panel(proposal, person),
        "discussion": discussion(proposal, person, request.GET, **_only(bound, "comment_form")),
        "talk": room_of(proposal, person),
        "timeline": timeline(proposal),
    }
    return render(request, "proposals/proposal.html", context, status=status)


def draft_page(
    request: Request, draft: Proposal, form: ProposalForm | None = None, *, status: int = 200, **bound
) -> HttpResponse:
    """Render the editor of a draft with its files; without a form of its own it shows what is saved."""
    if form is None:
        form = saved_form(request, draft)
        form.status = status
    files = files_panel(draft, request.person, **_only(bound, "upload_form"))
    if form.status == 200:
        form.status = files["form"].status
    policy = ProposalPolicy(request.person, draft)
    share = next((it for it in draft.partners if it.person_id == request.person.pk), None)
    return writing_page(
        request, "proposals/edit.html", form,
        board=draft.board, draft=draft, proposal=draft, policy=policy, files=files, share=share, **bound,
    )  # fmt: skip


def attach_chosen(request: Request, draft: Proposal) -> Form:
    """Attach the files that were chosen in the editor, whichever button was pressed; return what was refused."""
    if not request.FILES.getlist("file"):
        return Form()
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        form.attach_to(draft, by=request.person)
    return form


def _only(bound: dict, *names: str) -> dict:
    return {name: bound[name] for name in names if name in bound}
