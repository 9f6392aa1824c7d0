"""Sixty people support at once.

Turns red when the crossing does not ask for `threshold_met_at=None` (31 crossings for a threshold of 30), when the
count is read and written instead of counted up (3 of 60 are left), and when `open_ballot` reads the proposal without
its lock (the clock fails on a constraint instead of finding the work done).
"""

from functools import partial

import pytest

from boards.proposals.models import Proposal
from boards.support.actions import support, withdraw_support
from boards.support.models import Support
from boards.voting.models import Ballot
from boards.voting.tasks import open_due_ballots
from forum.events.models import Event
from tests.concurrency.crowd import at_once, colleagues, kinds

CROWD = 60

pytestmark = pytest.mark.django_db(transaction=True)


def needs(proposal: Proposal, supporters: int) -> None:
    Proposal.objects.filter(pk=proposal.pk).update(support_needed=supporters)


@pytest.mark.parametrize("needed", [CROWD, CROWD // 2, 1])
def test_a_crowd_crosses_the_threshold_once_and_one_ballot_opens(hanbit, proposal, keys, threads, needed):
    needs(proposal, needed)
    crowd = colleagues(hanbit, CROWD)

    given = at_once([partial(support, proposal, by=person) for person in crowd], threads=threads)

    assert not kinds(given)
    proposal.refresh_from_db()
    assert (proposal.support_count, Support.objects.filter(proposal=proposal).count()) == (CROWD, CROWD)
    assert proposal.threshold_met_at is not None
    assert Event.objects.filter(verb="threshold_met", about_id=proposal.pk).count() == 1

    opened = at_once([open_due_ballots] * 4, threads=4)

    assert sorted(opened) == [0, 0, 0, 1]
    assert Ballot.objects.filter(proposal=proposal).count() == 1
    assert Event.objects.filter(verb="ballot_opened").count() == 1


def test_who_clicks_twice_in_two_windows_is_counted_once(hanbit, proposal, threads):
    crowd = colleagues(hanbit, CROWD // 4)

    given = at_once([partial(support, proposal, by=person) for person in crowd * 4], threads=threads)

    assert not kinds(given)
    proposal.refresh_from_db()
    assert proposal.support_count == len(crowd)


def test_giving_and_taking_back_at_once_leaves_as_many_as_are_counted(hanbit, proposal, threads):
    crowd = colleagues(hanbit, CROWD // 4)
    acts = [partial(act, proposal, by=person) for person in crowd for act in (support, withdraw_support) * 2]

    assert not kinds(at_once(acts, threads=threads))

    proposal.refresh_from_db()
    assert proposal.support_count == Support.objects.filter(proposal=proposal).count()
