"""The whole demo in one process: daphne on one port, and worker, clock and counter as threads."""

import threading
from collections.abc import Callable

from django.urls import set_script_prefix


def serve(port: int, ready: Callable[[], None]) -> None:
    """Serve until interrupted; `ready` is called once the port is open."""
    from daphne.endpoints import build_endpoint_description_strings
    from daphne.server import Server

    from forum.asgi import application
    from forum.clock import DUTIES, run_process

    set_script_prefix("/")
    stop = threading.Event()
    threads = [
        threading.Thread(target=run_process, args=(process, stop.is_set), name=process, daemon=True)
        for process in DUTIES
    ]

    def started() -> None:
        for thread in threads:
            thread.start()
        ready()

    server = Server(
        application=application,
        endpoints=build_endpoint_description_strings(host="127.0.0.1", port=port),
        ready_callable=started,
        server_name="",
    )
    try:
        server.run()
    finally:
        stop.set()
        for thread in threads:
            if thread.is_alive():
                thread.join(timeout=5)
