"""A moderator's invitations, and the link in the mail."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from boards.membership.invitations.actions import accept_invitation, invite, revoke_invitation
from boards.membership.invitations.forms import InvitationForm
from boards.membership.invitations.models import Invitation, hash_of
from boards.membership.invitations.policy import InvitationPolicy
from boards.membership.invitations.queries import invitations_of
from boards.membership.models import Board
from boards.membership.policy import BoardPolicy
from boards.policy import demand
from forum.accounts.requests import Request
from forum.web.doors import SIGNED_IN, door


@door(BoardPolicy.manage)
@require_http_methods(["GET", "POST"])
def invitations(request: Request, slug: str) -> HttpResponse:
    """The invitations of a board; a moderator sends another."""
    board = get_object_or_404(Board.objects.visible_to(request.person), slug=slug)
    demand(BoardPolicy(request.person, board).manage)
    form = InvitationForm(request.POST or None, board=board)
    if request.method == "POST" and form.is_valid():
        form.attempt(invite, board, by=request.person, **form.cleaned_data)
        if not form.errors:
            messages.success(request, _("초대 메일을 보냈습니다."))
            return redirect("invitations", slug=slug)
    page = invitations_of(board, request.GET.get("before"))
    return render(
        request, "invitations/invitations.html", {"board": board, "form": form, "page": page}, status=form.status
    )


@door(InvitationPolicy.revoke)
@require_POST
def revocation(request: Request, pk: int) -> HttpResponse:
    visible = Invitation.objects.filter(board__in=Board.objects.visible_to(request.person))
    invitation = get_object_or_404(visible.select_related("board"), pk=pk)
    revoke_invitation(invitation, by=request.person)
    return redirect("invitations", slug=invitation.board.slug)


@door(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def invitation(request: Request, token: str) -> HttpResponse:
    """Where the mail leads: what is offered, and the button that takes it."""
    found = get_object_or_404(
        Invitation.objects.select_related("board__institution", "team", "invited_by"), token_hash=hash_of(token)
    )
    if request.method == "POST":
        accept_invitation(found, by=request.person)
        return redirect(found.board)
    demand(InvitationPolicy(request.person, found).accept)
    return render(request, "invitations/invitation.html", {"invitation": found})
