"""A moderator's pages of rules and teams."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from boards.membership.models import Board, Membership, Team
from boards.membership.policy import BoardPolicy, TeamPolicy
from boards.membership.settings.actions import (
    change_settings,
    make_team,
    rename_team,
    reopen_team,
    retire_team,
    rules_of,
)
from boards.membership.settings.forms import RenamingForm, SettingsForm, TeamForm
from boards.membership.settings.queries import changes_of, teams_of
from boards.policy import demand, demand_form
from forum.accounts.requests import Request
from forum.web.doors import door


def _managed(request: Request, slug: str) -> Board:
    board = get_object_or_404(Board.objects.visible_to(request.person), slug=slug)
    demand(BoardPolicy(request.person, board).manage)
    return board


@door(BoardPolicy.manage)
@require_http_methods(["GET", "POST"])
def settings(request: Request, slug: str) -> HttpResponse:
    board = _managed(request, slug)
    form = SettingsForm(request.POST or None, saved=rules_of(board))
    if request.method == "POST" and form.is_valid():
        form.attempt(change_settings, board, by=request.person, **form.cleaned_data)
        if not form.errors:
            messages.success(request, _("보드의 규칙을 저장했습니다."))
            return redirect("board_settings", slug=slug)
    context = {"board": board, "form": form, "changes": changes_of(board)}
    return render(request, "boards/settings.html", context, status=form.status)


@door(BoardPolicy.manage)
@require_http_methods(["GET", "POST"])
def teams(request: Request, slug: str) -> HttpResponse:
    """The teams of a board, and another one."""
    board = _managed(request, slug)
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.attempt(make_team, board, by=request.person, **form.cleaned_data)
        if not form.errors:
            return redirect("teams", slug=slug)
    context = {"board": board, "form": form, "teams": teams_of(board)}
    return render(request, "boards/teams.html", context, status=form.status)


def _team(request: Request, pk: int) -> Team:
    visible = Team.objects.filter(board__in=Board.objects.visible_to(request.person))
    return get_object_or_404(visible.select_related("board"), pk=pk)


@door(TeamPolicy.manage)
@require_http_methods(["GET", "POST"])
def team(request: Request, pk: int) -> HttpResponse:
    """Rename a team."""
    found = _team(request, pk)
    demand_form(TeamPolicy(request.person, found).manage, typed=request.method == "POST")
    form = RenamingForm(request.POST or None, saved={"name": found.name})
    if request.method == "POST" and form.is_valid():
        form.attempt(rename_team, found, by=request.person, **form.cleaned_data)
        if not form.errors:
            return redirect("teams", slug=found.board.slug)
    seats = Membership.objects.seated(found.board).filter(team=found)
    context = {"board": found.board, "form": form, "team": found, "seats": seats}
    context["may_retire"] = TeamPolicy(request.person, found).retire
    return render(request, "boards/team.html", context, status=form.status)


@door(TeamPolicy.retire)
@require_POST
def retirement(request: Request, pk: int) -> HttpResponse:
    found = retire_team(_team(request, pk), by=request.person)
    return redirect("teams", slug=found.board.slug)


@door(TeamPolicy.reopen)
@require_POST
def reopening(request: Request, pk: int) -> HttpResponse:
    found = reopen_team(_team(request, pk), by=request.person)
    return redirect("teams", slug=found.board.slug)
