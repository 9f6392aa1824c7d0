"""Who sits on a board, and a moderator's acts on the seats."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from boards.membership.actions import add_person, change_membership, end_membership, facts_of
from boards.membership.forms import NewSeatForm, SeatedForm
from boards.membership.models import Board, Membership
from boards.membership.policy import BoardPolicy, MembershipPolicy
from boards.membership.queries import seats_on
from boards.policy import demand, demand_form
from forum.accounts.requests import Request
from forum.web.doors import door


def _board(request: Request, slug: str) -> Board:
    return get_object_or_404(Board.objects.visible_to(request.person), slug=slug)


@door(BoardPolicy.read)
@require_GET
def members(request: Request, slug: str) -> HttpResponse:
    board = _board(request, slug)
    policy = BoardPolicy(request.person, board)
    return render(request, "boards/members.html", {"board": board, "policy": policy, "seats": seats_on(policy)})


@door(BoardPolicy.manage)
@require_http_methods(["GET", "POST"])
def new(request: Request, slug: str) -> HttpResponse:
    board = _board(request, slug)
    demand(BoardPolicy(request.person, board).manage)
    form = NewSeatForm(request.POST or None, board=board)
    if request.method == "POST" and form.is_valid():
        form.attempt(add_person, board, by=request.person, **form.cleaned_data)
        if not form.errors:
            return redirect("members", slug=slug)
    return render(request, "boards/seat.html", {"board": board, "form": form}, status=form.status)


def _seat(request: Request, pk: int) -> Membership:
    visible = Membership.objects.filter(board__in=Board.objects.visible_to(request.person))
    return get_object_or_404(visible.select_related("board", "person"), pk=pk)


@door(MembershipPolicy.change)
@require_http_methods(["GET", "POST"])
def seat(request: Request, pk: int) -> HttpResponse:
    """Change role, team and term of a seat."""
    found = _seat(request, pk)
    demand_form(MembershipPolicy(request.person, found).change, typed=request.method == "POST")
    form = SeatedForm(request.POST or None, board=found.board, saved=facts_of(found))
    if request.method == "POST" and form.is_valid():
        form.attempt(change_membership, found, by=request.person, **form.cleaned_data)
        if not form.errors:
            return redirect("members", slug=found.board.slug)
    context = {"board": found.board, "form": form, "seat": found}
    return render(request, "boards/seat.html", context, status=form.status)


@door(MembershipPolicy.change)
@require_http_methods(["GET", "POST"])
def end(request: Request, pk: int) -> HttpResponse:
    """Ask once more, then end the seat."""
    found = _seat(request, pk)
    if request.method == "POST":
        end_membership(found, by=request.person)
        messages.success(request, _("%(name)s 님의 임기를 끝냈습니다.") % {"name": found.person.name})
        return redirect("members", slug=found.board.slug)
    demand(MembershipPolicy(request.person, found).change)
    return render(request, "boards/seat_end.html", {"board": found.board, "seat": found})
