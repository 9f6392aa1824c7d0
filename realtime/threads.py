"""The threads in which the wire reads the database, never the one thread all sync code of the process shares."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import close_old_connections

_threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="wire")


def reading[Result](work: Callable[[], Result]) -> asyncio.Future[Result]:
    """Run a database read in such a thread; its connection goes back to the pool afterwards."""

    def with_own_connection() -> Result:
        close_old_connections()
        try:
            return work()
        finally:
            close_old_connections()

    return asyncio.get_running_loop().run_in_executor(_threads, with_own_connection)
