"""Acts on a board's rules and teams; ballots that are open keep the rules they opened with."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from boards.membership.models import Board, Team
from boards.membership.policy import BoardPolicy, TeamPolicy
from boards.policy import demand
from forum.events.crossing import demand_as_drawn
from forum.events.recording import record, verb
from forum.locks import own
from forum.web.errors import Invalid, WrongState

RULES = (
    "support_absolute", "support_percent", "quorum_percent", "pass_percent", "breadth", "ballot_mode", "ballot_days",
    "closed",
)  # fmt: skip


def rules_of(board: Board) -> dict[str, Any]:
    return {name: getattr(board, name) for name in RULES}


def change_settings(board: Board, *, by, drawn: dict | None = None, **rules: int) -> Board:
    """Change the rules later proposals and ballots copy; the event keeps old and new figures of what changed.

    Raise Overtaken when they are not what the form was `drawn` with any more, Invalid when a ballot would ask for votes
    from more teams than there are.
    """
    with verb():
        board = own(board)
        demand(BoardPolicy(by, board).manage)
        demand_as_drawn(board, drawn, saved=rules_of(board), typed=rules, verb="settings_changed")
        teams = board.teams.current().count()
        if rules["breadth"] > max(teams, board.breadth):
            raise Invalid(
                _("분임조가 %(count)s개뿐이어서 그보다 많은 분임조의 표를 요구할 수 없습니다.") % {"count": teams}
            )
        changed = {name: [old, rules[name]] for name, old in rules_of(board).items() if old != rules[name]}
        for name in changed:
            setattr(board, name, rules[name])
        if changed:
            board.save(update_fields=list(changed))
            record("settings_changed", about=board, by=by, stream=board.stream, **changed)
    return board


def make_team(board: Board, *, by, name: str) -> Team:
    with verb():
        board = own(board)
        demand(BoardPolicy(by, board).manage)
        team = _saved(Team(board=board, name=name))
        record("team_made", about=team, by=by, stream=board.stream)
    return team


def rename_team(team: Team, *, by, name: str, drawn: dict | None = None) -> Team:
    """Give the team another name, also on what it did before.

    Raise Overtaken when it is not called what the form was `drawn` with, WrongState when another has the name.
    """
    with verb():
        team = own(team)
        demand(TeamPolicy(by, team).manage)
        demand_as_drawn(team, drawn, saved={"name": team.name}, typed={"name": name}, verb="team_renamed")
        team.name = name
        _saved(team)
        record("team_renamed", about=team, by=by, stream=team.board.stream)
    return team


def retire_team(team: Team, *, by) -> Team:
    """Take nobody in any more; raise WrongState while somebody sits in it, or when a ballot could not pass any more."""
    with verb():
        board = own(team.board)
        team = own(team)
        demand(TeamPolicy(by, team).retire)
        team.retired_by, team.retired_at = by, timezone.now()
        team.save(update_fields=["retired_by", "retired_at"])
        record("team_retired", about=team, by=by, stream=board.stream)
    return team


def reopen_team(team: Team, *, by) -> Team:
    """Let people be put into the team again."""
    with verb():
        team = own(team)
        demand(TeamPolicy(by, team).reopen)
        team.retired_by, team.retired_at = None, None
        team.save(update_fields=["retired_by", "retired_at"])
        record("team_reopened", about=team, by=by, stream=team.board.stream)
    return team


def _saved(team: Team) -> Team:
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError as error:
        raise WrongState(
            _("같은 이름의 분임조가 있습니다. 다른 이름을 쓰거나, 마친 분임조면 다시 열어 주세요.")
        ) from error
    return team
