"""The one socket of a page: it listens, ignores and answers pings; it writes nothing and holds no rule.

A plain ASGI application rather than a Channels consumer: deliveries must not pass through `dispatch`, which hops to
the process's one shared thread for every message.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import deque

from realtime.feeds import Frame, may_hear
from realtime.hub import hub, reading
from realtime.visitors import Visitor, allowed_origin, identify

log = logging.getLogger(__name__)

MOST_BYTES = 64 * 1024  # of a message from the browser
MOST_QUEUED = 256 * 1024  # bytes that may wait for a slow reader
PATIENCE = 30.0  # seconds a reader may make no progress
MOST_SOCKETS = 6  # a person and process
MOST_NAMES = 50  # streams and snapshots a socket
RATE = 20  # messages a second, with bursts of twice as many
CHECK_EVERY, CHECK_EVERY_DEAF = 30.0, 5.0  # seconds between two looks at the rights

SIGN_IN, FORBIDDEN, TOO_MANY, MALFORMED, SLOW = 4401, 4403, 4429, 4400, 4408

# Every message a browser may send, and the right it needs; anything else closes the socket.
MESSAGES = {
    "listen": "the gate of the stream (realtime.feeds.STREAMS)",
    "watch": "the gate of the snapshot (realtime.feeds.SNAPSHOTS)",
    "ignore": "signed in",
    "pong": "signed in",
}


class LiveSocket:
    def __init__(self, scope, receive, send) -> None:
        self.scope = scope
        self.sent: dict[str, int] = {}
        self.watched: set[str] = set()
        self._receive, self._send = receive, send
        self._outbox: deque[str] = deque()
        self._queued = 0
        self._moved_at = time.monotonic()
        self._drain: asyncio.Task | None = None
        self._closing: int | None = None
        self._checked_head = 0
        self._check = asyncio.Event()
        self._budget, self._budget_at = float(RATE * 2), time.monotonic()

    async def run(self) -> None:
        await self._receive()  # websocket.connect
        if not allowed_origin(self.scope):
            await self._send({"type": "websocket.close", "code": FORBIDDEN})
            return
        visitor = await reading(lambda: identify(self.scope))
        # The handshake is completed first, for a browser sees a close code only of an open socket.
        await self._send({"type": "websocket.accept"})
        if visitor is None:
            await self._send({"type": "websocket.close", "code": SIGN_IN})
            return
        self._take_place(visitor)
        if sum(it.person.pk == self.person.pk for it in hub.sockets) > MOST_SOCKETS:
            hub.sockets.discard(self)
            await self._send({"type": "websocket.close", "code": TOO_MANY})
            return
        watch = asyncio.create_task(self._watch_rights())
        try:
            await self._converse()
        finally:
            watch.cancel()
            hub.sockets.discard(self)
            for name in [*self.sent, *self.watched]:
                hub.ignore(self, name)

    def _take_place(self, visitor: Visitor) -> None:
        self.person, self.language = visitor.person, visitor.language
        self.person_stream = self.person.stream
        self._checked_head = visitor.head
        hub.ensure_running()
        hub.sockets.add(self)

    async def _converse(self) -> None:
        while self._closing is None:
            event = await self._receive()
            if event["type"] == "websocket.disconnect":
                return
            text = event.get("text") or ""
            if len(text) > MOST_BYTES or not self._within_rate():
                self.close(TOO_MANY)
                continue
            try:
                message = json.loads(text)
                await self._answer(message["type"], message)
            except (ValueError, KeyError, TypeError):
                self.close(MALFORMED)

    def _within_rate(self) -> bool:
        now = time.monotonic()
        self._budget = min(RATE * 2.0, self._budget + (now - self._budget_at) * RATE) - 1
        self._budget_at = now
        return self._budget >= 0

    async def _answer(self, kind: str, message: dict) -> None:
        match kind:
            case "listen":
                await self._listen(str(message["stream"]), int(message["since"]), str(message["epoch"]))
            case "watch":
                await self._watch(str(message["snapshot"]))
            case "ignore":
                self._forget(str(message["name"]))
            case "pong":
                pass
            case _:
                raise ValueError(kind)

    async def _listen(self, name: str, since: int, epoch: str) -> None:
        if len(self.sent) + len(self.watched) >= MOST_NAMES or not await reading(lambda: may_hear(self.person, name)):
            self.push({"type": "refused", "stream": name})
            return
        # Registered first, then read: what happens in between is heard twice at worst, and told apart by number.
        self.sent[name] = since
        hub.listen(self, name)
        frame = await hub.catch_up(self, name, since, epoch)
        if frame is None:
            self._forget(name)
            self.push({"type": "reload", "stream": name})
        elif self.sent.get(name) == since:
            self.deliver(name, frame)

    async def _watch(self, name: str) -> None:
        if len(self.sent) + len(self.watched) >= MOST_NAMES or not await reading(lambda: may_hear(self.person, name)):
            self.push({"type": "refused", "stream": name})
            return
        self.watched.add(name)
        hub.watch(self, name)

    def _forget(self, name: str) -> None:
        hub.ignore(self, name)
        self.sent.pop(name, None)
        self.watched.discard(name)

    # --- Out -----------------------------------------------------------------------------------------------------

    def is_behind(self, name: str, head: int) -> bool:
        return self.sent.get(name, head) < head and self._queued < MOST_QUEUED

    def deliver(self, name: str, frame: Frame | None) -> None:
        """Send a frame that follows what was sent, or tell the page to read the whole again."""
        if frame is None:
            self._forget(name)
            self.push({"type": "reload", "stream": name})
            return
        self.sent[name] = frame.to
        self.push(frame.message())

    def ping(self, heads: dict[str, int]) -> None:
        if self._outbox and time.monotonic() - self._moved_at > PATIENCE:
            self.close(SLOW)
            return
        self.push({"type": "ping", "heads": heads})

    def push(self, message: dict) -> None:
        """Queue a message; it goes out in a task of its own, so that a slow reader holds up nobody else."""
        text = json.dumps(message, ensure_ascii=False)
        if not self._outbox:
            self._moved_at = time.monotonic()
        self._outbox.append(text)
        self._queued += len(text.encode())
        if self._drain is None:
            self._drain = asyncio.get_running_loop().create_task(self._drain_outbox())

    async def _drain_outbox(self) -> None:
        try:
            while self._outbox and self._closing is None:
                text = self._outbox[0]
                await self._send({"type": "websocket.send", "text": text})
                self._outbox.popleft()
                self._queued -= len(text.encode())
                self._moved_at = time.monotonic()
        except Exception as error:
            log.debug("A socket went away: %s", error.__class__.__name__)
            self._outbox.clear()
            self._closing = SLOW
        finally:
            self._drain = None
        for name in list(self.sent):  # what was held back while the outbox was full
            hub.wake(name, 0)

    def close(self, code: int) -> None:
        if self._closing is None:
            self._closing = code
            asyncio.get_running_loop().create_task(self._say_goodbye(code))  # noqa: RUF006 - nothing waits for it

    async def _say_goodbye(self, code: int) -> None:
        try:
            await self._send({"type": "websocket.close", "code": code})
        except Exception as error:
            log.debug("A socket was gone already: %s", error.__class__.__name__)

    # --- Rights --------------------------------------------------------------------------------------------------

    def rights_changed(self, head: int) -> None:
        if head > self._checked_head:
            self._checked_head = head
            self._check.set()

    async def _watch_rights(self) -> None:
        """Ask every gate again when an event on the person's stream says so, and from time to time anyway."""
        while self._closing is None:
            try:
                await asyncio.wait_for(self._check.wait(), CHECK_EVERY_DEAF if hub.deaf else CHECK_EVERY)
            except TimeoutError:
                pass
            self._check.clear()
            try:
                await self._ask_again()
            except Exception:
                log.exception("The rights of a socket could not be asked; trying again.")
                await asyncio.sleep(1)
                self._check.set()

    async def _ask_again(self) -> None:
        names = [*self.sent, *self.watched]
        visitor = await reading(lambda: identify(self.scope))
        if visitor is None or visitor.person.pk != self.person.pk:
            self.close(SIGN_IN)
            return
        self.person = visitor.person
        lost = await reading(lambda: [name for name in names if not may_hear(visitor.person, name)])
        for name in lost:
            self._forget(name)
            self.push({"type": "refused", "stream": name})


async def live(scope, receive, send) -> None:
    """The ASGI application of `/live/`."""
    await LiveSocket(scope, receive, send).run()
