"""The one table of roles and what they may do on a board; no other code compares roles."""

from enum import Enum, auto

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards.membership.models import Board, Membership
from forum.accounts.models import User
from forum.institutions.models import Appointment
from forum.prepared import Given, prepared


class Ability(Enum):
    READ = auto()  # the board, its published proposals and their discussion
    PROPOSE = auto()
    COMMENT = auto()
    SUPPORT = auto()
    VOTE = auto()
    CHAT = auto()
    READ_LOG = auto()
    READ_VOTES = auto()  # who chose what in a named ballot, once it is counted
    MODERATE = auto()  # hide content, put to the ballot, void a ballot
    MANAGE = auto()  # members, terms, rooms


class Role(Enum):
    MEMBER = _("위원")
    MODERATOR = _("운영자")
    EXECUTIVE = _("책임관")
    STAFF = _("직원")
    INSTITUTION_ADMIN = _("기관 관리자")
    AUDITOR = _("감사")
    STRANGER = _("외부인")


_STAFF = frozenset({Ability.READ, Ability.COMMENT, Ability.SUPPORT})

ABILITIES: dict[Role, frozenset[Ability]] = {
    Role.MEMBER: _STAFF | {Ability.PROPOSE, Ability.VOTE, Ability.CHAT, Ability.READ_LOG, Ability.READ_VOTES},
    Role.MODERATOR: _STAFF | {Ability.CHAT, Ability.READ_LOG, Ability.READ_VOTES, Ability.MODERATE, Ability.MANAGE},
    Role.EXECUTIVE: frozenset(),
    Role.STAFF: _STAFF,
    Role.INSTITUTION_ADMIN: _STAFF,
    Role.AUDITOR: _STAFF | {Ability.READ_LOG},
    Role.STRANGER: frozenset(),
}


def role_on(person, board: Board) -> Role:
    """Return the role a person has on a board today: membership first, then office, then institution."""
    if not person.is_authenticated:
        return Role.STRANGER
    return person.known(("role", board.pk), lambda: _role_on(person, board))


def _role_on(person: User, board: Board) -> Role:
    for (seat,) in _seats(board.pk, person.pk, timezone.localdate()):
        return Role.MODERATOR if seat == Membership.Role.MODERATOR else Role.MEMBER
    if person.institution_id != board.institution_id:
        return Role.STRANGER
    if person.holds_office:
        return Role.EXECUTIVE
    if board.closed:
        return Role.STRANGER
    appointed = set(
        person.appointments.filter(institution=board.institution_id, until=None).values_list("role", flat=True)
    )
    if Appointment.Role.ADMIN in appointed:
        return Role.INSTITUTION_ADMIN
    return Role.AUDITOR if Appointment.Role.AUDITOR in appointed else Role.STAFF


@prepared
def _seats(board: Given, person: Given, today: Given) -> QuerySet:
    """The role of the one seat the person has on the board on that day, if any."""
    return Membership.objects.in_office(today).filter(board=board, person=person).values_list("role")


def abilities(person, board: Board) -> frozenset[Ability]:
    return ABILITIES[role_on(person, board)]
