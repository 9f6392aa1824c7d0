"""A page as the wire sees it: it listens, answers pings, and keeps what it was sent."""

import json
import time
import uuid
from contextlib import contextmanager

from django.conf import settings
from django.test import Client
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from boards.rooms.actions import post_message
from boards.rooms.models import Message, Room
from forum.events.queries import Head, head_of

PATIENCE = 10.0  # seconds something may take that should come


def cookie_of(person) -> str:
    """Sign the person in and return the cookie of the session."""
    client = Client()
    client.force_login(person)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def say(room: Room, author, body: str, client_id: uuid.UUID | None = None) -> Message:
    return post_message(room, author=author, body=body, client_id=client_id or uuid.uuid4())


class Page:
    """One socket. `items` holds the newest HTML of each thing by id, `frames` every frame of a stream in order."""

    def __init__(self, socket) -> None:
        self.socket = socket
        self.items: dict[str, str] = {}
        self.frames: list[dict] = []
        self.snapshots: dict[str, list[str]] = {}
        self.others: list[dict] = []
        self.answers_pings = True

    def listen(self, head: Head, *, since: int | None = None, epoch: str | None = None) -> None:
        number = head.number if since is None else since
        self.tell({"type": "listen", "stream": head.name, "epoch": epoch or head.epoch, "since": number})

    def listen_live(self, name: str) -> None:
        """Listen from where the stream stands now, and return when that is confirmed."""
        head = head_of(name)
        self.listen(head)
        self.until(lambda page: any(frame["stream"] == name for frame in page.frames))

    def watch(self, snapshot: str) -> None:
        self.tell({"type": "watch", "snapshot": snapshot})

    def tell(self, message: object) -> None:
        self.socket.send(message if isinstance(message, str | bytes) else json.dumps(message))

    def take(self, within: float) -> dict:
        """Take one message; raise TimeoutError when none comes."""
        message = json.loads(self.socket.recv(timeout=within))
        match message["type"]:
            case "frame":
                self.frames.append(message)
                self.items.update({item["id"]: item["html"] for item in message["items"]})
            case "snapshot":
                self.snapshots.setdefault(message["name"], []).append(message["html"])
            case "ping" if self.answers_pings:
                self.tell({"type": "pong"})
        if message["type"] not in ("frame", "snapshot"):
            self.others.append(message)
        return message

    def until(self, seen, within: float = PATIENCE) -> None:
        """Take messages until `seen(page)` holds."""
        deadline = time.monotonic() + within
        while not seen(self):
            self.take(max(0.0, deadline - time.monotonic()))

    def next(self, kind: str, within: float = PATIENCE) -> dict:
        """Take messages up to the next one of a type and return it."""
        deadline = time.monotonic() + within
        while (message := self.take(max(0.0, deadline - time.monotonic())))["type"] != kind:
            pass
        return message

    def shows(self, *bodies: str, within: float = PATIENCE) -> None:
        """Wait until every text has come in some item."""
        self.until(lambda page: all(any(body in html for html in page.items.values()) for body in bodies), within)

    def hears_nothing(self, within: float) -> None:
        """Take only pings for a while."""
        deadline = time.monotonic() + within
        while (left := deadline - time.monotonic()) > 0:
            try:
                message = self.take(left)
            except TimeoutError:
                return
            assert message["type"] == "ping", message

    def close_code(self, within: float = PATIENCE) -> int | None:
        """Wait until the server closes, and return its code, None when it said nothing."""
        deadline = time.monotonic() + within
        try:
            while True:
                self.take(max(0.0, deadline - time.monotonic()))
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else None


@contextmanager
def opened(server, person=None, *, cookie: str | None = None, language: str = "ko", path: str = "/live/", **options):
    """Open a socket as this person, or as a guest."""
    headers = {"Accept-Language": language}
    if cookie or person:
        headers["Cookie"] = cookie or cookie_of(person)
    options.setdefault("origin", server.origin)
    url = server.ws_url.replace("/live/", path)
    with connect(
        url, additional_headers=headers, max_size=None, ping_interval=None, proxy=None, compression=None, **options
    ) as socket:
        yield Page(socket)
