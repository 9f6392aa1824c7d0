"""What the pages of a room read."""

import uuid

from boards.membership.models import Board
from boards.rooms.forms import MessageForm
from boards.rooms.models import Message, Room
from boards.rooms.policy import RoomPolicy
from forum.events.queries import head_of
from forum.web.paging import page_before

PAGE = 50


def rooms_of(board: Board):
    """The rooms of a board, open ones first, in the order they were made."""
    return board.rooms.order_by("-state", "pk")


def composer(room: Room, person, form: MessageForm | None = None) -> dict:
    """What the person may do in the room; the client id is always new, so that a refused text can be sent again."""
    policy = RoomPolicy(person, room)
    return {
        "room": room,
        "may_post": policy.post,
        "may_manage": policy.manage,
        "form": form or MessageForm(),
        "client_id": uuid.uuid4(),
    }


def room_page(room: Room, person, before: str | None = None, form: MessageForm | None = None) -> dict:
    """The newest messages or those before a cursor, oldest first, and where the page stands on the stream."""
    stream = head_of(room.stream)
    page = page_before(Message.objects.shown().filter(room=room), before, PAGE)
    return {
        "stream": stream,
        "log": page.items[::-1],
        "before": page.before,
        "older": before,
        **composer(room, person, form),
    }
