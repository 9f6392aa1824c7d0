"""How the tests of rooms talk, and what they read."""

import re
import uuid

from boards.rooms.actions import post_message
from boards.rooms.models import Message, Room
from tests.boards.browsing import Door, text


def send(door: Door, room: Room, body: str, *, client_id=None, script: bool = False):
    """Send as whoever has entered."""
    client_id = str(client_id or uuid.uuid4())
    return door.post(f"/rooms/{room.pk}/messages/", script=script, body=body, client_id=client_id)


def wrote(author, room: Room, body: str) -> Message:
    return post_message(room, author=author, body=body, client_id=uuid.uuid4())


def bodies(response) -> list[str]:
    """The texts of the messages on a page, from top to bottom."""
    return re.findall(r'<div class="message-body[^"]*">\s*<p>(.*?)</p>', text(response), re.DOTALL)
