"""What the pages of a room read."""

import uuid

from boards.rooms.forms import MessageForm
from boards.rooms.models import Message, Room
from boards.rooms.policy import RoomPolicy
from forum.events.queries import head_of
from forum.web.paging import page_before

PAGE = 50


def room_page(room: Room, person, before: str | None = None, form: MessageForm | None = None) -> dict:
    """The newest messages or those before a cursor, oldest first, and where the page stands on the stream."""
    stream = head_of(room.stream)
    page = page_before(Message.objects.shown().filter(room=room), before, PAGE)
    policy = RoomPolicy(person, room)
    return {
        "room": room,
        "stream": stream,
        "messages": page.items[::-1],
        "before": page.before,
        "older": before,
        "may_post": policy.post,
        "may_manage": policy.manage,
        "form": form or MessageForm(initial={"client_id": uuid.uuid4()}),
    }
