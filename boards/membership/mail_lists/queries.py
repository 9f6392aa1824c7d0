"""The dry run: what will happen to each line of a list, with as many queries for one as for two hundred."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from enum import Enum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from boards.membership.mail_lists.rules import Line, parse
from boards.membership.models import Board, Membership, Team
from boards.membership.rules import may_be_of, nobody_vouches_for, officials_known
from forum.accounts.models import User
from forum.institutions.addresses import domain_of
from forum.institutions.models import MailDomain


class Outcome(Enum):
    """What will happen; those that block keep the whole list from being added."""

    SEATED = _("위원으로 추가합니다.")
    MADE = _("계정을 만들고 위원으로 추가합니다.")
    OUTSIDE = _("기관의 공직 메일 주소가 아닙니다. 그래도 계정을 만들고 위원으로 추가합니다.")
    THERE = _("이미 위원이어서 그대로 둡니다.")
    NO_NAME = _("이름이 없습니다.")
    NO_ADDRESS = _("이메일 주소가 아닙니다.")
    TWICE = _("같은 주소가 두 번 있습니다.")
    NO_TEAM = _("이 보드에 없는 분임조입니다.")
    OFFICE = _("답변할 책임이 있는 직위를 맡고 있어 위원이 될 수 없습니다.")
    FOREIGN = _("이 기관의 이메일 주소가 아닙니다.")

    @property
    def blocks(self) -> bool:
        return not self.adds and self is not Outcome.THERE

    @property
    def adds(self) -> bool:
        return self in (Outcome.SEATED, Outcome.MADE, Outcome.OUTSIDE)

    @property
    def warns(self) -> bool:
        return self is Outcome.OUTSIDE


@dataclass(frozen=True)
class Planned:
    """A line and what will happen to it."""

    line: Line
    outcome: Outcome
    team: Team | None


@dataclass(frozen=True)
class Plan:
    """All lines; `digest` names this result, so that nothing else is confirmed than what was seen.

    That another board has made somebody's account meanwhile is no other result: they are added all the same.
    """

    rows: list[Planned]

    @property
    def blocked(self) -> bool:
        return any(row.outcome.blocks for row in self.rows)

    @property
    def added(self) -> int:
        return sum(row.outcome.adds for row in self.rows)

    @property
    def outside(self) -> int:
        return sum(row.outcome.warns for row in self.rows)

    @property
    def digest(self) -> str:
        result = [(row.line, row.outcome.adds or row.outcome.name) for row in self.rows]
        return hashlib.sha256(repr(result).encode()).hexdigest()


def plan(board: Board, text: str) -> Plan:
    """Return what adding this list would do now; it changes nothing."""
    lines = parse(text)
    often = Counter(line.email for line in lines)
    emails = list(often)
    people = {it.email: it for it in User.objects.filter(email__in=emails).select_related("institution")}
    officers = set(User.objects.filter(email__in=emails, offices__isnull=False).values_list("email", flat=True))
    seated = set(
        Membership.objects.filter(board=board, ended_at=None, person__email__in=emails).values_list(
            "person__email", flat=True
        )
    )
    domains = {it.name: it for it in MailDomain.objects.filter(name__in={domain_of(it) for it in emails})}
    known = bool(domains) or officials_known()
    teams = {team.name: team for team in board.teams.current()}

    def outcome(line: Line) -> Outcome:
        person = people.get(line.email)
        if not _is_address(line.email):
            return Outcome.NO_ADDRESS
        if often[line.email] > 1:
            return Outcome.TWICE
        if line.email in seated:
            return Outcome.THERE
        if not may_be_of(board.institution, person, domains.get(domain_of(line.email))):
            return Outcome.FOREIGN
        if line.email in officers:
            return Outcome.OFFICE
        if line.team and line.team not in teams:
            return Outcome.NO_TEAM
        if person is None and not 0 < len(line.name) <= 60:
            return Outcome.NO_NAME
        if nobody_vouches_for(person, domains.get(domain_of(line.email)), known=known):
            return Outcome.OUTSIDE
        return Outcome.MADE if person is None else Outcome.SEATED

    return Plan([Planned(line, outcome(line), teams.get(line.team)) for line in lines])


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
