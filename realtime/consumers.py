"""The one socket of a page: it listens, ignores and answers pings; it writes nothing and holds no rule.

A plain ASGI application rather than a Channels consumer: deliveries must not pass through `dispatch`, which hops to
the process's one shared thread for every message.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import time

from realtime.feeds import Frame, audible, may_listen, may_watch
from realtime.hub import hub
from realtime.outbox import Outbox
from realtime.threads import reading
from realtime.visitors import Visitor, allowed_origin, identify

log = logging.getLogger(__name__)

MOST_BYTES = 64 * 1024  # of a message from the browser
MOST_SOCKETS = 6  # a person and process
MOST_NAMES = 50  # streams and snapshots a socket
LONGEST_NAME = 60
RATE, BURST = 20, 60  # messages a second, and at once, as a page says when it comes back; answers to pings are free
CHECK_EVERY, CHECK_EVERY_DEAF = 30.0, 5.0  # seconds between two looks at the rights
SECOND_LOOK = 1.0  # seconds after an event that changed rights: signing out tells of itself before it ends the session
GOODBYE_WITHIN = 2.0  # seconds a reader may take to be told why

MALFORMED, SIGN_IN, FORBIDDEN, SLOW, TOO_BIG, TOO_MANY = 4400, 4401, 4403, 4408, 4413, 4429
BROKEN, RESTARTING = 4500, 4503

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
        self.sent: dict[str, int | None] = {}  # the number each stream was sent up to; None while it is caught up
        self.watched: set[str] = set()
        self._receive, self._send = receive, send
        self._outbox = Outbox(send, room=self._go_on, lost=lambda: self.close(SLOW))
        self._ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._check = asyncio.Event()
        self._budget, self._budget_at = float(BURST), time.monotonic()

    async def run(self) -> None:
        await self._receive()  # websocket.connect
        if not allowed_origin(self.scope):
            await self._send({"type": "websocket.close", "code": FORBIDDEN})
            return
        hub.ensure_running()
        visitor = await reading(lambda: identify(self.scope))
        # The handshake is completed first, for a browser sees a close code only of an open socket.
        await self._send({"type": "websocket.accept"})
        if (code := self._unwelcome(visitor)) is not None:
            await self._send({"type": "websocket.close", "code": code})
            return
        assert visitor is not None  # noqa: S101 - said by the line above
        self._take_place(visitor)
        tasks: list[asyncio.Future] = [asyncio.create_task(self._converse()), asyncio.create_task(self._watch_rights())]
        try:
            await asyncio.wait([*tasks, self._ended], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            self._outbox.stop()
            hub.sockets.discard(self)
            for name in [*self.sent, *self.watched]:
                hub.ignore(self, name)
        if self._ended.done():
            await self._say_goodbye(self._ended.result())

    def _unwelcome(self, visitor: Visitor | None) -> int | None:
        if visitor is None:
            return SIGN_IN
        if hub.closing:
            return RESTARTING
        mine = sum(socket.person.pk == visitor.person.pk for socket in hub.sockets)
        return TOO_MANY if mine >= MOST_SOCKETS else None

    def _take_place(self, visitor: Visitor) -> None:
        self.person, self.language = visitor.person, visitor.language
        self._checked_head = visitor.head
        hub.sockets.add(self)

    # --- In ------------------------------------------------------------------------------------------------------

    async def _converse(self) -> None:
        while True:
            event = await self._receive()
            if event["type"] == "websocket.disconnect":
                return
            try:
                await self._answer(event.get("text") or "")
            except (ValueError, KeyError, TypeError, RecursionError):
                self.close(MALFORMED)
            except Exception as error:
                log.warning("A socket could not be answered: %s", error.__class__.__name__)
                self.close(BROKEN)

    async def _answer(self, text: str) -> None:
        if len(text.encode()) > MOST_BYTES:
            self.close(TOO_BIG)
            return
        message = json.loads(text)
        kind = message["type"]
        if not (kind == "pong" and self._outbox.pong()) and not self._within_rate():
            self.close(TOO_MANY)
        elif kind == "listen":
            await self._listen(_name(message["stream"]), _number(message["since"]), str(message["epoch"]))
        elif kind == "watch":
            await self._watch(_name(message["snapshot"]))
        elif kind == "ignore":
            self._forget(_name(message["name"]))
        elif kind != "pong":
            raise ValueError(kind)

    def _within_rate(self) -> bool:
        now = time.monotonic()
        self._budget = min(BURST, self._budget + (now - self._budget_at) * RATE) - 1
        self._budget_at = now
        return self._budget >= 0

    def _has_place_for(self, name: str) -> bool:
        return len({*self.sent, *self.watched, name}) <= MOST_NAMES

    async def _listen(self, name: str, since: int, epoch: str) -> None:
        if not self._has_place_for(name) or not await reading(lambda: may_listen(self.person, name)):
            self.push({"type": "refused", "stream": name})
            return
        # Registered first, then read: what happens in between is not missed; it is sent on once this is caught up.
        self.sent[name] = None
        hub.listen(self, name)
        frame = await hub.catch_up(self, name, since, epoch)
        if name in self.sent:
            self.deliver(name, frame)
            hub.wake(name, 0)

    async def _watch(self, name: str) -> None:
        if not self._has_place_for(name) or not await reading(lambda: may_watch(self.person, name)):
            self.push({"type": "refused", "stream": name})
            return
        self.watched.add(name)
        hub.snapshots.watch(self, name)

    def _forget(self, name: str) -> None:
        hub.ignore(self, name)
        self.sent.pop(name, None)
        self.watched.discard(name)

    # --- Out -----------------------------------------------------------------------------------------------------

    def is_behind(self, name: str, head: int) -> bool:
        sent = self.sent.get(name)
        return sent is not None and sent < head and not self._outbox.full and not self._ended.done()

    def deliver(self, name: str, frame: Frame | None) -> None:
        """Send a frame that follows what was sent, or tell the page to read the whole again."""
        if frame is None:
            self._forget(name)
            self.push({"type": "reload", "stream": name})
            return
        self.sent[name] = frame.to
        self._outbox.put(frame.text)

    def push(self, message: dict) -> None:
        self._outbox.put(json.dumps(message, ensure_ascii=False))

    def ping(self, text: str) -> None:
        self._outbox.ping(text)

    def _go_on(self) -> None:
        """Send what was held back while too much was unconfirmed."""
        for name in list(self.sent):
            hub.wake(name, 0)

    # --- The end -------------------------------------------------------------------------------------------------

    def close(self, code: int) -> None:
        if not self._ended.done():
            self._ended.set_result(code)

    def close_for_restart(self) -> None:
        self.close(RESTARTING)

    def close_if_stuck(self) -> None:
        if self._outbox.stuck:
            self.close(SLOW)

    async def _say_goodbye(self, code: int) -> None:
        try:
            async with asyncio.timeout(GOODBYE_WITHIN):
                await self._send({"type": "websocket.close", "code": code})
        except Exception as error:
            log.debug("A socket was gone already: %s", error.__class__.__name__)

    # --- Rights --------------------------------------------------------------------------------------------------

    def rights_changed(self, head: int) -> None:
        if head > self._checked_head:
            self._checked_head = head
            self._check.set()
            asyncio.get_running_loop().call_later(SECOND_LOOK, self._check.set)

    async def _watch_rights(self) -> None:
        """Ask every gate again when an event on the person's stream says so, and from time to time anyway."""
        while True:
            await self._until_next_look()
            try:
                await self._ask_again()
            except Exception as error:
                log.warning("The rights of a socket could not be asked: %s", error.__class__.__name__)
                await asyncio.sleep(random.random())  # noqa: S311 - jitter
                self._check.set()

    async def _until_next_look(self) -> None:
        due = time.monotonic() + CHECK_EVERY * (0.8 + 0.2 * random.random())  # noqa: S311 - jitter
        while time.monotonic() < due and not self._check.is_set():
            try:
                await asyncio.wait_for(self._check.wait(), CHECK_EVERY_DEAF)
            except TimeoutError:
                if hub.deaf:
                    break
        self._check.clear()

    async def _ask_again(self) -> None:
        visitor = await reading(lambda: identify(self.scope))
        if visitor is None or visitor.person.pk != self.person.pk:
            self.close(SIGN_IN)
            return
        self.person = visitor.person
        names = [*self.sent, *self.watched]
        heard = await reading(lambda: audible(visitor.person, names))
        for name in names:
            if name not in heard and (name in self.sent or name in self.watched):
                self._forget(name)
                self.push({"type": "refused", "stream": name})


def _name(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_NAME:
        raise ValueError("no name of a stream")
    return value


def _number(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("no number of an event")
    return value


async def live(scope, receive, send) -> None:
    """The ASGI application of `/live/`."""
    await LiveSocket(scope, receive, send).run()
