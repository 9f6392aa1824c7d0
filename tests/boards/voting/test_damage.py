"""A sealed box or a key that is not what it should be, and what is kept for how long."""

from datetime import timedelta

import pytest
from django.utils import timezone

from boards.escalation.models import Escalation
from boards.membership.models import Mode
from boards.proposals.models import Proposal
from boards.voting.models import Ballot, SealedVote, Tally
from forum.clock import run_once
from forum.events.models import Event
from forum.notifications.models import Notification
from forum.sealing.keystore import key_store
from tests.boards.voting.balloting import NO, YES, cast, counted, finished, opened, panel_of, words_of


def _other_envelope(ballot: Ballot) -> None:
    one, two = SealedVote.objects.order_by("pk")[:2]
    SealedVote.objects.filter(pk=one.pk).update(envelope=two.envelope)


def _set_back(ballot: Ballot) -> None:
    """Put an earlier, genuine envelope of the voter back."""
    vote = SealedVote.objects.order_by("pk").first()
    old = (vote.envelope, vote.version, vote.mac)
    cast(ballot, [vote.entry.person], NO)
    SealedVote.objects.filter(pk=vote.pk).update(envelope=old[0], version=old[1], mac=old[2])


TAMPERED = {
    "an envelope replaced": _other_envelope,
    "a vote set back to an earlier one": _set_back,
    "a vote removed": lambda ballot: SealedVote.objects.order_by("pk").first().delete(),
    "a version raised": lambda ballot: SealedVote.objects.filter(
        pk=SealedVote.objects.order_by("pk").first().pk
    ).update(version=2),
    "a mac changed": lambda ballot: SealedVote.objects.filter(pk=SealedVote.objects.order_by("pk").first().pk).update(
        mac=b"\0" * 32
    ),
    "an entry of the log removed": lambda ballot: Event.objects.filter(verb="vote_cast").first().delete(),
    "an accepted hash removed": lambda ballot: ballot.accepted.order_by("hash").first().delete(),
}


@pytest.mark.parametrize("tamper", TAMPERED.values(), ids=TAMPERED)
def test_a_tampered_box_stops_the_count_and_waits_for_the_moderator(hanbit, door, keys, tamper):
    ballot = opened(hanbit, Mode.SEALED)
    cast(ballot, hanbit.members, *[YES] * 9)
    tamper(ballot)

    ballot = finished(ballot)
    run_once("counter")

    assert ballot.state == "counting"
    assert ballot.alarm
    panel = panel_of(door.enter(hanbit.sora), ballot)
    assert "개표를 멈췄습니다" in panel
    assert ballot.alarm in panel
    assert not Tally.objects.exists()
    assert not Escalation.objects.exists()
    assert Event.objects.filter(verb="ballot_alarmed").count() == 1
    run_once("worker")
    assert Notification.objects.filter(event__verb="ballot_alarmed").values_list("person", "must").get() == (
        hanbit.minji.pk,
        True,
    )
    answer = door.enter(hanbit.minji).post(f"/ballots/{ballot.pk}/void/", reason="투표함이 손상되었습니다.")
    assert answer.status_code == 302
    assert Ballot.objects.get().state == "void"


def test_a_vote_put_in_by_hand_is_found(hanbit, keys):
    ballot = opened(hanbit, Mode.SEALED)
    cast(ballot, hanbit.members, *[YES] * 8)
    copied = SealedVote.objects.first()
    free = ballot.roll.exclude(pk__in=SealedVote.objects.values("entry")).first()
    SealedVote.objects.create(entry=free, envelope=copied.envelope, version=1, mac=copied.mac)

    assert finished(ballot).alarm


def test_a_lost_key_stops_the_count_until_the_moderator_voids_it(hanbit, door, keys):
    ballot = opened(hanbit, Mode.SEALED)
    cast(ballot, hanbit.members, *[YES] * 9)
    [name] = keys.names()
    keys.destroy(name)

    ballot = finished(ballot)
    run_once("counter")

    assert (ballot.state, Event.objects.filter(verb="ballot_alarmed").count()) == ("counting", 1)
    assert "열쇠를 찾지 못했습니다" in panel_of(door.enter(hanbit.sora), ballot)
    door.enter(hanbit.minji).post(f"/ballots/{ballot.pk}/void/", reason="열쇠를 잃었습니다.")
    assert Ballot.objects.get().state == "void"
    assert Proposal.objects.values_list("state", "round").get() == ("open", 2)
    assert not Escalation.objects.exists()


def test_an_empty_folder_in_place_of_the_store_costs_no_ballot(hanbit, keys, settings, tmp_path):
    """A volume that is not mounted leaves an empty folder behind."""
    ballot = opened(hanbit, Mode.SEALED)
    cast(ballot, hanbit.members, *[YES] * 9)
    there, settings.KEY_STORE = settings.KEY_STORE, tmp_path / "empty"
    settings.KEY_STORE.mkdir()
    assert finished(ballot).alarm

    settings.KEY_STORE = there
    run_once("counter")

    ballot = Ballot.objects.get()
    assert (ballot.state, ballot.alarm) == ("passed", "")
    assert Escalation.objects.count() == 1


def test_a_store_that_is_away_for_a_while_costs_no_ballot(hanbit, keys, settings, tmp_path):
    ballot = opened(hanbit, Mode.SEALED)
    cast(ballot, hanbit.members, *[YES] * 9)
    there, settings.KEY_STORE = settings.KEY_STORE, tmp_path / "not mounted"
    assert finished(ballot).state == "counting"

    settings.KEY_STORE = there
    run_once("counter")

    assert Ballot.objects.get().state == "passed"


def test_what_cannot_be_counted_in_fourteen_days_is_void(hanbit, door, keys):
    ballot = opened(hanbit, Mode.SEALED)
    cast(ballot, hanbit.members, *[YES] * 9)
    SealedVote.objects.order_by("pk").first().delete()
    finished(ballot)
    Ballot.objects.update(closed_at=timezone.now() - timedelta(days=15))

    run_once("clock")

    assert Ballot.objects.get().state == "void"
    assert "14일 안에 개표하지 못해" in panel_of(door.enter(hanbit.sora), ballot)


def test_keys_and_envelopes_are_destroyed_after_the_appeal_window_and_the_result_stays(hanbit, door, keys):
    ballot = counted(hanbit, Mode.SEALED, *[YES] * 6, NO, NO, NO)
    run_once("counter")
    assert keys.names()
    Ballot.objects.update(decided_at=timezone.now() - timedelta(days=31))

    run_once("counter")

    assert key_store().names() == []
    assert not SealedVote.objects.exists()
    assert "찬성 6 반대 3 기권 0" in words_of(panel_of(door.enter(hanbit.sora), ballot))
    assert Event.objects.filter(verb="ballot_key_destroyed").count() == 1
