"""The discussion of a proposal."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.discussion.actions import post_comment
from boards.discussion.forms import CommentForm
from boards.discussion.models import Comment
from boards.discussion.queries import composer
from boards.moderation.policy import ContentPolicy
from boards.pages import proposal_page
from boards.proposals.models import Proposal
from boards.proposals.policy import ProposalPolicy
from boards.proposals.queries import shown
from forum.accounts.requests import Request
from forum.web.doors import door
from forum.web.fragments import fragment, wants_fragment


def _post(request: Request, proposal: Proposal, form: CommentForm, parent: Comment | None = None) -> Comment | None:
    if not form.is_valid():
        return None
    return form.attempt(post_comment, proposal, author=request.person, parent=parent, **form.cleaned_data)


@door(ProposalPolicy.comment)
@require_http_methods(["GET", "POST"])
def comments(request: Request, pk: int) -> HttpResponse:
    """The composer, and where it posts."""
    proposal = get_object_or_404(shown(request.person).published(), pk=pk)
    if request.method == "GET":
        context = {"proposal": proposal, "composer": composer(proposal, request.person)}
        otherwise = f"{proposal.get_absolute_url()}#discussion"
        return fragment(request, "discussion/_composer.html", context, otherwise=otherwise)
    form = CommentForm(request.POST)
    if comment := _post(request, proposal, form):
        return fragment(request, "discussion/_comment.html", {"comment": comment}, otherwise=comment, status=201)
    if wants_fragment(request):
        return render(request, "_errors.html", {"form": form}, status=form.status)
    return proposal_page(request, proposal, status=form.status, comment_form=form)


@door(ProposalPolicy.comment)
@require_http_methods(["GET", "POST"])
def reply(request: Request, pk: int) -> HttpResponse:
    """The form of a reply, in the thread or as a page of its own, and where it posts."""
    parent = get_object_or_404(Comment.objects.visible_to(request.person).in_thread_order(), pk=pk)
    proposal = get_object_or_404(shown(request.person), pk=parent.proposal_id)
    form = CommentForm(request.POST or None, auto_id=f"reply-{pk}-%s")
    if request.method == "POST":
        if comment := _post(request, proposal, form, parent):
            return fragment(request, "discussion/_comment.html", {"comment": comment}, otherwise=comment, status=201)
        if wants_fragment(request):
            return render(request, "_errors.html", {"form": form}, status=form.status)
    context = {"parent": parent, "proposal": proposal, "composer": composer(proposal, request.person, form)}
    template = "discussion/_reply.html" if wants_fragment(request) else "discussion/reply.html"
    return render(request, template, context, status=form.status)


@door(ProposalPolicy.read)
@require_GET
def acts(request: Request, pk: int) -> HttpResponse:
    """What this person may do with this comment."""
    comment = get_object_or_404(Comment.objects.visible_to(request.person).in_thread_order(), pk=pk)
    context = {
        "comment": comment,
        "may_reply": ProposalPolicy(request.person, comment.proposal).comment,
        "may_hide": ContentPolicy(request.person, comment).hide,
        "content_policy": ContentPolicy(request.person, comment),
    }
    return fragment(
        request, "discussion/_acts.html", context,
        otherwise=lambda: render(request, "discussion/acts.html", context),
    )  # fmt: skip


@door(ProposalPolicy.read)
@require_GET
def link(request: Request, pk: int) -> HttpResponse:
    """Lead from a comment's own address to its place in the thread."""
    return redirect(get_object_or_404(Comment.objects.visible_to(request.person), pk=pk))
