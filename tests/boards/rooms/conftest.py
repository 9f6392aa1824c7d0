"""What the tests of rooms share: sending as a browser does, with a script and without."""

import re
import uuid

import pytest

from boards.rooms.actions import post_message
from boards.rooms.models import Message, Room

SCRIPT = {"X-Fragment": "1"}


@pytest.fixture
def door(client):
    """The front door of a room as one person at a time uses it."""
    return Door(client)


class Door:
    def __init__(self, client) -> None:
        self.client = client

    def enter(self, person) -> "Door":
        self.client.force_login(person)
        return self

    def get(self, path: str, *, script: bool = False, **query):
        return self.client.get(path, query, headers=SCRIPT if script else None)

    def post(self, path: str, *, script: bool = False, **data):
        return self.client.post(path, data, headers=SCRIPT if script else None)

    def send(self, room, body: str, *, client_id=None, script: bool = False):
        client_id = client_id or uuid.uuid4()
        return self.post(f"/rooms/{room.pk}/messages/", script=script, body=body, client_id=str(client_id))


def bodies(response) -> list[str]:
    """The texts of the messages on a page, from top to bottom."""
    return re.findall(r'<div class="message-body[^"]*">\s*<p>(.*?)</p>', response.content.decode(), re.DOTALL)


def text(response) -> str:
    return response.content.decode()


def without_tokens(response) -> str:
    """The page without what differs from one answer to the next."""
    return re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"', "", text(response))


def wrote(author, room: Room, body: str) -> Message:
    return post_message(room, author=author, body=body, client_id=uuid.uuid4())
