"""How the tests bring a proposal to its ballot and through it, and what they read of the rows."""

import re

from django.apps import apps
from django.db import connection
from django.utils import timezone

from boards.membership.models import Mode
from boards.proposals.models import Proposal
from boards.voting.actions import call_ballot, cast_ballot
from boards.voting.models import Ballot, Choice
from forum.clock import run_once
from tests.boards.browsing import published, section

YES, NO, ABSTAIN = Choice.YES, Choice.NO, Choice.ABSTAIN


def called(hanbit, mode: Mode) -> Proposal:
    proposal = published(hanbit.jun, hanbit.board)
    call_ballot(proposal, by=hanbit.minji, mode=mode, reason="위원들의 뜻을 묻습니다.")
    return proposal


def opened(hanbit, mode: Mode) -> Ballot:
    """A ballot that the counter has opened, as it does in its process."""
    proposal = called(hanbit, mode)
    run_once("counter")
    return proposal.ballots.get()


def cast(ballot: Ballot, voters, *choices: Choice) -> None:
    """Let the voters choose in turn."""
    for voter, choice in zip(voters, choices, strict=False):
        cast_ballot(ballot, voter=voter, choice=choice)


def let_time_pass(ballot: Ballot) -> None:
    """Move the closing time to now; the clock has not seen it yet."""
    Ballot.objects.filter(pk=ballot.pk).update(closes_at=timezone.now())


def finished(ballot: Ballot) -> Ballot:
    """The ballot after its time, the clock and the counter."""
    let_time_pass(ballot)
    run_once("clock")
    run_once("counter")
    return Ballot.objects.get(pk=ballot.pk)


def counted(hanbit, mode: Mode, *choices: Choice) -> Ballot:
    """A ballot in which the first members have voted so, decided."""
    ballot = opened(hanbit, mode)
    cast(ballot, hanbit.members, *choices)
    return finished(ballot)


def panel_of(door, thing: Ballot | Proposal) -> str:
    """The ballot panel as the page of the proposal has it."""
    proposal = thing if isinstance(thing, Proposal) else thing.proposal
    return section(door.get(f"/proposals/{proposal.pk}/"), "panel-ballot")


def words_of(markup: str) -> str:
    """What a piece of the page says, with a space where an element was."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", markup))


def rows() -> dict[str, set]:
    """Every row of every table, as it is."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found[table] = {tuple(map(repr, row)) for row in cursor.fetchall()}
    return found


def changed_tables(before: dict[str, set]) -> set[str]:
    after = rows()
    return {table for table in after if after[table] != before[table]}
