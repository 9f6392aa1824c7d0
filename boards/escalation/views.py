"""The desk, the answer, the commitments."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from boards.attachments.queries import files_panel
from boards.escalation import queries
from boards.escalation.actions import (
    confirm_commitment,
    dispute_commitment,
    hindrance_to,
    prepare_answer,
    publish_answer,
    receive,
    report_progress,
    write_note,
)
from boards.escalation.forms import (
    DisputeForm,
    NoteForm,
    ProgressForm,
    PublicationForm,
    answer_forms,
    one_row_more,
    promises_of,
    sentences_of,
)
from boards.escalation.models import Answer, Commitment, Escalation
from boards.escalation.policy import CommitmentPolicy, EscalationPolicy
from boards.policy import demand, demand_form
from boards.proposals.policy import ProposalPolicy
from boards.proposals.queries import shown, timeline
from boards.voting.queries import ballot_panel
from forum.accounts.requests import Request
from forum.events.queries import head_of
from forum.web.doors import SIGNED_IN, door
from forum.web.fragments import fragment, wants_fragment


@door(SIGNED_IN)
@require_GET
def desk(request: Request) -> HttpResponse:
    """What the person's office owes; for who holds no office there is no desk."""
    if not request.person.holds_office:
        raise Http404
    asked = request.GET
    context = queries.desk(request.person, show=asked.get("show", ""), before=asked.get("before"))
    return render(request, "escalation/desk.html", context)


@door(ProposalPolicy.read)
@require_GET
def panel(request: Request, pk: int) -> HttpResponse:
    """The answer, for a script as a panel, else as a page of its own."""
    proposal = get_object_or_404(shown(request.person).published(), pk=pk)
    stream = head_of(proposal.stream)
    context = {"proposal": proposal, "stream": stream, "answer": queries.answer_panel(proposal, request.person)}
    context["alone"] = "alone" in request.GET
    return fragment(
        request, "escalation/_panel.html", context,
        otherwise=lambda: render(request, "escalation/answer.html", context),
    )  # fmt: skip


@door(ProposalPolicy.read)
@require_GET
def paper(request: Request, pk: int) -> HttpResponse:
    """The proposal with its answer as an office paper, to be printed."""
    proposal = get_object_or_404(shown(request.person).published(), pk=pk)
    context = {
        "proposal": proposal,
        "ballot": ballot_panel(proposal, request.person),
        "answer": queries.answer_panel(proposal, request.person),
        "files": files_panel(proposal, request.person),
        "printed_at": timezone.now(),
    }
    return render(request, "escalation/paper.html", context)


def _on_desk(request: Request, pk: int) -> Escalation:
    """Find an escalation on the person's own desk; for everybody else it is not there."""
    return get_object_or_404(queries.escalations_shown().on_desk_of(request.person), pk=pk)


def _decide_page(request: Request, escalation: Escalation, *, status: int = 200, **bound) -> HttpResponse:
    """Render the page to decide on; `bound` holds what was refused, with what was typed."""
    proposal = escalation.proposal
    form, rows = answer_forms(None, getattr(escalation, "answer", None))
    context = {
        **queries.decision(escalation, request.person),
        "ballot": ballot_panel(proposal, request.person),
        "files": files_panel(proposal, request.person),
        "timeline": timeline(proposal),
        **{"form": form, "rows": rows, "note_form": NoteForm()} | bound,
    }
    return render(request, "escalation/decide.html", context, status=status)


@door(EscalationPolicy.answer)
@require_GET
def escalation(request: Request, pk: int) -> HttpResponse:
    """All that is needed to decide, on one page."""
    return _decide_page(request, _on_desk(request, pk))


@door(EscalationPolicy.receive)
@require_POST
def receipt(request: Request, pk: int) -> HttpResponse:
    found = _on_desk(request, pk)
    receive(found, by=request.person)
    return redirect(found)


@door(EscalationPolicy.answer)
@require_http_methods(["GET", "POST"])
def answer(request: Request, pk: int) -> HttpResponse:
    """Save the draft; `preview` leads on to the page that publishes it, `more` only draws another row."""
    found = _on_desk(request, pk)
    if request.method == "GET":
        return redirect(found)
    begun_with = request.POST.get("begun_with")
    if "more" in request.POST and EscalationPolicy(request.person, found).answer:
        form, rows = one_row_more(request.POST)
        return _decide_page(request, found, form=form, rows=rows, begun_with=begun_with)
    form, rows = answer_forms(request.POST, getattr(found, "answer", None))
    saved = None
    if form.is_valid() & rows.is_valid():
        draft = {"promises": promises_of(rows), "begun_with": begun_with, **form.cleaned_data}
        draft["by_itself"] = wants_fragment(request)
        saved = form.attempt(prepare_answer, found, by=request.person, **draft)
    if saved and not wants_fragment(request):
        return redirect("escalation_publication" if "preview" in request.POST else "escalation", pk=pk)
    return _draft_answer(request, found, form, rows, saved)


