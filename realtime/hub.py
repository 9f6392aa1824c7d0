"""One hub a process: wake-ups in, batches out. It reads the database once for all its sockets.

The bus may lose anything or be down: what was lost is found by the heads of the streams, which the hub reads from the
database as soon as its echo is missing, and every few seconds anyway.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from forum.events.models import Stream
from realtime.bus import Bus
from realtime.feeds import Frame, read_frames
from realtime.presence import presence
from realtime.rings import Ring
from realtime.snapshots import Snapshots
from realtime.threads import reading
from realtime.wake import waker

if TYPE_CHECKING:
    from realtime.consumers import LiveSocket

log = logging.getLogger(__name__)

TICK = 0.02  # seconds between two frames of a busy stream
ANNOUNCE_WITHIN = 0.3  # seconds in which comings and goings are told together
PRESENCE_EVERY = 5.0
PING_EVERY = 20.0
HEADS_EVERY = 5.0  # seconds after which a lost wake-up is noticed at the latest, whatever the bus says
SNAPSHOTS_EVERY = 60.0
LOOK_EVERY = 5.0  # seconds between two looks for readers that are stuck
CLOSING_TAKES = 2.0  # seconds over which sockets are closed at most
LONGEST_WAIT = 8.0  # seconds between two attempts to read what could not be read


class Hub:
    """All sockets of the process and what they listen to; only the thread of its own loop may touch it."""

    def __init__(self) -> None:
        self.sockets: set[LiveSocket] = set()
        self.closing = False
        self.snapshots = Snapshots(self._spawn)
        self._bus: Bus | None = None
        self._listeners: dict[str, set[LiveSocket]] = {}
        self._heads: dict[str, int] = {}
        self._rings: dict[str, Ring] = {}
        self._reading: dict[str, asyncio.Task] = {}
        self._to_read: dict[str, asyncio.Task] = {}
        self._pumps: dict[str, asyncio.Task] = {}
        self._announcer: asyncio.Task | None = None
        self._tasks: set[asyncio.Task] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    # --- Life ----------------------------------------------------------------------------------------------------

    def ensure_running(self) -> None:
        """Start on the running loop: with the server where it tells of its start, else with the first socket."""
        loop = asyncio.get_running_loop()
        if self._loop is loop:
            return
        self._loop = waker.server_loop = loop
        self._bus = Bus(self._take, self._heal)
        self._spawn(self._bus.hear())
        self._spawn(self._bus.prove())
        self._spawn(self._every(PRESENCE_EVERY, self._look_after_rooms))
        self._spawn(self._every(LOOK_EVERY, self._look_after_readers))
        self._spawn(self._every(HEADS_EVERY, self._heal_streams))
        self._spawn(self._every(PING_EVERY, self._ping))
        self._spawn(self._every(SNAPSHOTS_EVERY, self._spoil_all))

    async def close(self) -> None:
        """Close all sockets a little apart, so that they do not all come back in one moment; take no new ones."""
        self.closing = True
        pause = min(0.005, CLOSING_TAKES / max(1, len(self.sockets)))
        for socket in list(self.sockets):
            socket.close_for_restart()
            await asyncio.sleep(pause)

    async def stop(self) -> None:
        """Close the sockets and end every task of the hub."""
        await self.close()
        for task in list(self._tasks):
            task.cancel()
        self._loop = None

    @property
    def deaf(self) -> bool:
        """Whether the bus brings nothing at present."""
        return self._bus is not None and self._bus.down

    def _spawn(self, work) -> asyncio.Task:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _every(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await work()
            except Exception:
                log.exception("The hub's work failed and will be tried again.")

    # --- Sockets -------------------------------------------------------------------------------------------------

    def listen(self, socket: LiveSocket, name: str) -> None:
        listeners = self._listeners.setdefault(name, set())
        if socket not in listeners:
            listeners.add(socket)
            self._note_presence(name, socket, presence.enter)

    def ignore(self, socket: LiveSocket, name: str) -> None:
        self.snapshots.ignore(socket, name)
        listeners = self._listeners.get(name, set())
        if socket in listeners:
            listeners.discard(socket)
            self._note_presence(name, socket, presence.leave)
            if not listeners:
                for table in (self._listeners, self._heads, self._rings):
                    table.pop(name, None)

    async def _look_after_readers(self) -> None:
        for socket in list(self.sockets):
            socket.close_if_stuck()

    async def _ping(self) -> None:
        for socket in list(self.sockets):
            heads = {name: self._heads[name] for name in socket.sent if name in self._heads}
            socket.ping(json.dumps({"type": "ping", "heads": heads}))

    # --- The bus -------------------------------------------------------------------------------------------------

    def _take(self, message: dict) -> None:
        match message["type"]:
            case "wake":
                for name, head in message["streams"].items():
                    self.wake(name, head)
                for name in message["stale"]:
                    self.snapshots.spoil(name)
            case "presence" if self._bus and message["process"] != self._bus.process:
                rooms = {int(room): people for room, people in message["rooms"].items()}
                for room in presence.announce(message["process"], rooms):
                    self.snapshots.spoil(f"presence:{room}")

    async def _heal(self) -> None:
        await self._heal_streams()
        await self._spoil_all()

    async def _heal_streams(self) -> None:
        """Find out without the bus what has happened."""
        names = {*self._listeners, *(socket.person.stream for socket in self.sockets)}
        if not names:
            return
        try:
            heads = await reading(lambda: dict(Stream.objects.filter(name__in=names).values_list("name", "head")))
        except Exception as error:
            log.warning("Heads could not be read: %s", error.__class__.__name__)
            return
        for name, head in heads.items():
            self.wake(name, head)

    async def _spoil_all(self) -> None:
        self.snapshots.spoil_all()

    # --- Presence ------------------------------------------------------------------------------------------------

    def _note_presence(self, name: str, socket: LiveSocket, change: Callable[[int, int], None]) -> None:
        kind, _colon, pk = name.partition(":")
        if kind == "room":
            change(int(pk), socket.person.pk)
            self.snapshots.spoil(f"presence:{pk}")
            if self._announcer is None or self._announcer.done():
                self._announcer = self._spawn(self._announce_soon())

    async def _announce_soon(self) -> None:
        await asyncio.sleep(ANNOUNCE_WITHIN)
        await self._announce()

    async def _announce(self) -> None:
        if self._bus:
            rooms = {str(room): people for room, people in presence.here().items()}
            await self._bus.send({"type": "presence", "process": self._bus.process, "rooms": rooms})

    async def _look_after_rooms(self) -> None:
        for room in presence.forget_silent():
            self.snapshots.spoil(f"presence:{room}")
        await self._announce()

    # --- Streams -------------------------------------------------------------------------------------------------

    def wake(self, name: str, head: int) -> None:
        """Learn that a stream has a new head; reading starts at once when the stream is idle."""
        if name.startswith("person:"):
            for socket in list(self.sockets):
                if socket.person.stream == name:
                    socket.rights_changed(head)
            return
        if name not in self._listeners:
            return
        self._heads[name] = max(head, self._heads.get(name, 0))
        if name not in self._pumps:
            self._pumps[name] = self._spawn(self._pump(name))

    async def _pump(self, name: str) -> None:
        """Send on what sockets have not got, one frame a tick, until all stand at the head."""
        wait = 0.5
        try:
            while behind := self._behind(name):
                try:
                    await self._deliver(name, behind)
                    wait = 0.5
                except Exception as error:
                    log.warning("The stream %s could not be read (%s); trying again.", name, error.__class__.__name__)
                    await asyncio.sleep(wait * (0.5 + random.random()))  # noqa: S311 - jitter
                    wait = min(wait * 2, LONGEST_WAIT)
                await asyncio.sleep(TICK)
        finally:
            self._pumps.pop(name, None)

    def _behind(self, name: str) -> list[LiveSocket]:
        head = self._heads.get(name, 0)
        return [socket for socket in self._listeners.get(name, ()) if socket.is_behind(name, head)]

    async def _deliver(self, name: str, behind: list[LiveSocket]) -> None:
        """Read on once for all; those whom the ring does not serve are read for apart."""
        await self._read_on(name)
        ring = self._rings.get(name)
        apart: dict[int, list[LiveSocket]] = {}
        for socket in behind:
            since = socket.sent.get(name)
            if since is None:
                continue
            frame = ring.frame(since, socket.language) if ring else None
            if frame:
                socket.deliver(name, frame)
            else:
                apart.setdefault(since, []).append(socket)
        for since, sockets in apart.items():
            frames = await self._read_apart(name, since, None, {socket.language for socket in sockets})
            for socket in sockets:
                if socket.sent.get(name) == since:
                    socket.deliver(name, frames[socket.language] if frames else None)

    async def catch_up(self, socket: LiveSocket, name: str, since: int, epoch: str) -> Frame | None:
        """Return what the socket, registered already, has missed since; None when that cannot be told whole."""
        await self._read_on(name)
        ring = self._rings.get(name)
        if ring and ring.epoch == epoch and (frame := ring.frame(since, socket.language)):
            return frame
        frames = await self._read_apart(name, since, epoch, {socket.language})
        return frames[socket.language] if frames else None

    async def _read_apart(
        self, name: str, since: int, epoch: str | None, languages: set[str]
    ) -> dict[str, Frame] | None:
        frames = await reading(lambda: read_frames(name, since, epoch, languages))
        if frames and name in self._listeners:
            frame = next(iter(frames.values()))
            self._heads[name] = max(frame.to, self._heads.get(name, 0))
            self._rings.setdefault(name, Ring(name, frame.epoch, frame.to))
        return frames

    async def _read_on(self, name: str) -> None:
        """Bring the ring, if any, to the head by a reading that begins after this call and serves all who wait."""
        if name not in self._rings:
            return
        if name not in self._to_read:
            self._to_read[name] = self._spawn(self._read_next(name, self._reading.get(name)))
        await asyncio.shield(self._to_read[name])

    async def _read_next(self, name: str, before: asyncio.Task | None) -> None:
        if before:
            await asyncio.wait([before])
        self._reading[name] = self._to_read.pop(name)
        try:
            if ring := self._rings.get(name):
                await self._extend(ring)
        finally:
            if self._reading[name] is asyncio.current_task():
                del self._reading[name]

    async def _extend(self, ring: Ring) -> None:
        name, since, known = ring.name, ring.to, self._heads.get(ring.name, 0)
        languages = {socket.language for socket in self._listeners.get(name, ())}
        frames = await reading(lambda: read_frames(name, since, ring.epoch, languages)) if languages else None
        if frames is None:  # nobody listens any more, another epoch, or too long a gap
            self._rings.pop(name, None)
            return
        ring.add(frames)
        # A head that nobody raised meanwhile and the database does not know would be read for without end.
        if name in self._heads and self._heads[name] <= max(known, ring.to):
            self._heads[name] = ring.to


hub = Hub()
