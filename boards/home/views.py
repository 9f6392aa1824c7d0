"""Home: first what I have to do, then my boards; and the pages of a board that show every feature."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from boards.home import queries
from boards.home.actions import visit
from boards.home.listing import listing
from boards.home.sections import rules_section, year_section
from boards.home.year import year_of
from boards.membership.models import Board
from boards.membership.policy import BoardPolicy, InstitutionPolicy
from boards.membership.queries import board_seen_by
from boards.policy import demand
from boards.rooms.queries import unread_on
from forum.accounts.requests import Request
from forum.web.doors import SIGNED_IN, door
from forum.web.fragments import wants_fragment


@door(SIGNED_IN)
@require_GET
def home(request: Request) -> HttpResponse:
    person = request.person
    context = {
        **queries.duties(person),
        "drafts": queries.drafts_of(person),
        "boards": queries.boards_with_news(person),
        "is_executive": person.holds_office,
        "may_found": InstitutionPolicy(person, person.institution).found,
    }
    return render(request, "home/home.html", context)


@door(BoardPolicy.read)
@require_GET
def board(request: Request, slug: str) -> HttpResponse:
    found = board_seen_by(request.person, slug)
    policy = BoardPolicy(request.person, found)
    context = {
        "board": found,
        "policy": policy,
        "unread_talk": unread_on(found, request.person) if policy.chat else 0,
        "term": queries.term_of(found),
        "year": year_section(year_of(found)),
        "rules": rules_section(found),
        "listing": listing(found, request.GET),
    }
    return render(request, "boards/board.html", context)


@door(BoardPolicy.read)
@require_POST
def visit_board(request: Request, slug: str) -> HttpResponse:
    """Remember how far the person has seen the board; a script says so when the board is opened."""
    visit(get_object_or_404(Board.objects.visible_to(request.person), slug=slug), by=request.person)
    return HttpResponse(status=204) if wants_fragment(request) else redirect("home")


@door(BoardPolicy.read_log)
@require_GET
def log(request: Request, slug: str) -> HttpResponse:
    """Every act on the board that is worth proving, for its members to read."""
    found = get_object_or_404(Board.objects.visible_to(request.person), slug=slug)
    demand(BoardPolicy(request.person, found).read_log)
    page = queries.log_of(found, request.GET.get("before"))
    return render(request, "boards/log.html", {"board": found, "page": page})
