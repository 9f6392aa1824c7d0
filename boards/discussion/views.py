"""The discussion of a proposal."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.discussion.actions import delete_comment, edit_comment, post_comment
from boards.discussion.forms import CommentForm, WordsForm
from boards.discussion.models import Comment
from boards.discussion.policy import CommentPolicy
from boards.discussion.queries import composer, part, place_of, replies, rows_of, versions_of
from boards.membership.abilities import Ability, abilities
from boards.moderation.policy import ContentPolicy
from boards.pages import proposal_page
from boards.policy import demand, demand_form
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


def _posted(request: Request, comment: Comment) -> HttpResponse:
    """The new comment as every reader sees it, or the way to its place."""
    context = {"comment": comment}
    return fragment(request, "discussion/_comment.html", context, otherwise=place_of(comment), status=201)


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
        return _posted(request, comment)
    if wants_fragment(request):
        return render(request, "_errors.html", {"form": form}, status=form.status)
    return proposal_page(request, proposal, status=form.status, comment_form=form)


@door(ProposalPolicy.read)
@require_GET
def discussion_part(request: Request, pk: int) -> HttpResponse:
    """Some threads, or some replies of one, for who reads on; without a script they stand on the proposal's page."""
    proposal = get_object_or_404(shown(request.person).published(), pk=pk)
    if not wants_fragment(request):
        return redirect(f"{proposal.get_absolute_url()}?{request.GET.urlencode()}#discussion")
    read = replies if "at" in request.GET else part
    context = {"proposal": proposal, "part": read(rows_of(proposal), request.GET)}
    return render(request, "discussion/_part.html", context)


def _comment(request: Request, pk: int) -> Comment:
    found = Comment.objects.visible_to(request.person).shown().select_related("proposal__board__institution")
    return get_object_or_404(found, pk=pk)


@door(ProposalPolicy.comment)
@require_http_methods(["GET", "POST"])
def reply(request: Request, pk: int) -> HttpResponse:
    """The form of a reply, in the thread or as a page of its own, and where it posts."""
    parent = _comment(request, pk)
    proposal = get_object_or_404(shown(request.person), pk=parent.proposal_id)
    form = CommentForm(request.POST or None, auto_id=f"reply-{pk}-%s")
    if request.method == "POST":
        if comment := _post(request, proposal, form, parent):
            return _posted(request, comment)
        if wants_fragment(request):
            return render(request, "_errors.html", {"form": form}, status=form.status)
    context = {"parent": parent, "proposal": proposal, "composer": composer(proposal, request.person, form)}
    template = "discussion/_reply.html" if wants_fragment(request) else "discussion/reply.html"
    return render(request, template, context, status=form.status)


@door(ProposalPolicy.read)
@require_GET
def acts(request: Request, pk: int) -> HttpResponse:
    """What this person may do with this comment."""
    comment = _comment(request, pk)
    policy = CommentPolicy(request.person, comment)
    context = {
        "comment": comment,
        "mine": comment.author_id == request.person.pk,
        "may_reply": ProposalPolicy(request.person, comment.proposal).comment,
        "may_edit": policy.edit,
        "may_delete": policy.delete,
        "may_hide": ContentPolicy(request.person, comment).hide,
        "moderates": Ability.MODERATE in abilities(request.person, comment.proposal.board),
        "content_policy": ContentPolicy(request.person, comment),
    }
    return fragment(
        request, "discussion/_acts.html", context,
        otherwise=lambda: render(request, "discussion/acts.html", context),
    )  # fmt: skip


@door(CommentPolicy.edit)
@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    comment = _comment(request, pk)
    demand_form(CommentPolicy(request.person, comment).edit, typed=request.method == "POST")
    form = WordsForm(request.POST or None, initial={"stance": comment.stance, "body": comment.body})
    if request.method == "POST" and form.is_valid():
        form.attempt(edit_comment, comment, by=request.person, **form.cleaned_data)
        if not form.errors:
            return redirect(place_of(comment))
    return render(request, "discussion/edit.html", {"form": form, "comment": comment}, status=form.status)


@door(CommentPolicy.delete)
@require_http_methods(["GET", "POST"])
def deletion(request: Request, pk: int) -> HttpResponse:
    """Ask once more, then take the words away."""
    comment = _comment(request, pk)
    if request.method == "POST":
        return redirect(place_of(delete_comment(comment, by=request.person)))
    demand(CommentPolicy(request.person, comment).delete)
    return render(request, "discussion/deletion.html", {"comment": comment})


@door(CommentPolicy.versions)
@require_GET
def versions(request: Request, pk: int) -> HttpResponse:
    """What the comment says, all it said before, and what each edit changed."""
    comment = _comment(request, pk)
    demand(CommentPolicy(request.person, comment).versions)
    context = {"comment": comment, "versions": versions_of(comment)}
    return render(request, "discussion/versions.html", context)


@door(ProposalPolicy.read)
@require_GET
def link(request: Request, pk: int) -> HttpResponse:
    """Lead from a comment's own address to its place in the thread."""
    return redirect(place_of(get_object_or_404(Comment.objects.visible_to(request.person), pk=pk)))
