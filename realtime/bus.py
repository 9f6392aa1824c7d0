"""The bus as one process hears it: one subscription through the Channels API, proven alive by its own echo."""

import asyncio
import logging
import random
import uuid
from collections.abc import Awaitable, Callable

from channels.layers import get_channel_layer

from realtime.wake import GROUP

log = logging.getLogger(__name__)

ECHO_EVERY = 2.0  # seconds between two echoes
ECHO_WITHIN = 1.0  # seconds an echo may take; later it counts as lost, and what else was sent as well
SILENCE = 3 * ECHO_EVERY  # seconds without any message until the subscription is made anew
LONGEST_WAIT = 8.0  # seconds between two attempts to subscribe


class Bus:
    """Hands each message to `take`, and awaits `heal` whenever messages may have been lost; no error ends it."""

    def __init__(self, take: Callable[[dict], None], heal: Callable[[], Awaitable[None]]) -> None:
        self.process = uuid.uuid4().hex
        self.down = True  # until the first subscription stands
        self._take, self._heal = take, heal
        self._echo = 0
        self._heard = asyncio.Event()

    async def send(self, message: dict) -> bool:
        """Tell every process, this one included; return False when the bus does not take it in time."""
        try:
            async with asyncio.timeout(ECHO_WITHIN):
                await get_channel_layer().group_send(GROUP, message)
        except Exception as error:
            log.debug("The bus did not take a message: %s", error.__class__.__name__)
            return False
        return True

    async def hear(self) -> None:
        """Take what comes, for ever; after silence or an error subscribe anew, with growing pauses."""
        wait = 0.5
        while True:
            try:
                channel = await self._subscribe()
                self.down = False
                await self._heal()  # of what came before, nothing was heard
                while True:
                    self._receive(await asyncio.wait_for(get_channel_layer().receive(channel), SILENCE))
                    wait = 0.5
            except Exception as error:
                log.warning("The bus is silent (%s); subscribing again.", error.__class__.__name__)
            await asyncio.sleep(wait * (0.5 + random.random()))  # noqa: S311 - jitter
            wait = min(wait * 2, LONGEST_WAIT)

    async def _subscribe(self) -> str:
        layer = get_channel_layer()
        async with asyncio.timeout(SILENCE):
            # Without it the layer believes in the old subscription and makes no new one.
            await layer.flush()
            channel = await layer.new_channel("hub")
            await layer.group_add(GROUP, channel)
        return channel

    def _receive(self, message: dict) -> None:
        if message["type"] != "echo":
            self._take(message)
        elif message["process"] == self.process and message["number"] == self._echo:
            self._heard.set()

    async def prove(self) -> None:
        """Send an echo every two seconds; one that is lost, or the first that is heard again, means a gap to heal."""
        while True:
            await asyncio.sleep(ECHO_EVERY)
            heard = await self._echoes()
            if self.down or not heard:
                await asyncio.sleep(random.random() / 2)  # noqa: S311 - not all processes in the same moment
                await self._heal()
            if self.down is heard:
                log.warning("The bus is %s.", "back" if heard else "down: heads are read from the database")
            self.down = not heard

    async def _echoes(self) -> bool:
        self._echo += 1
        self._heard.clear()
        if not await self.send({"type": "echo", "process": self.process, "number": self._echo}):
            return False
        try:
            async with asyncio.timeout(ECHO_WITHIN):
                await self._heard.wait()
        except TimeoutError:
            return False
        return True
