"""Acts in a live room."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from boards.membership.models import Board
from boards.membership.policy import BoardPolicy
from boards.policy import demand
from boards.rooms.models import Message, Room
from boards.rooms.policy import MessagePolicy, RoomPolicy
from boards.rooms.states import State
from forum.events.models import Stream
from forum.events.recording import record, verb
from forum.locks import own
from forum.web.errors import WrongState
from forum.web.repeats import body_hash, same_again, saved_once


def open_room(board: Board, *, by, name: str) -> Room:
    """Make a room with its stream; raise WrongState when the board has one of that name."""
    with verb():
        demand(BoardPolicy(by, board).manage)
        return found_room(board, by=by, name=name)


def found_room(board: Board, *, by, name: str) -> Room:
    """Make a room without asking a policy: for `open_room` and for the founding of a board."""
    with verb():
        try:
            with transaction.atomic():
                room = Room.objects.create(board=board, name=name, opened_by=by)
        except IntegrityError as error:
            raise WrongState(_("같은 이름의 토론방이 이미 있습니다. 다른 이름을 써 주세요.")) from error
        Stream.objects.create(name=room.stream, parent=Stream.objects.get(name=board.stream))
        record("room_opened", about=room, by=by, stream=room.stream)
    return room


def close_room(room: Room, *, by) -> Room:
    """Close the room: it stays readable."""
    return _turn(room, by=by, state=State.CLOSED, name="room_closed")


def reopen_room(room: Room, *, by) -> Room:
    return _turn(room, by=by, state=State.OPEN, name="room_opened")


def _turn(room: Room, *, by, state: State, name: str) -> Room:
    with verb():
        room = own(room)
        demand(RoomPolicy(by, room).manage)
        room.move_to(state)
        record(name, about=room, by=by, stream=room.stream)
    return room


def post_message(room: Room, *, author, body: str, client_id: UUID) -> Message:
    """Add a message; the same `client_id` again returns the first one, `repeated`; with another body it is a Conflict.

    Hot: the own row is written first, the stream's lock is taken last.
    """
    with verb():
        policy = RoomPolicy(author, room)
        demand(policy.read)
        digest = body_hash(body)
        mine = Message.objects.filter(room=room, author=author, client_id=client_id)
        if (earlier := _again(mine, digest)) is not None:
            return earlier
        demand(policy.post)
        message = Message(room=room, author=author, body=body, client_id=client_id, body_hash=digest)
        if not saved_once(message):
            return _again(mine, digest)  # type: ignore[return-value] # it is there: that kept ours out
        record("message_posted", about=message, by=author, stream=room.stream)
    return message


def _again(mine: QuerySet[Message], digest: str) -> Message | None:
    earlier = same_again(mine, digest)
    if earlier is not None:
        earlier.repeated = True
    return earlier


def edit_message(message: Message, *, by, body: str) -> Message:
    """Replace the text of one's own message and mark it as edited."""
    with verb():
        message = own(message)
        demand(MessagePolicy(by, message).edit)
        message.body, message.edited_at = body, timezone.now()
        message.save(update_fields=["body", "edited_at"])
        record("message_edited", about=message, by=by, stream=message.stream)
    return message


def delete_message(message: Message, *, by) -> Message:
    """Take the text of one's own message away; its place stays."""
    with verb():
        message = own(message)
        demand(MessagePolicy(by, message).delete)
        message.body, message.deleted_at = "", timezone.now()
        message.save(update_fields=["body", "deleted_at"])
        record("message_deleted", about=message, by=by, stream=message.stream)
    return message
