"""Where an institution's admin founds a board."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from boards.membership.founding.actions import addressee_of, found_board_of, name_addressee
from boards.membership.founding.forms import AddresseeForm, FoundingForm
from boards.membership.models import Board
from boards.membership.policy import BoardPolicy, InstitutionPolicy
from boards.policy import demand
from forum.accounts.requests import Request
from forum.web.doors import door


@door(InstitutionPolicy.found)
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    institution = request.person.institution
    demand(InstitutionPolicy(request.person, institution).found)
    form = FoundingForm(request.POST or None, institution=institution)
    if request.method == "POST" and form.is_valid():
        board = form.attempt(found_board_of, institution, by=request.person, **form.cleaned_data)
        if board:
            return redirect(board)
    return render(request, "boards/founding.html", {"institution": institution, "form": form}, status=form.status)


@door(BoardPolicy.name_addressee)
@require_http_methods(["GET", "POST"])
def addressee(request: Request, slug: str) -> HttpResponse:
    """Say which office answers; also of a closed board, of which its institution's admin reads nothing."""
    known = Board.objects.visible_to(request.person) | Board.objects.looked_after_by(request.person)
    board = get_object_or_404(known.select_related("addressee", "institution"), slug=slug)
    demand(BoardPolicy(request.person, board).name_addressee)
    form = AddresseeForm(request.POST or None, board=board, saved=addressee_of(board))
    if request.method == "POST" and form.is_valid():
        form.attempt(name_addressee, board, by=request.person, **form.cleaned_data)
        if not form.errors:
            messages.success(request, _("답변할 직위를 정했습니다."))
            return redirect("home")
    return render(request, "boards/addressee.html", {"board": board, "form": form}, status=form.status)
