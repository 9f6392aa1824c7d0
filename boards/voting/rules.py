"""Quorum, majority, breadth, and what of a result may be published: pure functions of whole numbers."""

from dataclasses import dataclass
from enum import StrEnum

SEALED_MIN_ROLL = 10
SEALED_MIN_CAST = 5
MIN_GROUP = 3  # the smallest group whose size may be told


@dataclass(frozen=True)
class Rule:
    """The rule a ballot was opened under; percentages are whole numbers."""

    quorum_percent: int = 50
    pass_percent: int = 50
    breadth: int = 2


@dataclass(frozen=True)
class Count:
    """What was counted; `teams` are teams with a yes vote (named) or with a voter (sealed)."""

    roll: int
    cast: int
    yes: int
    no: int
    abstain: int
    teams: int


class Shortfall(StrEnum):
    """A part of the rule that does not hold."""

    QUORUM = "quorum"
    BREADTH = "breadth"
    TOO_FEW_TO_OPEN = "too_few_to_open"
    NO_CHOICE = "no_choice"
    SHARE = "share"


@dataclass(frozen=True)
class Outcome:
    passed: bool
    shortfalls: tuple[Shortfall, ...]


def quorum_met(rule: Rule, *, roll: int, cast: int) -> bool:
    """Whether enough of the roll took part; abstentions count."""
    return cast >= votes_needed_for_quorum(rule, roll=roll)


def votes_needed_for_quorum(rule: Rule, *, roll: int) -> int:
    """Return the quorum in votes: the share of the roll rounded up, and never none."""
    return max(1, -(-roll * rule.quorum_percent // 100))


def unmet_unopened(rule: Rule, *, roll: int, cast: int, teams: int) -> tuple[Shortfall, ...]:
    """Return what fails before a sealed box is opened; such a box is never opened."""
    unmet = []
    if not quorum_met(rule, roll=roll, cast=cast):
        unmet.append(Shortfall.QUORUM)
    if teams < rule.breadth:
        unmet.append(Shortfall.BREADTH)
    if cast < SEALED_MIN_CAST:
        unmet.append(Shortfall.TOO_FEW_TO_OPEN)
    return tuple(unmet)


def verdict(rule: Rule, count: Count) -> Outcome:
    """Return whether every part of the rule holds: quorum, a share above the limit of yes + no, breadth."""
    shortfalls = []
    if not quorum_met(rule, roll=count.roll, cast=count.cast):
        shortfalls.append(Shortfall.QUORUM)
    if count.yes + count.no == 0:
        shortfalls.append(Shortfall.NO_CHOICE)
    elif count.yes * 100 <= (count.yes + count.no) * rule.pass_percent:
        shortfalls.append(Shortfall.SHARE)
    if count.teams < rule.breadth:
        shortfalls.append(Shortfall.BREADTH)
    return Outcome(passed=not shortfalls, shortfalls=tuple(shortfalls))


@dataclass(frozen=True)
class Published:
    """The figures that may be told; where they may not, one bound on the yes votes at most."""

    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    yes_at_least: int | None = None
    yes_at_most: int | None = None


def published(yes: int, no: int, abstain: int) -> Published:
    """Return all figures if both camps have three or more; else only that nearly all, or nearly none, said yes.

    A bound covers three results. With a pass share of half, bound and verdict together leave every voter's choice open
    to who knows no vote; two voters who pool theirs may conclude more. With both camps below three (which a box of five
    or more cannot have) nothing is told.
    """
    others = no + abstain
    if yes >= MIN_GROUP and others >= MIN_GROUP:
        return Published(yes=yes, no=no, abstain=abstain)
    if yes >= MIN_GROUP:
        return Published(yes_at_least=yes + others - (MIN_GROUP - 1))
    if others >= MIN_GROUP:
        return Published(yes_at_most=MIN_GROUP - 1)
    return Published()


def sealed_possible(roll: int) -> bool:
    """Whether a roll is large enough for a secret ballot."""
    return roll >= SEALED_MIN_ROLL
