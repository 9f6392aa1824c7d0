"""Several boards add the same newcomer, who signs up at the same moment.

Turns red when `account_of` does not expect somebody else to have made the account (an IntegrityError, and nothing of
the whole list is saved), and when a list makes its accounts in the order it was typed in (a deadlock), and when a
member is moved without the lock of the board (into a team that is closed).
"""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from boards.membership.actions import add_person, change_membership, found_board, seat
from boards.membership.mail_lists.actions import add_list
from boards.membership.mail_lists.queries import plan
from boards.membership.models import Board, Membership, Team
from boards.membership.settings.actions import retire_team
from forum.accounts.actions import begin_account, confirm_account
from forum.accounts.models import User
from forum.events.recording import SYSTEM
from tests.concurrency.crowd import at_once, kinds

BOARDS = 4
ROUNDS = 5  # newcomers, one after another
LIST = 15  # newcomers of one list

pytestmark = pytest.mark.django_db(transaction=True)


def term() -> dict:
    return {"term_from": timezone.localdate(), "term_until": timezone.localdate() + timedelta(days=90)}


@pytest.fixture
def boards(hanbit) -> list[Board]:
    """Boards of one institution with one moderator."""
    others = [
        found_board(
            by=SYSTEM, institution=hanbit.board.institution, name=f"보드 {it}", slug=f"board-{it}", code=f"보드{it}"
        )
        for it in range(1, BOARDS)
    ]
    for board in others:
        seat(board, by=SYSTEM, person=hanbit.minji, role=Membership.Role.MODERATOR, **term())
    return [hanbit.board, *others]


def test_a_newcomer_added_by_every_board_at_once_has_one_account_and_sits_on_each(hanbit, boards, threads):
    for turn in range(ROUNDS):
        address = {"email": f"new{turn}@hanbit.example", "name": "새내기"}
        adds = [partial(add_person, it, by=hanbit.minji, role="member", **address, **term()) for it in boards]

        added = at_once([*adds, partial(begin_account, address["email"])], threads=BOARDS + 1)

        assert not kinds(added)
        person = User.objects.get(email=address["email"])
        assert (person.name, person.institution) == ("새내기", hanbit.board.institution)
        assert {it.board for it in Membership.objects.filter(person=person)} == set(boards)
        assert not person.unconfirmed, "the moderator answers for the address"


def test_who_confirms_the_address_at_that_moment_keeps_the_name_they_typed(hanbit, boards, threads):
    for turn in range(ROUNDS):
        email = f"self{turn}@hanbit.example"
        waiting = begin_account(email)
        adds = [
            partial(add_person, it, by=hanbit.minji, email=email, name="잘못 들은 이름", role="member", **term())
            for it in boards[:2]
        ]
        done = at_once([*adds, partial(confirm_account, waiting, name="고은별", password="hashed")], threads=3)

        assert not kinds(done)
        waiting.refresh_from_db()
        assert (waiting.name, waiting.password) == ("고은별", "hashed")
        assert waiting.memberships.count() == 2


def test_two_lists_of_the_same_people_in_other_orders_are_both_added(hanbit, boards, threads):
    for turn in range(ROUNDS):
        lines = [f"새내기 {it}, list{turn}-{it}@hanbit.example" for it in range(LIST)]
        adds = []
        for board, text in zip(boards[:2], ("\n".join(lines), "\n".join(reversed(lines))), strict=True):
            seen = plan(board, text).digest
            adds.append(partial(add_list, board, by=hanbit.minji, lines=text, seen=seen, role="member", **term()))

        added = at_once(adds, threads=2)

        assert not kinds(added)
        assert User.objects.filter(email__startswith=f"list{turn}-").count() == LIST
        assert Membership.objects.filter(person__email__startswith=f"list{turn}-").count() == 2 * LIST


def test_nobody_is_put_into_a_team_that_is_closed_at_that_moment(hanbit, threads):
    seat = Membership.objects.get(person=hanbit.tae)
    for turn in range(ROUNDS):
        team = Team.objects.create(board=hanbit.board, name=f"분임조 {turn}")
        moves = [
            partial(change_membership, seat, by=hanbit.minji, role="member", team=team, **term()),
            partial(retire_team, team, by=hanbit.minji),
        ]

        at_once(moves, threads=2)

        team.refresh_from_db()
        seat.refresh_from_db()
        assert (team.retired_at is None) == (seat.team == team)
