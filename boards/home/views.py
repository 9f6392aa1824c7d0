"""Home: first what I have to do, then my boards; and the pages of a board that show every feature."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from boards.home import queries
from boards.membership.models import Board
from boards.membership.policy import BoardPolicy, InstitutionPolicy
from boards.policy import demand
from boards.proposals.rules import threshold
from boards.proposals.states import State
from forum.accounts.requests import Request
from forum.web.doors import SIGNED_IN, door


@door(SIGNED_IN)
@require_GET
def home(request: Request) -> HttpResponse:
    person = request.person
    context = {
        **queries.duties(person),
        "drafts": queries.drafts_of(person),
        "boards": queries.boards_of(person),
        "is_executive": person.offices.exists(),
        "may_found": InstitutionPolicy(person, person.institution).found,
    }
    return render(request, "home/home.html", context)


@door(BoardPolicy.read)
@require_GET
def board(request: Request, slug: str) -> HttpResponse:
    boards = Board.objects.visible_to(request.person).select_related("institution", "addressee__holder")
    found = get_object_or_404(boards, slug=slug)
    policy = BoardPolicy(request.person, found)
    state = request.GET.get("state", "")
    context = {
        "board": found,
        "policy": policy,
        "support_needed": threshold(
            absolute=found.support_absolute, percent=found.support_percent, headcount=found.institution.headcount
        ),
        "state": state,
        "states": [it for it in State if it != State.DRAFT],
        "page": queries.proposals_on(found, request.person, state=state, before=request.GET.get("before")),
    }
    return render(request, "boards/board.html", context)


@door(BoardPolicy.read_log)
@require_GET
def log(request: Request, slug: str) -> HttpResponse:
    """Every act on the board that is worth proving, for its members to read."""
    found = get_object_or_404(Board.objects.visible_to(request.person), slug=slug)
    demand(BoardPolicy(request.person, found).read_log)
    page = queries.log_of(found, request.GET.get("before"))
    return render(request, "boards/log.html", {"board": found, "page": page})
