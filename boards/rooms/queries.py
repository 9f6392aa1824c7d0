"""What the pages of a room read."""

import uuid
from dataclasses import dataclass, field
from datetime import date

from django.db.models import BigIntegerField, Case, IntegerField, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from boards.membership.models import Board
from boards.membership.policy import BoardPolicy
from boards.moderation.policy import ContentPolicy
from boards.proposals.models import Proposal
from boards.rooms.forms import MessageForm
from boards.rooms.fragments import COLUMNS, Row, html_of_all
from boards.rooms.models import Kind, Message, Place, Room
from boards.rooms.policy import MessagePolicy, RoomPolicy
from boards.rooms.states import State
from forum.events.queries import head_of
from forum.prepared import Given, prepared

PAGE = 50
MOST_COUNTED = 100  # unread messages; where there are more, that many and "+" is said


class CountUpTo(Subquery):
    """How many rows a sliced queryset finds: the slice is the most that are looked at, however many there are."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def with_unread(rooms: QuerySet[Room], person):
    """Add to each room the person's `place` and how many messages of others they have `unread` after it."""
    place = Place.objects.filter(room=OuterRef("pk"), person=person).values("message")
    said = Message.objects.filter(room=OuterRef("pk"), pk__gt=OuterRef("place")).readable().exclude(author=person)
    counted = CountUpTo(said.values("pk")[:MOST_COUNTED])
    return rooms.annotate(place=Coalesce(Subquery(place), 0, output_field=BigIntegerField())).annotate(unread=counted)


def rooms_of(board: Board, person):
    """The rooms of a board, closed ones last, in the order they were made, with what the person has not read there."""
    shut = Case(When(state=State.CLOSED, then=1), default=0)
    return with_unread(board.rooms.select_related("proposal"), person).order_by(shut, "pk")


def unread_on(board: Board, person) -> int:
    """How much a person who may enter the rooms of a board has not read in all of them together."""
    return sum(unread for (unread,) in _unread(board.pk, person.pk))


@prepared
def _unread(board: Given, person: Given) -> QuerySet:
    return with_unread(Room.objects.filter(board=board), person).values_list("unread")


def room_of(proposal: Proposal, person) -> dict:
    """The room of a proposal as this person finds it: to enter, to open, or nothing of it."""
    rooms = Room.objects.visible_to(person).filter(proposal=proposal)
    room = with_unread(rooms, person).first()
    return {"room": room, "may_open": room is None and BoardPolicy(person, proposal.board).manage}


def room_name(proposal: Proposal) -> str:
    """What a proposal's room may be called to begin with: not by its title, which may be hidden one day."""
    return str(proposal.number)


def message_acts(message: Message, person) -> dict:
    """What the person may do with a message, and which signs of theirs stand under it."""
    policy = MessagePolicy(person, message)
    mine = {it.kind for it in message.reactions.all() if it.person_id == person.pk}
    return {
        "message": message,
        "may_react": policy.react,
        "kinds": [(kind, kind in mine) for kind in Kind],
        "may_draft": policy.draft,
        "may_comment": policy.comment,
        "may_edit": policy.edit,
        "may_delete": policy.delete,
        "may_hide": ContentPolicy(person, message).hide,
        "content_policy": ContentPolicy(person, message),
    }


def composer(room: Room, policy: RoomPolicy, form: MessageForm | None = None, quoted: Message | None = None) -> dict:
    """What the person may write in the room; the client id is always new, so that a refused text can be sent again."""
    if form is not None and form.is_bound:
        quoted = form.cleaned_data.get("quoted")
    return {
        "room": room,
        "may_post": policy.post,
        "form": form or MessageForm(room=room),
        "quoted": quoted,
        "client_id": uuid.uuid4(),
    }


def state_panel(room: Room, policy: RoomPolicy) -> dict:
    """Whether the room is open, who shut it and why, and what its moderator can do about it."""
    return {"room": room, "turn": None if room.state == State.OPEN else room.last_turn, "may_manage": policy.manage}


@dataclass(frozen=True)
class Window:
    """Some successive messages, oldest first; `older` and `newer` are cursors to what lies around them.

    `live` is the room as it is now, up to the newest message.
    """

    log: list[Row]
    older: int | None
    newer: int | None = None
    live: bool = False


@dataclass
class Run:
    """Successive messages with nothing between them; before the first may stand how far one had read, and its day."""

    first: int
    unread: bool
    day: date | None
    messages: list[SafeString] = field(default_factory=list)

    @property
    def html(self) -> SafeString:
        return mark_safe("\n".join(self.messages))  # noqa: S308 - rendered by the template


def runs(log: list[Row], first_unread: int | None) -> list[Run]:
    """Return the messages as they are shown, parted where a day begins and where one had read to."""
    html, found, last = html_of_all(log), [], None
    for row in log:
        day, unread = timezone.localdate(row.created_at), row.pk == first_unread
        if day != last or unread:
            found.append(Run(row.pk, unread, day if day != last else None))
        found[-1].messages.append(html[row.pk])
        last = day
    return found


def window(room: Room, *, before: str | None = None, after: str | None = None, at: str | None = None) -> Window:
    """Look before, after or around a message; what reaches the newest one is the room as it is now."""
    if until := _cursor(before):
        log, older = _newest(room.messages.filter(pk__lt=until), PAGE)
        return Window(log, older, log[-1].pk if log else None)
    since = _cursor(at) or _cursor(after)
    if since and room.messages.filter(pk__gt=since)[:PAGE].count() == PAGE:
        log, older = _newest(room.messages.filter(pk__lte=since), PAGE // 2) if _cursor(at) else ([], None)
        log = log + _rows(room.messages.filter(pk__gt=since).order_by("pk")[: PAGE - len(log)])
        return Window(log, older if _cursor(at) else log[0].pk, log[-1].pk)
    return Window(*_newest(room.messages.all(), PAGE), live=True)


def _newest(said: QuerySet[Message], size: int) -> tuple[list[Row], int | None]:
    """The newest so many, oldest first, and the cursor of what was said before them."""
    found = _rows(said.order_by("-pk")[: size + 1])
    return found[:size][::-1], found[size - 1].pk if len(found) > size else None


def _rows(said: QuerySet[Message]) -> list[Row]:
    return [Row._make(row) for row in said.values_list(*COLUMNS)]


def _cursor(given: str | None) -> int:
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 19 else 0


def place_of(message: Message) -> str:
    """Return the address at which a message stands in its room, with what was said around it."""
    return f"/rooms/{message.room_id}/?at={message.pk}#message-{message.pk}"


def room_page(
    room: Room,
    person,
    *,
    before: str | None = None,
    after: str | None = None,
    at: str | None = None,
    quoted: str | None = None,
    form: MessageForm | None = None,
) -> dict:
    """A window of what was said, where the page stands on the stream, and how far the person had read before."""
    stream = head_of(room.stream)
    policy = RoomPolicy(person, room)
    seen = window(room, before=before, after=after, at=at)
    mine = with_unread(Room.objects.filter(pk=room.pk), person).get()
    unread = [it for it in seen.log if it.pk > mine.place and it.author_id != person.pk and it.readable]
    first_unread = unread[0].pk if unread and mine.place and seen.live else None
    cites = Message.objects.shown().filter(room=room, pk=_cursor(quoted)).first() if quoted else None
    return {
        "stream": stream,
        "window": seen,
        "place": mine.place,
        "unread_here": mine.unread,
        "runs": runs(seen.log, first_unread),
        "read_elsewhere": mine.place and seen.live and mine.unread > len(unread),
        **state_panel(room, policy),
        **composer(room, policy, form, cites),
    }
