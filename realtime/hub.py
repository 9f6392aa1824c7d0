"""One hub a process: wake-ups in, batches out. It reads the database once for all its sockets.

The bus may lose anything or be down: the hub hears its own echo every two seconds, and without it subscribes again
and looks at the heads of the streams it serves.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from asgiref.sync import SyncToAsync
from channels.layers import get_channel_layer
from django.db import close_old_connections

from forum.events.models import Stream
from realtime.feeds import Frame, read_frames, render_snapshot
from realtime.presence import presence
from realtime.wake import GROUP, waker

if TYPE_CHECKING:
    from realtime.consumers import LiveSocket

log = logging.getLogger(__name__)

TICK = 0.02  # seconds between two frames of a busy stream
SNAPSHOT_TICK = 0.5  # seconds between two readings of a busy snapshot
ECHO_EVERY = 2.0
DEAF_AFTER = 5.0  # seconds without an echo until the bus counts as down
PRESENCE_EVERY = 5.0
PING_EVERY = 20.0


def reading[Result](work: Callable[[], Result]):
    """Run a database read in a thread of its own, never on the one thread all sync code of the process shares."""

    def closed_after() -> Result:
        close_old_connections()
        try:
            return work()
        finally:
            close_old_connections()

    return SyncToAsync(closed_after, thread_sensitive=False)()


class Hub:
    def __init__(self) -> None:
        self.process = uuid.uuid4().hex
        self.sockets: set[LiveSocket] = set()
        self._streams: dict[str, set[LiveSocket]] = {}
        self._snapshots: dict[str, set[LiveSocket]] = {}
        self._heads: dict[str, int] = {}
        self._pumps: dict[str, asyncio.Task] = {}
        self._stale: dict[str, asyncio.Task] = {}
        self._again: set[str] = set()
        self._tasks: list[asyncio.Task] = []
        self._alive: set[asyncio.Task] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._channel = ""
        self._echo_at = 0.0

    # --- Life ----------------------------------------------------------------------------------------------------

    def ensure_running(self) -> None:
        """Start on the running loop, at the first socket."""
        loop = asyncio.get_running_loop()
        if self._loop is loop:
            return
        self._loop = waker.server_loop = loop
        self._echo_at = time.monotonic()
        self._tasks = [loop.create_task(work()) for work in (self._hear, self._echo, self._look_after_rooms, self._ping)]

    @property
    def deaf(self) -> bool:
        """Whether the bus has been silent for too long."""
        return time.monotonic() - self._echo_at > DEAF_AFTER

    async def close(self) -> None:
        """Close all sockets a little apart, so that they do not all come back in one moment."""
        for socket in list(self.sockets):
            socket.close(1012)
            await asyncio.sleep(min(0.005, 2 / max(1, len(self.sockets))))
        for task in self._tasks:
            task.cancel()

    # --- Sockets -------------------------------------------------------------------------------------------------

    def listen(self, socket: LiveSocket, name: str) -> None:
        self._streams.setdefault(name, set()).add(socket)
        self._note_presence(name, socket, presence.enter)

    def watch(self, socket: LiveSocket, name: str) -> None:
        self._snapshots.setdefault(name, set()).add(socket)
        self.spoil(name)

    def ignore(self, socket: LiveSocket, name: str) -> None:
        if socket in self._streams.get(name, ()):
            self._note_presence(name, socket, presence.leave)
        for table in (self._streams, self._snapshots):
            listeners = table.get(name)
            if listeners is not None:
                listeners.discard(socket)
                if not listeners:
                    del table[name]
        if name not in self._streams:
            self._heads.pop(name, None)

    def _note_presence(self, name: str, socket: LiveSocket, change: Callable[[int, int], None]) -> None:
        kind, _colon, pk = name.partition(":")
        if kind == "room":
            change(int(pk), socket.person.pk)
            self.spoil(f"presence:{pk}")
            self._spawn(self._announce())

    # --- The bus -------------------------------------------------------------------------------------------------

    async def _hear(self) -> None:
        """Take what the bus brings, for ever; subscribe anew whenever that fails or it has gone silent."""
        layer = get_channel_layer()
        wait = 0.5
        while True:
            try:
                self._channel = await asyncio.wait_for(layer.new_channel("hub"), DEAF_AFTER)
                await asyncio.wait_for(layer.group_add(GROUP, self._channel), DEAF_AFTER)
                wait = 0.5
                while True:
                    self._take(await asyncio.wait_for(layer.receive(self._channel), DEAF_AFTER))
            except Exception as error:
                log.warning("The bus is silent (%s); subscribing again.", error.__class__.__name__)
                await asyncio.sleep(wait + random.random())  # noqa: S311 - jitter
                wait = min(wait * 2, 8)

    def _take(self, message: dict) -> None:
        match message["type"]:
            case "echo" if message["process"] == self.process:
                self._echo_at = time.monotonic()
            case "wake":
                for name, head in message["streams"].items():
                    self.wake(name, head)
                for name in message["stale"]:
                    self.spoil(name)
            case "presence" if message["process"] != self.process:
                rooms = {int(room): people for room, people in message["rooms"].items()}
                for room in presence.announce(message["process"], rooms):
                    self.spoil(f"presence:{room}")

    async def _echo(self) -> None:
        layer = get_channel_layer()
        while True:
            await asyncio.sleep(ECHO_EVERY)
            if self._channel:
                try:
                    echo = {"type": "echo", "process": self.process}
                    await asyncio.wait_for(layer.group_send(GROUP, echo), ECHO_EVERY)
                except Exception as error:
                    log.debug("No echo: %s", error.__class__.__name__)
            if self.deaf:
                await asyncio.sleep(random.random())  # noqa: S311 - jitter
                await self._poll_heads()

    async def _poll_heads(self) -> None:
        """Find out without the bus what has happened."""
        names = [*self._streams, *(socket.person_stream for socket in self.sockets)]
        if not names:
            return
        try:
            heads = await reading(lambda: dict(Stream.objects.filter(name__in=names).values_list("name", "head")))
        except Exception as error:
            log.warning("Heads could not be read: %s", error.__class__.__name__)
            return
        for name, head in heads.items():
            self.wake(name, head)
        for name in list(self._snapshots):
            self.spoil(name)

    async def _look_after_rooms(self) -> None:
        while True:
            await asyncio.sleep(PRESENCE_EVERY)
            await self._announce()

    async def _announce(self) -> None:
        layer = get_channel_layer()
        rooms = {str(room): people for room, people in presence.here().items()}
        message = {"type": "presence", "process": self.process, "rooms": rooms}
        try:
            await asyncio.wait_for(layer.group_send(GROUP, message), ECHO_EVERY)
        except Exception as error:
            log.debug("Presence was not announced: %s", error.__class__.__name__)

    async def _ping(self) -> None:
        while True:
            await asyncio.sleep(PING_EVERY)
            for socket in list(self.sockets):
                socket.ping({name: self._heads[name] for name in socket.sent if name in self._heads})

    # --- Streams -------------------------------------------------------------------------------------------------

    def wake(self, name: str, head: int) -> None:
        """Learn that a stream has a new head; reading starts at once when the stream is idle."""
        if name.startswith("person:"):
            for socket in list(self.sockets):
                if socket.person_stream == name:
                    socket.rights_changed(head)
            return
        if name not in self._streams:
            return
        self._heads[name] = max(head, self._heads.get(name, 0))
        if name not in self._pumps:
            self._pumps[name] = self._spawn(self._pump(name))

    async def _pump(self, name: str) -> None:
        try:
            while True:
                behind = [it for it in self._streams.get(name, ()) if it.is_behind(name, self._heads.get(name, 0))]
                if not behind:
                    return
                await self._deliver(name, behind)
                await asyncio.sleep(TICK)
        except Exception:
            log.exception("The stream %s could not be read; the next wake-up or ping tries again.", name)
        finally:
            self._pumps.pop(name, None)

    async def _deliver(self, name: str, behind: list[LiveSocket]) -> None:
        """Read once for each place sockets stand at, nearly always one, and send."""
        for since in sorted({socket.sent[name] for socket in behind}):
            group = [socket for socket in behind if socket.sent.get(name) == since]
            languages = {socket.language for socket in group}
            frames = await reading(lambda since=since, languages=languages: read_frames(name, since, None, languages))
            for socket in group:
                if socket.sent.get(name) == since:
                    socket.deliver(name, frames and frames[socket.language])

    async def catch_up(self, socket: LiveSocket, name: str, since: int, epoch: str) -> Frame | None:
        frames = await reading(lambda: read_frames(name, since, epoch, {socket.language}))
        if frames:
            frame = frames[socket.language]
            self._heads[name] = max(frame.to, self._heads.get(name, 0))
            return frame
        return None

    # --- Snapshots -----------------------------------------------------------------------------------------------

    def spoil(self, name: str) -> None:
        """Read a snapshot again for who watches it: at once when idle, once a tick when busy."""
        if name not in self._snapshots:
            return
        self._again.add(name)
        if name not in self._stale:
            self._stale[name] = self._spawn(self._refresh(name))

    async def _refresh(self, name: str) -> None:
        try:
            while name in self._again:
                self._again.discard(name)
                watchers = list(self._snapshots.get(name, ()))
                languages = {socket.language for socket in watchers}
                html = await reading(lambda languages=languages: {it: render_snapshot(name, it) for it in languages})
                for socket in watchers:
                    if (text := html[socket.language]) is not None:
                        socket.push({"type": "snapshot", "name": name, "html": text})
                await asyncio.sleep(SNAPSHOT_TICK)
        except Exception:
            log.exception("The snapshot %s could not be read.", name)
        finally:
            self._stale.pop(name, None)

    def _spawn(self, work) -> asyncio.Task:
        assert self._loop is not None  # noqa: S101 - the hub runs before anybody can listen
        task = self._loop.create_task(work)
        self._alive.add(task)
        task.add_done_callback(self._alive.discard)
        return task


hub = Hub()
