"""An act writes what it changed and what it was in one transaction, or nothing of both."""

import contextlib

import pytest
from django.db import transaction
from django.dispatch import receiver

from forum.accounts.models import User
from forum.events.models import Event, Stream
from forum.events.recording import SYSTEM, event_committed, record, stale, verb
from forum.locks import own, share


@pytest.fixture
def heard():
    """What `event_committed` told while the test ran."""
    told = []

    @receiver(event_committed, weak=False)
    def hear(sender, events, stale, **kwargs):
        told.append(([(event.verb, event.number) for event in events], stale))

    yield told
    event_committed.disconnect(hear)


def say(world, name: str = "member_added", by=SYSTEM):
    return record(name, about=world.board, by=by, stream=world.board.stream)


def fail(world) -> None:
    with verb():
        say(world)
        raise ZeroDivisionError


def swallow(world) -> None:
    with contextlib.suppress(ZeroDivisionError):
        fail(world)


def test_events_are_numbered_in_the_order_of_their_stream_without_holes(hanbit):
    before = Stream.objects.get(name=hanbit.board.stream).head
    with verb():
        first, second = say(hanbit), say(hanbit)
    assert (first.number, second.number) == (before + 1, before + 2)
    numbers = list(Event.objects.on(hanbit.board.stream).values_list("number", flat=True))
    assert numbers == list(range(1, before + 3))


def test_a_failing_act_writes_no_event_and_takes_no_number(hanbit):
    before = Stream.objects.get(name=hanbit.board.stream).head
    with pytest.raises(ZeroDivisionError):
        fail(hanbit)
    assert Stream.objects.get(name=hanbit.board.stream).head == before


def test_an_inner_act_joins_the_outer_one(hanbit, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), verb():
        say(hanbit)
        with verb():
            say(hanbit, "membership_changed")
        assert heard == []
    [(events, _stale)] = heard
    assert [name for name, _number in events] == ["member_added", "membership_changed"]


def test_an_outer_act_cannot_swallow_the_failure_of_an_inner_one(hanbit):
    before = Event.objects.count()
    with pytest.raises(RuntimeError, match="swallowed"), verb():
        swallow(hanbit)
    assert Event.objects.count() == before


def test_stale_snapshots_are_told_after_commit_once_each(hanbit, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), verb():
        stale("support:3")
        stale("support:3")
    assert heard == [([], ["support:3"])]


@pytest.mark.parametrize("call", [lambda world: say(world), lambda world: stale("support:1")])
def test_nothing_is_recorded_outside_an_act(hanbit, call):
    with pytest.raises(RuntimeError, match="outside"):
        call(hanbit)


def test_a_verb_that_is_in_no_vocabulary_is_refused(hanbit):
    with pytest.raises(KeyError), verb():
        say(hanbit, "proposal_teleported")


def test_a_verb_lies_on_its_own_kind_of_stream_only(hanbit):
    with pytest.raises(ValueError, match="stream of kind proposal"), verb():
        say(hanbit, "proposal_opened")


def test_a_sealed_act_keeps_no_actor_and_lies_on_no_stream(hanbit):
    with verb():
        event = record("vote_cast", about=hanbit.board, by=hanbit.jun, stream=None)
    event.refresh_from_db()
    assert (event.actor, event.stream, event.number) == (None, None, None)


def test_what_has_no_audience_counts_as_told(hanbit):
    with verb():
        silent = record("board_founded", about=hanbit.board, by=hanbit.minji, stream=hanbit.board.stream)
        told = say(hanbit)
    assert silent.told_at is not None
    assert told.told_at is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lock", [own, share])
def test_a_row_is_locked_inside_a_transaction_only(lock):
    person = User.objects.create_user("one@hanbit.example", name="하나")
    with pytest.raises(transaction.TransactionManagementError):
        lock(person)
    with transaction.atomic():
        assert lock(person) == person
