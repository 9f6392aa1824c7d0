"""`with verb():` and `record()`: what happened is written with what changed, numbered as the last statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.dispatch import Signal

from forum.events.models import Event, Stream
from forum.events.vocabulary import VERBS, Actor

# Sent after the commit of an act: `events` it recorded, and the names of the snapshots that are `stale` now.
event_committed = Signal()

SYSTEM = None


@dataclass
class _Act:
    events: list[tuple[str | None, Event]] = field(default_factory=list)
    stale: set[str] = field(default_factory=set)
    broken: bool = False


_act: ContextVar[_Act | None] = ContextVar("act", default=None)


@contextmanager
def verb() -> Iterator[None]:
    """Open the outermost transaction of an act, or join the one that is open.

    The exit of the outermost one numbers the events, stream by stream in ascending order, so that two acts that touch
    the same streams wait for each other and never deadlock. An inner act's exception may not be swallowed: the outer
    one then raises RuntimeError and nothing is written.
    """
    outer = _act.get()
    if outer is not None:
        try:
            yield
        except BaseException:
            outer.broken = True
            raise
        return
    act = _Act()
    token = _act.set(act)
    try:
        with transaction.atomic(durable=True):
            yield
            if act.broken:
                raise RuntimeError("An inner verb failed and its exception was swallowed.")
            events = _write(act.events)
            if events or act.stale:
                transaction.on_commit(
                    lambda: event_committed.send_robust(sender=Event, events=events, stale=sorted(act.stale))
                )
    finally:
        _act.reset(token)


def record(name: str, *, about: models.Model, by, stream: str | None, **data) -> Event:
    """Collect the event of the act under way; raise RuntimeError outside `with verb():`.

    `by` is the person who acts, or SYSTEM; the vocabulary decides whether the row keeps it. `stream` is the name of an
    existing stream, or None for a sealed act. `data` may hold ids and figures only.
    """
    act = _act.get()
    if act is None:
        raise RuntimeError(f"{name} was recorded outside a verb.")
    word = VERBS[name]
    if (stream or "").partition(":")[0] != (word.stream or ""):
        raise ValueError(f"{name} lies on a stream of kind {word.stream}, not on {stream}.")
    event = Event(verb=name, actor=by if word.actor is Actor.KEPT else None, data=data)
    event.about_type = ContentType.objects.get_for_model(about)
    event.about_id = about.pk
    if not word.told:
        event.told_at = event.at
    act.events.append((stream, event))
    return event


def stale(name: str) -> None:
    """Tell, after commit, that a snapshot (`turnout:7`, `support:3`, `badge:12`) must be read again."""
    act = _act.get()
    if act is None:
        raise RuntimeError(f"{name} went stale outside a verb.")
    act.stale.add(name)


def _write(collected: list[tuple[str | None, Event]]) -> list[Event]:
    if not collected:
        return []
    names = {name for name, _ in collected if name}
    streams = dict(Stream.objects.filter(name__in=names).values_list("name", "id")) if names else {}
    if missing := names - streams.keys():
        raise LookupError(f"No such stream: {', '.join(sorted(missing))}.")
    for name, stream_id in sorted(streams.items(), key=lambda item: item[1]):
        events = [event for its, event in collected if its == name]
        head = _advance(stream_id, len(events))
        for number, event in enumerate(events, start=head - len(events) + 1):
            event.stream_id, event.number = stream_id, number
    return Event.objects.bulk_create([event for _, event in collected])


def _advance(stream_id: int, by: int) -> int:
    """Take `by` numbers under the stream's row lock, held until commit, so that commit order is number order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE forum_stream SET head = head + %s WHERE id = %s RETURNING head",
            [by, stream_id],
        )
        return cursor.fetchone()[0]
