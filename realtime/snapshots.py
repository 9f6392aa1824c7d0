"""Things that are shown whole and have no history: counts and badges, read again whenever they may have changed."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from typing import TYPE_CHECKING

from realtime.feeds import render_snapshot
from realtime.threads import reading

if TYPE_CHECKING:
    from realtime.consumers import LiveSocket

log = logging.getLogger(__name__)

TICK = 0.5  # seconds between two readings of a busy snapshot
LONGEST_WAIT = 8.0  # seconds until a reading that failed is tried again


class Snapshots:
    """Who watches what, and what they have been shown of it."""

    def __init__(self, spawn: Callable[..., asyncio.Task]) -> None:
        self._spawn = spawn
        self._shown: dict[str, dict[LiveSocket, str | None]] = {}
        self._spoilt: set[str] = set()
        self._refreshers: dict[str, asyncio.Task] = {}

    def watch(self, socket: LiveSocket, name: str) -> None:
        self._shown.setdefault(name, {})[socket] = None
        self.spoil(name)

    def ignore(self, socket: LiveSocket, name: str) -> None:
        watchers = self._shown.get(name, {})
        watchers.pop(socket, None)
        if not watchers:
            self._shown.pop(name, None)

    def spoil(self, name: str) -> None:
        """Read a snapshot again for who watches it: at once when idle, once a tick when busy."""
        if name not in self._shown:
            return
        self._spoilt.add(name)
        if name not in self._refreshers:
            self._refreshers[name] = self._spawn(self._refresh(name))

    def spoil_all(self) -> None:
        for name in list(self._shown):
            self.spoil(name)

    async def _refresh(self, name: str) -> None:
        try:
            while name in self._spoilt:
                self._spoilt.discard(name)
                try:
                    await self._show(name)
                except Exception as error:
                    log.warning("The snapshot %s could not be read (%s).", name, error.__class__.__name__)
                    self._spoilt.add(name)
                    await asyncio.sleep(LONGEST_WAIT * random.random())  # noqa: S311 - jitter
                await asyncio.sleep(TICK)
        finally:
            self._refreshers.pop(name, None)

    async def _show(self, name: str) -> None:
        """Render once a language, and send to those who have been shown something else."""
        languages = {socket.language for socket in self._shown.get(name, ())}
        html = await reading(lambda: {language: render_snapshot(name, language) for language in languages})
        watchers = self._shown.get(name, {})
        for socket, shown in list(watchers.items()):
            text = html.get(socket.language)
            if text is not None and text != shown:
                watchers[socket] = text
                socket.push({"type": "snapshot", "name": name, "html": text})