def _draft_answer(request: Request, found: Escalation, form, rows, saved: Answer | None) -> HttpResponse:
    """Tell a form that saves itself how it went; without a script show again what was refused."""
    status = 200 if saved else 422 if form.status == 200 else form.status
    if wants_fragment(request):
        told = {"saved": saved, "sentences": sentences_of(form, rows)}
        return render(request, "escalation/_draft_saved.html", told, status=status)
    return _decide_page(request, found, form=form, rows=rows, status=status)


@door(EscalationPolicy.note)
@require_http_methods(["GET", "POST"])
def notes(request: Request, pk: int) -> HttpResponse:
    """Keep a note of the desk; a script puts it in place, so that an answer begun beside it stays as it is."""
    found = _on_desk(request, pk)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.attempt(write_note, found, by=request.person, **form.cleaned_data)
    if form.errors and not wants_fragment(request):
        return _decide_page(request, found, note_form=form, status=form.status)
    shown = {"escalation": found, "notes": queries.notes_of(found, request.person)}
    return fragment(
        request, "escalation/_notes.html", {**shown, "note_form": form if form.errors else NoteForm()},
        otherwise=f"{found.get_absolute_url()}#notes", status=form.status,
    )  # fmt: skip


@door(EscalationPolicy.answer)
@require_http_methods(["GET", "POST"])
def publication(request: Request, pk: int) -> HttpResponse:
    """Show the answer as juniors will read it; a POST publishes it for good."""
    found = _on_desk(request, pk)
    demand(EscalationPolicy(request.person, found).answer)
    draft = get_object_or_404(Answer, escalation=found)
    form = PublicationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.attempt(publish_answer, found, by=request.person, **form.cleaned_data)
        if not form.errors:
            messages.success(request, _("답변을 공개했습니다. 제안자와 위원에게 알려 드립니다."))
            return redirect("answer", pk=found.proposal_id)
    context = {
        "escalation": found, "proposal": found.proposal, "answer": draft, "form": form,
        "hindrance": hindrance_to(draft),
    }  # fmt: skip
    return render(request, "escalation/publication.html", context, status=form.status)


def _commitment(request: Request, pk: int) -> Commitment:
    visible = Commitment.objects.filter(
        answer__published_at__isnull=False, answer__escalation__in=Escalation.objects.visible_to(request.person)
    )
    return get_object_or_404(
        visible.select_related("answer__escalation__proposal", "answer__escalation__addressee"), pk=pk
    )


@door(CommitmentPolicy.report)
@require_http_methods(["GET", "POST"])
def progress(request: Request, pk: int) -> HttpResponse:
    commitment = _commitment(request, pk)
    demand_form(CommitmentPolicy(request.person, commitment).report, typed=request.method == "POST")
    form = ProgressForm(request.POST or None, commitment=commitment)
    if request.method == "POST" and form.is_valid():
        form.attempt(report_progress, commitment, by=request.person, **form.cleaned_data)
        if not form.errors:
            return redirect(commitment.answer.escalation.proposal)
    return _act_page(request, commitment, form, title=_("추진 상황 알리기"), submit=_("알리기"))


@door(CommitmentPolicy.confirm)
@require_POST
def confirmation(request: Request, pk: int) -> HttpResponse:
    commitment = _commitment(request, pk)
    confirm_commitment(commitment, by=request.person)
    return redirect(commitment.answer.escalation.proposal)


@door(CommitmentPolicy.confirm)
@require_http_methods(["GET", "POST"])
def dispute(request: Request, pk: int) -> HttpResponse:
    commitment = _commitment(request, pk)
    demand_form(CommitmentPolicy(request.person, commitment).confirm, typed=request.method == "POST")
    form = DisputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.attempt(dispute_commitment, commitment, by=request.person, **form.cleaned_data)
        if not form.errors:
            return redirect(commitment.answer.escalation.proposal)
    return _act_page(request, commitment, form, title=_("이행 결과에 이의 내기"), submit=_("이의 내기"))


def _act_page(request: Request, commitment: Commitment, form, **words: str) -> HttpResponse:
    context = {"form": form, "proposal": commitment.answer.escalation.proposal, "commitment": commitment, **words}
    return render(request, "escalation/act.html", context, status=form.status)
