"""A server that is told to stop cuts all its sockets in one moment: here they are closed one after another first."""

import asyncio
import signal
import threading

from realtime.hub import hub


def close_sockets_before_stopping() -> None:
    """Put the closing of the sockets before what the server does on SIGTERM; a second SIGTERM goes straight to it."""
    tell_server = signal.getsignal(signal.SIGTERM)
    if threading.current_thread() is not threading.main_thread() or not callable(tell_server):
        return
    loop = asyncio.get_running_loop()
    closing: list[asyncio.Task] = []

    async def close() -> None:
        try:
            await hub.close()
        finally:
            tell_server(signal.SIGTERM, None)

    def told_to_stop(number: int, frame) -> None:
        if closing:
            tell_server(number, frame)
        else:
            loop.call_soon_threadsafe(lambda: closing.append(loop.create_task(close())))

    signal.signal(signal.SIGTERM, told_to_stop)
