"""What is on its way to one reader, and how much of it the reader has confirmed."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

MOST_BYTES = 256 * 1024  # that may be unconfirmed before news is held back
MARK_EVERY = 64 * 1024  # unconfirmed bytes after which the reader is asked how far it is
PATIENCE = 30.0  # seconds a reader may make no progress

PING = '{"type": "ping", "heads": {}}'


class Outbox:
    """Sends in order and never waits: each message in an eager task, a queue only while the reader blocks.

    Servers differ in what they tell of a slow reader (daphne: nothing), so the reader's own pongs are what counts:
    each ping is a mark, each pong confirms all that was sent before it.
    """

    def __init__(self, send: Callable[[dict], Awaitable[None]], *, room: Callable[[], None], lost: Callable[[], None]):
        self._send, self._room, self._lost = send, room, lost
        self._queue: deque[str] = deque()
        self._drain: asyncio.Task | None = None
        self._put = self._confirmed = 0
        self._marks: deque[int] = deque()
        self._moved_at = 0.0

    @property
    def full(self) -> bool:
        return self._put - self._confirmed >= MOST_BYTES

    @property
    def stuck(self) -> bool:
        return bool(self._marks) and time.monotonic() - self._moved_at > PATIENCE

    def put(self, text: str) -> None:
        """Send a message; a ping follows by itself when much is unconfirmed."""
        self._put += len(text.encode())
        self._queue.append(text)
        self._mark_if_due()
        self._flush()

    def ping(self, text: str) -> None:
        self._mark(text)
        self._flush()

    def _mark(self, ping: str) -> None:
        if not self._marks:
            self._moved_at = time.monotonic()
        self._put += len(ping)
        self._marks.append(self._put)
        self._queue.append(ping)

    def pong(self) -> bool:
        """Confirm up to the oldest mark; return False when no ping was open."""
        if not self._marks:
            return False
        was_full = self.full
        self._confirmed = self._marks.popleft()
        self._moved_at = time.monotonic()
        if was_full and not self.full:
            self._room()
        self._mark_if_due()  # a pong to an early ping may leave much unconfirmed, with no mark behind it
        self._flush()
        return True

    def _mark_if_due(self) -> None:
        if not self._marks and self._put - self._confirmed > MARK_EVERY:
            self._mark(PING)

    def _flush(self) -> None:
        if self._drain is None or self._drain.done():
            self._drain = asyncio.Task(self._drain_queue(), loop=asyncio.get_running_loop(), eager_start=True)

    async def _drain_queue(self) -> None:
        try:
            while self._queue:
                await self._send({"type": "websocket.send", "text": self._queue.popleft()})
        except Exception as error:  # a server says in its own way that nobody is there any more
            log.debug("A reader went away: %s", error.__class__.__name__)
            self._queue.clear()
            self._lost()

    def stop(self) -> None:
        """Drop what waits; a blocked send is given up."""
        self._queue.clear()
        if self._drain is not None:
            self._drain.cancel()
