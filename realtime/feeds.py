"""What can be listened to: for each kind of stream and snapshot its gate, and the partial it is shown with."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.template.loader import render_to_string
from django.utils import translation

from boards.discussion import fragments as comments
from boards.discussion.models import Comment
from boards.discussion.queries import overview, rows_of
from boards.membership.models import Board
from boards.proposals.models import Proposal
from boards.rooms import fragments as messages
from boards.rooms.models import Message, Room
from boards.voting.models import Ballot
from boards.voting.queries import votes_cast
from forum.accounts.models import User
from forum.events.models import Event, Stream
from forum.events.vocabulary import VERBS, Live
from forum.notifications.models import Notification
from realtime.presence import presence

# After these, whatever quotes the message is shown anew.
CHANGES_QUOTES = {"message_edited", "message_deleted", "message_hidden", "message_restored"}
MOST_EVENTS = 500  # a longer gap is not caught up: the page is read again


@dataclass(frozen=True)
class Item:
    """One thing as every reader sees it, and its place in the list."""

    id: str
    order: str
    html: str


@dataclass(frozen=True)
class Frame:
    """What happened on a stream after `since` up to `to`, whole; `panels` says that personal panels are out of date."""

    stream: str
    epoch: str
    since: int
    to: int
    items: list[Item] = field(default_factory=list)
    panels: bool = False

    def message(self) -> dict:
        return {
            "type": "frame",
            "stream": self.stream,
            "epoch": self.epoch,
            "from": self.since,
            "to": self.to,
            "items": [{"id": item.id, "order": item.order, "html": item.html} for item in self.items],
            "panels": self.panels,
        }

    @cached_property
    def text(self) -> str:
        """The message as it is sent, put together once for all sockets."""
        return json.dumps(self.message(), ensure_ascii=False)


def read_frames(name: str, since: int, epoch: str | None, languages: set[str]) -> dict[str, Frame] | None:
    """Return a frame for each language, None when it cannot be whole: another epoch, or too long a gap."""
    stream = Stream.objects.filter(name=name).first()
    if stream is None or (epoch is not None and epoch != str(stream.epoch)) or since > stream.head:
        return None
    if stream.head - since > MOST_EVENTS:
        return None
    events = list(stream.events.filter(number__gt=since, number__lte=stream.head).select_related("about_type"))
    shown = _shown(events)
    panels = any(_live(event) is Live.PANELS for event in events)
    frames = {}
    for language in languages:
        with translation.override(language):
            items = [_item(thing) for thing in shown]
        frames[language] = Frame(name, str(stream.epoch), since, stream.head, items, panels)
    return frames


def _live(event: Event) -> Live:
    """What pages do; a verb of a newer version, met while it is being installed, makes them read their panels again."""
    return VERBS[event.verb].live if event.verb in VERBS else Live.PANELS


def _shown(events: list[Event]) -> list:
    """The comments and messages the events are about, each once, as they are now."""
    ids: dict[str, set[int]] = {"comment": set(), "message": set()}
    for event in events:
        if _live(event) is Live.ITEM:
            ids[event.about_type.model].add(event.about_id)
    if changed := {event.about_id for event in events if event.verb in CHANGES_QUOTES}:
        ids["message"].update(Message.objects.filter(quoted__in=changed).values_list("pk", flat=True))
    said = list(Comment.objects.shown().filter(pk__in=ids["comment"])) if ids["comment"] else []
    talk = list(Message.objects.shown().filter(pk__in=ids["message"]).order_by("pk")) if ids["message"] else []
    return said + talk


def _item(thing) -> Item:
    if isinstance(thing, Message):
        return Item(f"message-{thing.pk}", f"{thing.pk:020d}", messages.html_of(thing))
    return Item(f"comment-{thing.pk}", thing.path, comments.html_of(thing))


# --- Gates: the same queryset that decides whether the page can be read ----------------------------------------------

Gate = Callable[[User, set[int]], Iterable[int]]


def _proposals(person: User, ids: set[int]) -> Iterable[int]:
    return Proposal.objects.visible_to(person).published().filter(pk__in=ids).values_list("pk", flat=True)


def _rooms(person: User, ids: set[int]) -> Iterable[int]:
    return Room.objects.visible_to(person).filter(pk__in=ids).values_list("pk", flat=True)


def _boards(person: User, ids: set[int]) -> Iterable[int]:
    return Board.objects.visible_to(person).filter(pk__in=ids).values_list("pk", flat=True)


def _ballots(person: User, ids: set[int]) -> Iterable[int]:
    return Ballot.objects.visible_to(person).filter(pk__in=ids).values_list("pk", flat=True)


STREAMS: dict[str, Gate] = {"proposal": _proposals, "room": _rooms, "board": _boards}

SNAPSHOTS: dict[str, Gate] = {
    "support": _proposals,
    "discussion": _proposals,
    "turnout": _ballots,
    "presence": _rooms,
    "badge": lambda person, ids: ids & {person.pk},
}

NAME = re.compile(r"([a-z]+):([1-9][0-9]{0,17})", re.ASCII)


def audible(person: User, names: Iterable[str]) -> set[str]:
    """Return those streams and snapshots the person may hear, with one query a kind.

    A name nobody knows is left out like one that is hidden.
    """
    asked: dict[str, set[int]] = {}
    for name in names:
        if (match := NAME.fullmatch(name)) and (match[1] in STREAMS or match[1] in SNAPSHOTS):
            asked.setdefault(match[1], set()).add(int(match[2]))
    return {f"{kind}:{pk}" for kind, ids in asked.items() for pk in (STREAMS.get(kind) or SNAPSHOTS[kind])(person, ids)}


def may_listen(person: User, name: str) -> bool:
    """Ask the gate of a stream."""
    return name.partition(":")[0] in STREAMS and name in audible(person, [name])


def may_watch(person: User, name: str) -> bool:
    """Ask the gate of a snapshot."""
    return name.partition(":")[0] in SNAPSHOTS and name in audible(person, [name])


def render_snapshot(name: str, language: str) -> str | None:
    """Return a snapshot's HTML as it is now, None when the thing is gone."""
    kind, _colon, pk = name.partition(":")
    with translation.override(language):
        return _SNAPSHOT_PARTIALS[kind](int(pk))


def _support(pk: int) -> str | None:
    proposal = Proposal.objects.filter(pk=pk).first()
    return render_to_string("support/_progress.html", {"proposal": proposal}) if proposal else None


def _discussion(pk: int) -> str | None:
    proposal = Proposal.objects.filter(pk=pk).first()
    if proposal is None:
        return None
    context = {"proposal": proposal, "overview": overview(rows_of(proposal))}
    return render_to_string("discussion/_overview.html", context)


def _turnout(pk: int) -> str | None:
    ballot = Ballot.objects.filter(pk=pk).first()
    if ballot is None:
        return None
    return render_to_string("voting/_turnout.html", {"ballot": ballot, "cast": votes_cast(ballot)})


def _presence(pk: int) -> str | None:
    return render_to_string("rooms/_presence.html", {"room_id": pk, "count": presence.count(pk)})


def _badge(pk: int) -> str | None:
    unread = Notification.objects.filter(person_id=pk).unread().count()
    return render_to_string("notifications/_badge.html", {"unread": unread})


_SNAPSHOT_PARTIALS: dict[str, Callable[[int], str | None]] = {
    "support": _support,
    "discussion": _discussion,
    "turnout": _turnout,
    "presence": _presence,
    "badge": _badge,
}
