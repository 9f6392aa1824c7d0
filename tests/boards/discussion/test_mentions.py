"""Calling somebody by name: the one who is meant is told, and never somebody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.discussion.actions import edit_comment
from boards.discussion.models import Mention
from boards.discussion.rules import called, calls
from boards.membership.models import Board
from forum.accounts.models import User
from forum.notifications.models import Notification
from forum.notifications.telling import tell
from tests.boards.browsing import commented, published, section


@pytest.fixture
def proposal(hanbit):
    return published(hanbit.jun, hanbit.board)


def told(verb: str = "people_mentioned") -> set[User]:
    while tell():
        pass
    return {it.person for it in Notification.objects.filter(event__verb=verb)}


@pytest.mark.parametrize("written", ["@박소라", "@박소라 님, 봐 주세요.", "@박소라님께", "(@박소라)", "봐요 @박소라!"])
def test_who_is_called_is_told_and_marked(hanbit, door, proposal, written):
    comment = commented(hanbit.tae, proposal, written)

    assert told() == {hanbit.sora}
    shown = section(door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/"), f"comment-{comment.pk}")
    assert '<span class="mention">@박소라</span>' in shown


@pytest.mark.parametrize("written", ["@박소라가", "mail@박소라", "@박 소라", "@박소라빈 님", "@없는사람", "박소라"])
def test_what_is_not_quite_a_name_calls_nobody(hanbit, proposal, written):
    commented(hanbit.tae, proposal, written)

    assert told() == set()
    assert not Mention.objects.exists()


def test_a_name_two_people_share_calls_neither(hanbit, door, proposal):
    User.objects.create_user("other@hanbit.example", name="박소라", institution=hanbit.board.institution)
    comment = commented(hanbit.tae, proposal, "@박소라 님 어떠세요?")

    assert told() == set()
    assert "mention" not in section(door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/"), f"comment-{comment.pk}")


def test_the_longer_name_is_the_one_that_is_meant(hanbit, proposal):
    longer = User.objects.create_user("long@hanbit.example", name="박소라 주무관", institution=hanbit.board.institution)
    commented(hanbit.tae, proposal, "@박소라 주무관 님이 아십니다.")

    assert told() == {longer}


@pytest.mark.parametrize("key", ["hana", "boss", "rio"])
def test_who_may_not_read_the_proposal_is_not_told(hanbit, proposal, key):
    commented(hanbit.tae, proposal, f"@{hanbit.people[key].name} 님 보세요.")

    assert told() == set()
    assert not Mention.objects.exists()


def test_staff_of_a_closed_board_are_not_told(hanbit, proposal):
    Board.objects.filter(pk=hanbit.board.pk).update(closed=True)
    proposal.refresh_from_db()
    commented(hanbit.tae, proposal, f"@{hanbit.staff.name} 님 보세요.")

    assert told() == set()


def test_who_is_called_hears_of_it_once(hanbit, proposal):
    first = commented(hanbit.sora, proposal, "첫 의견")
    commented(hanbit.tae, proposal, f"@박소라 @박소라 님과 @{hanbit.jun.name} 님", parent=first)

    assert told() == {hanbit.sora, hanbit.jun}
    assert told("comment_posted") == {hanbit.jun}, "of the first comment, not of the one that called"
    talk = Notification.objects.filter(event__verb__in=("people_mentioned", "comment_posted"))
    assert talk.filter(person=hanbit.sora).count() == 1


def test_who_calls_themselves_hears_nothing(hanbit, proposal):
    commented(hanbit.sora, proposal, "@박소라 메모")

    assert told() == set()


def test_an_edit_tells_only_those_it_calls_anew(hanbit, proposal):
    comment = commented(hanbit.tae, proposal, "@박소라 님")
    told()
    edit_comment(comment, by=hanbit.tae, stance="for", body=f"@박소라 님, @{hanbit.jun.name} 님")

    assert told() == {hanbit.sora, hanbit.jun}
    assert Notification.objects.filter(event__verb="people_mentioned", person=hanbit.sora).count() == 1
    edit_comment(comment, by=hanbit.tae, stance="for", body="아무도 부르지 않습니다.")
    assert not comment.mentions.exists()


def test_in_code_and_in_markup_a_mention_stays_harmless_text(hanbit, door, proposal):
    comment = commented(hanbit.tae, proposal, "`@박소라` **@박소라** <b>@박소라</b>")

    shown = section(door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/"), f"comment-{comment.pk}")
    assert "<code>@박소라</code>" in shown
    assert '<strong><span class="mention">@박소라</span></strong>' in shown
    assert "<b>" not in shown


@given(st.text(alphabet="@ 김이박님씨준호.\n", max_size=60))
def test_whoever_is_marked_stands_among_those_who_may_be_meant(text):
    offered = {name for names in calls(text) for name in names}
    pattern = called(offered)
    for found in pattern.finditer(text) if pattern else ():
        assert found[0][1:] in offered
