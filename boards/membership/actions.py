"""Acts that found a board and seat people on it."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from boards.membership.models import Board, Membership, Team
from boards.membership.policy import BoardPolicy, MembershipPolicy
from boards.membership.rules import demand_no_office, demand_open, demand_seatable, demand_term
from boards.policy import demand
from forum.accounts.actions import account_of
from forum.accounts.models import User
from forum.accounts.signing import tell_rights_changed
from forum.events.crossing import demand_as_drawn
from forum.events.models import Stream
from forum.events.recording import record, verb
from forum.locks import own
from forum.web.errors import Invalid, WrongState


def found_board(*, by, **fields) -> Board:
    """Make a board with its stream; called on the command line, where `by` is SYSTEM."""
    with verb():
        board = Board.objects.create(**fields)
        Stream.objects.create(name=board.stream)
        record("board_founded", about=board, by=by, stream=board.stream)
    return board


def add_member(
    board: Board, *, by, person: User, role: str, term_from: date, term_until: date, team: Team | None = None
) -> Membership:
    """Seat a person of the institution; raise NotAllowed, Invalid (executive, stranger) or WrongState (seated)."""
    with verb():
        own(board)
        demand(BoardPolicy(by, board).manage)
        return seat(board, by=by, person=person, role=role, term_from=term_from, term_until=term_until, team=team)


def add_person(
    board: Board, *, by, email: str, name: str, role: str, term_from: date, term_until: date, team: Team | None = None
) -> Membership:
    """Seat whoever has this address, and make the account first when nobody has; it waits for a password by reset.

    Raise what `add_member` raises, and Invalid for an address of another institution.
    """
    with verb():
        own(board)  # two moderators who add the same newcomer make one account
        demand(BoardPolicy(by, board).manage)
        demand_seatable(board, email)
        person = account_of(email, name=name, institution=board.institution)
        return add_member(board, by=by, person=person, role=role, team=team, term_from=term_from, term_until=term_until)


def seat(
    board: Board, *, by, person: User, role: str, term_from: date, term_until: date, team: Team | None = None
) -> Membership:
    """Add the membership without asking a policy: for `add_member` and for the founding of a board."""
    if person.institution_id != board.institution_id:
        raise Invalid(_("%(name)s 님은 이 기관 소속이 아니어서 위원으로 넣을 수 없습니다.") % {"name": person.name})
    demand_no_office(person)
    demand_term(term_from, term_until)
    with verb():
        demand_open(team)
        try:
            with transaction.atomic():
                membership = Membership.objects.create(
                    board=board, person=person, role=role, team=team,
                    term_from=term_from, term_until=term_until, added_by=by,
                )  # fmt: skip
        except IntegrityError as error:
            raise WrongState(_("%(name)s 님은 이미 이 보드의 위원입니다.") % {"name": person.name}) from error
        record("member_added", about=membership, by=by, stream=board.stream, role=role)
        tell_rights_changed(person)
    return membership


def facts_of(membership: Membership) -> dict[str, Any]:
    """Return what `change_membership` can change, as it is."""
    return {name: getattr(membership, name) for name in ("role", "team", "term_from", "term_until")}


def change_membership(
    membership: Membership, *, by, role: str, term_from: date, term_until: date, team: Team | None,
    drawn: dict | None = None,
) -> Membership:  # fmt: skip
    """Change role, team and term.

    Raise NotAllowed for one's own seat, WrongState when it has ended, Overtaken when it is not what the form was
    `drawn` with any more.
    """
    with verb():
        own(membership.board)  # on which teams are closed
        membership = own(membership)
        demand(MembershipPolicy(by, membership).change)
        typed = {"role": role, "team": team, "term_from": term_from, "term_until": term_until}
        demand_as_drawn(membership, drawn, saved=facts_of(membership), typed=typed, verb="membership_changed")
        demand_term(term_from, term_until)
        demand_open(team)
        for name, value in typed.items():
            setattr(membership, name, value)
        membership.save(update_fields=list(typed))
        record("membership_changed", about=membership, by=by, stream=membership.board.stream)
        tell_rights_changed(membership.person)
    return membership


def end_membership(membership: Membership, *, by) -> Membership:
    """End a seat now; raise NotAllowed for one's own, WrongState when it has ended."""
    with verb():
        membership = own(membership)
        demand(MembershipPolicy(by, membership).change)
        membership.ended_by, membership.ended_at = by, timezone.now()
        membership.save(update_fields=["ended_by", "ended_at"])
        record("membership_ended", about=membership, by=by, stream=membership.board.stream)
        tell_rights_changed(membership.person)
    return membership
