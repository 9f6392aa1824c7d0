"""From a committed act to the hubs: a wake-up `{streams: {name: head}, stale: [names]}`, sent by one thread a process.

A wake-up may be lost: pages heal by the numbers of their streams. It never delays or fails the act that it tells of.
"""

import asyncio
import logging
import queue
import threading
import time
from functools import lru_cache

from channels.layers import InMemoryChannelLayer, get_channel_layer

from forum.events.models import Event, Stream

log = logging.getLogger(__name__)

GROUP = "wake"
LIMIT = 10_000  # wake-ups that may wait for the bus; what comes on top is lost and counted
PATIENCE = 2.0  # seconds one wake-up may take to send
PAUSES = (0.2, 0.5, 1.0, 1.0, 1.0)  # seconds between the attempts to send it; what comes meanwhile waits as long


class Waker:
    """The queue and the thread that sends; `lost` counts wake-ups the bus would not take."""

    def __init__(self) -> None:
        self.lost = 0
        self.server_loop: asyncio.AbstractEventLoop | None = None
        self._queue: queue.Queue[dict] = queue.Queue(LIMIT)
        self._thread: threading.Thread | None = None
        self._guard = threading.Lock()

    def wake(self, message: dict) -> None:
        with self._guard:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="waker", daemon=True)
                self._thread.start()
        try:
            self._queue.put_nowait(message)
        except queue.Full:
            self.lost += 1

    def _run(self) -> None:
        with asyncio.Runner() as runner:
            while True:
                message = self._merged(self._queue.get())
                for pause in PAUSES:
                    try:
                        self._send(runner, message)
                        break
                    except Exception as error:
                        log.warning("The bus did not take a wake-up: %s", error.__class__.__name__)
                        time.sleep(pause)
                        message = self._merged(message)
                else:
                    self.lost += 1

    def _merged(self, message: dict) -> dict:
        """Put together what has queued meanwhile: only the newest head of a stream matters."""
        streams, stale = dict(message["streams"]), set(message["stale"])
        while not self._queue.empty():
            more = self._queue.get_nowait()
            for name, head in more["streams"].items():
                streams[name] = max(head, streams.get(name, 0))
            stale.update(more["stale"])
        return {"type": "wake", "streams": streams, "stale": sorted(stale)}

    def _send(self, runner: asyncio.Runner, message: dict) -> None:
        layer = get_channel_layer()
        if isinstance(layer, InMemoryChannelLayer):
            # This layer is one loop's own: it is reached only through that loop, and without a server nobody listens.
            if self.server_loop is not None and self.server_loop.is_running():
                asyncio.run_coroutine_threadsafe(layer.group_send(GROUP, message), self.server_loop)
            return
        runner.run(asyncio.wait_for(layer.group_send(GROUP, message), PATIENCE))


waker = Waker()


def wake_streams(sender, events: list[Event], stale: list[str], **kwargs) -> None:
    """Receive `event_committed`."""
    heads: dict[int, int] = {}
    for event in events:
        if event.stream_id is not None and event.number is not None:
            heads[event.stream_id] = max(event.number, heads.get(event.stream_id, 0))
    if heads or stale:
        streams = {_name_of(stream_id): head for stream_id, head in heads.items()}
        waker.wake({"streams": streams, "stale": stale})


@lru_cache(maxsize=10_000)
def _name_of(stream_id: int) -> str:
    return Stream.objects.values_list("name", flat=True).get(pk=stream_id)
