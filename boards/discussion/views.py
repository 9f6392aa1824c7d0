"""The discussion of a proposal."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from boards.discussion.actions import post_comment
from boards.discussion.forms import CommentForm
from boards.discussion.models import Comment
from boards.moderation.policy import ContentPolicy
from boards.pages import proposal_page
from boards.proposals.models import Proposal
from boards.proposals.policy import ProposalPolicy
from boards.proposals.queries import shown
from forum.web.doors import door
from forum.web.fragments import fragment, wants_fragment


def _post(request: HttpRequest, proposal: Proposal, form: CommentForm, parent: Comment | None) -> Comment | None:
    if not form.is_valid():
        return None
    return form.attempt(post_comment, proposal, author=request.person, parent=parent, **form.cleaned_data)


@door(ProposalPolicy.comment)
@require_POST
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(shown(request.person).published(), pk=pk)
    form = CommentForm(request.POST)
    comment = _post(request, proposal, form, parent=None)
    if comment is not None:
        return fragment(request, "discussion/_comment.html", {"comment": comment}, otherwise=comment, status=201)
    if wants_fragment(request):
        return render(request, "_errors.html", {"form": form}, status=form.status)
    return proposal_page(request, proposal, status=form.status, comment_form=form)


@door(ProposalPolicy.comment)
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    parent = get_object_or_404(Comment.objects.visible_to(request.person).in_thread_order(), pk=pk)
    proposal = get_object_or_404(shown(request.person), pk=parent.proposal_id)
    form = CommentForm(request.POST or None, initial={"client_id": uuid.uuid4()})
    comment = _post(request, proposal, form, parent) if request.method == "POST" else None
    if comment is not None:
        return fragment(request, "discussion/_comment.html", {"comment": comment}, otherwise=comment, status=201)
    context = {
        "form": form, "parent": parent, "proposal": proposal,
        "may_comment": ProposalPolicy(request.person, proposal).comment,
    }  # fmt: skip
    return render(request, "discussion/reply.html", context, status=form.status)


@door(ProposalPolicy.read)
@require_GET
def acts(request: HttpRequest, pk: int) -> HttpResponse:
    """What this person may do with this comment."""
    comment = get_object_or_404(Comment.objects.visible_to(request.person).in_thread_order(), pk=pk)
    context = {
        "comment": comment,
        "may_reply": ProposalPolicy(request.person, comment.proposal).comment,
        "may_hide": ContentPolicy(request.person, comment).hide,
    }
    return fragment(
        request, "discussion/_acts.html", context,
        otherwise=lambda: render(request, "discussion/acts.html", context),
    )  # fmt: skip


@door(ProposalPolicy.read)
@require_GET
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead from a comment's own address to its place in the thread."""
    return redirect(get_object_or_404(Comment.objects.visible_to(request.person), pk=pk))
