"""What of a board's page is rendered once shows every change of what it stands for, and nobody's own view."""

import pytest
from django.utils import timezone

from boards.escalation.models import Escalation
from boards.membership.models import Board, Team
from boards.moderation.actions import hide
from boards.proposals import sharing
from boards.proposals.models import Proposal
from boards.support.actions import support
from forum.accounts.models import User
from forum.institutions.models import Institution, Office
from tests.boards.browsing import commented, published, section
from tests.boards.home.test_board import BOARD


def share(world, proposal) -> None:
    invitation = sharing.invite(proposal, by=world.jun, person=world.sora, share=20)
    sharing.accept(invitation, by=world.sora)


def escalated(world, proposal) -> None:
    Escalation.objects.create(
        proposal=proposal, round=1, addressee=world.board.addressee, due_on=timezone.localdate()
    )  # fmt: skip


CHANGES_OF_A_CARD = {
    "another title": lambda world, it: Proposal.objects.filter(pk=it.pk).update(title="고친 제목"),
    "hiding": lambda world, it: hide(it, by=world.minji, rule="R10", reason="주제와 무관합니다."),
    "another state": lambda world, it: Proposal.objects.filter(pk=it.pk).update(state="withdrawn"),
    "another field": lambda world, it: Proposal.objects.filter(pk=it.pk).update(field="work"),
    "another kind": lambda world, it: Proposal.objects.filter(pk=it.pk).update(kind="main"),
    "a team": lambda world, it: Proposal.objects.filter(pk=it.pk).update(team=world.board.teams.first()),
    "another name of the author": lambda world, it: User.objects.filter(pk=world.jun.pk).update(name="새이름"),
    "a co-proposer": share,
    "support": lambda world, it: support(it, by=world.tae),
    "a comment": lambda world, it: commented(world.tae, it, "한마디"),
    "an escalation": escalated,
}


@pytest.mark.parametrize("change", CHANGES_OF_A_CARD.values(), ids=CHANGES_OF_A_CARD)
def test_a_card_shows_every_change_of_its_proposal(hanbit, door, change):
    proposal = published(hanbit.jun, hanbit.board)
    before = section(door.enter(hanbit.staff).get(BOARD), f"proposal-{proposal.pk}")

    change(hanbit, proposal)

    after = section(door.get(BOARD), f"proposal-{proposal.pk}")
    assert before != after
    assert section(door.enter(hanbit.jun).get(BOARD), f"proposal-{proposal.pk}") == after


CHANGES_OF_THE_RULES = {
    "a figure": lambda board: Board.objects.filter(pk=board.pk).update(quorum_percent=77),
    "closing": lambda board: Board.objects.filter(pk=board.pk).update(closed=True),
    "the headcount": lambda board: Institution.objects.filter(pk=board.institution_id).update(headcount=98_765),
    "the institution's name": lambda board: Institution.objects.filter(pk=board.institution_id).update(name="새빛시"),
    "an empty office": lambda board: Office.objects.filter(pk=board.addressee_id).update(holder=None),
    "the holder's name": lambda board: User.objects.filter(pk=board.addressee.holder_id).update(name="새이름"),
}


@pytest.mark.parametrize("change", CHANGES_OF_THE_RULES.values(), ids=CHANGES_OF_THE_RULES)
def test_the_rules_show_every_change(hanbit, door, change):
    before = section(door.enter(hanbit.jun).get(BOARD), "rules")

    change(hanbit.board)

    assert before != section(door.get(BOARD), "rules")


def test_the_year_and_the_filters_follow_what_there_is(hanbit, door):
    first = door.enter(hanbit.jun).get(BOARD)
    published(hanbit.jun, hanbit.board)
    Team.objects.create(board=hanbit.board, name="새 분임조")

    second = door.get(BOARD)

    assert section(first, "year") != section(second, "year")
    assert "새 분임조" not in section(first, "board-filters")
    assert "새 분임조" in section(second, "board-filters")


def test_each_reads_them_in_their_own_language(hanbit, door):
    published(hanbit.jun, hanbit.board)
    korean = door.enter(hanbit.jun).get(BOARD)
    door.post("/language/", language="en")
    english = door.get(BOARD)
    door.post("/language/", language="ko")

    for part in ("board-filters", "year", "rules"):
        assert section(korean, part) != section(english, part)
        assert section(korean, part) == section(door.get(BOARD), part)


def test_great_numbers_are_read_in_thousands(hanbit, door):
    Institution.objects.filter(pk=hanbit.board.institution_id).update(headcount=12340)

    assert "직원 12,340명의" in section(door.enter(hanbit.jun).get(BOARD), "rules")
