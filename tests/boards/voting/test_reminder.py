"""One reminder on the last day of a ballot, to the whole roll: who has voted stays nobody's business."""

from datetime import timedelta

import pytest
from django.utils import timezone

from boards.membership.models import Mode
from boards.voting.actions import call_ballot, cast_ballot, open_ballot
from boards.voting.models import Ballot, Choice
from forum.clock import run_once
from forum.notifications.models import Notification
from forum.notifications.telling import tell
from tests.boards.browsing import published


@pytest.fixture
def ballot(hanbit, keys) -> Ballot:
    proposal = published(hanbit.jun, hanbit.board)
    call_ballot(proposal, by=hanbit.minji, mode=Mode.SEALED, reason="뜻을 묻습니다.")
    return open_ballot(proposal, keys=keys)


def ends_in(ballot: Ballot, hours: float, *, after_days: float = 14) -> None:
    closes = timezone.now() + timedelta(hours=hours)
    Ballot.objects.filter(pk=ballot.pk).update(closes_at=closes, opened_at=closes - timedelta(days=after_days))


def test_the_whole_roll_is_reminded_once_whoever_has_voted(hanbit, ballot):
    cast_ballot(ballot, voter=hanbit.sora, choice=Choice.YES)
    ends_in(ballot, 25)
    assert run_once("clock") == 0
    ends_in(ballot, 23)

    assert run_once("clock") == 1
    assert run_once("clock") == 0

    tell()
    reminded = Notification.objects.filter(event__verb="ballot_closing_soon")
    assert {it.person_id for it in reminded} == set(ballot.roll.values_list("person", flat=True))
    assert hanbit.sora.pk in {it.person_id for it in reminded}


def test_a_ballot_of_two_days_needs_no_reminder(ballot):
    ends_in(ballot, 23, after_days=2)
    assert run_once("clock") == 0


def test_a_ballot_whose_time_is_over_is_closed_and_not_reminded_of(ballot):
    ends_in(ballot, -1)
    assert run_once("clock") == 1
    assert Ballot.objects.get().state == "counting"
    assert Ballot.objects.get().reminded_at is None
