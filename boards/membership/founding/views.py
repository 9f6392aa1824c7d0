"""Where an institution's admin founds a board."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from boards.membership.founding.actions import found_board_of
from boards.membership.founding.forms import FoundingForm
from boards.membership.policy import InstitutionPolicy
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
