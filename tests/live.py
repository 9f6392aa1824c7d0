"""Real servers under the tests: daphne in a thread of this process, and uvicorn processes on PostgreSQL and Redis.

`server` is there on both back ends. `uvicorns(2)` starts processes against the test's own database and ends them with
the test; on SQLite, whose layer is one process's own, it cannot be had. Both give `.url`, `.ws_url` and `.origin`.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings as django_settings
from django.db import connection
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Origin

from realtime.hub import hub
from realtime.wake import _name_of
from tests.servers import ROOT, free_port

BUS_PATIENCE = 10.0  # seconds the bus may take to be back before a test begins

PATIENCE = 20.0  # seconds a server may take to start or to stop


@dataclass
class LiveServer:
    """A server at `url` on this machine; `processes` is empty for the one in a thread."""

    port: int
    processes: list[subprocess.Popen] = field(default_factory=list)
    log: Path | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def ws_url(self) -> str:
        return f"ws://localhost:{self.port}/live/"

    @property
    def origin(self) -> str:
        return self.url

    def answers(self) -> bool:
        asking = HTTPConnection("localhost", self.port, timeout=2)
        try:
            asking.request("GET", "/healthz")
            return asking.getresponse().status == 200
        except (HTTPException, OSError):
            return False
        finally:
            asking.close()

    def kill(self) -> None:
        """End it as a power cut would."""
        self.end(signal.SIGKILL)

    def end(self, number: signal.Signals = signal.SIGTERM) -> None:
        for process in self.processes:
            process.send_signal(number)
        for process in self.processes:
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(PATIENCE)


@pytest.fixture(scope="session")
def _daphne(django_db_setup) -> LiveServer:
    """Started once: Twisted's reactor cannot be started a second time."""
    from daphne.server import Server

    from forum.asgi import application

    port = _own_port()
    daphne = Server(
        application=application,
        endpoints=[f"tcp:port={port}:interface=127.0.0.1"],
        signal_handlers=False,
        server_name="",
    )
    threading.Thread(target=daphne.run, name="daphne", daemon=True).start()
    deadline = time.monotonic() + PATIENCE
    while not daphne.listening_addresses:
        assert time.monotonic() < deadline, "daphne does not listen"
        time.sleep(0.02)
    server = LiveServer(port)
    with connect(server.ws_url, origin=Origin(server.origin)) as guest, pytest.raises(ConnectionClosed):
        guest.recv(PATIENCE)  # the hub starts with the first page that comes, whoever it is
    return server


def _own_port() -> int:
    """In a full installation the port its origin names, for pages are known by their origin."""
    return free_port() if django_settings.DEMO else urlsplit(django_settings.PUBLIC_ORIGINS[0]).port or 80


@pytest.fixture
def server(transactional_db, _daphne: LiveServer) -> LiveServer:
    """Daphne, in this process: acts of the test reach its pages as acts of its own threads do."""
    _name_of.cache_clear()  # ids of streams are given anew after a test that was rolled back
    deadline = time.monotonic() + BUS_PATIENCE
    while hub.deaf and time.monotonic() < deadline:  # it has just begun, or a test that took the bus away left it down
        time.sleep(0.05)
    return _daphne


@pytest.fixture
def uvicorns(transactional_db, tmp_path: Path) -> Iterator[Callable[..., list[LiveServer]]]:
    """Return a function that starts so many processes and returns them in order; the test's end ends them.

    Further arguments are variables of their environment: `uvicorns(2, REDIS_URL=…)`.
    """
    assert not django_settings.DEMO, "Several processes need PostgreSQL and Redis: mark the test with postgres."
    _name_of.cache_clear()
    started: list[LiveServer] = []

    def start(count: int, **variables: str) -> list[LiveServer]:
        ports = [free_port() for _ in range(count)]
        environment = _environment_of_the_test([*ports, *(server.port for server in started)]) | variables
        servers = [_start_uvicorn(port, environment, tmp_path / f"uvicorn-{port}.log") for port in ports]
        started.extend(servers)
        for server in servers:
            _wait_for(server)
        return servers

    yield start
    for server in started:
        server.end()


def _environment_of_the_test(ports: list[int]) -> dict[str, str]:
    """This process's own environment, with the database the tests run on and the addresses of the new processes."""
    database = urlsplit(os.environ["DATABASE_URL"])
    here = urlunsplit(database._replace(path=f"/{connection.settings_dict['NAME']}"))
    origins = ",".join([*django_settings.PUBLIC_ORIGINS, *(f"http://localhost:{port}" for port in ports)])
    return os.environ | {"DATABASE_URL": here, "PUBLIC_ORIGINS": origins}


def _start_uvicorn(port: int, environment: dict[str, str], log: Path) -> LiveServer:
    options = ["--ws", "websockets-sansio", "--ws-per-message-deflate", "false", "--ws-max-size", "65536"]
    command = [sys.executable, "-m", "uvicorn", "forum.asgi:application", "--host", "127.0.0.1", "--port", str(port)]
    with log.open("wb") as file:
        process = subprocess.Popen(
            [*command, *options, "--no-access-log"], env=environment, cwd=ROOT, stdout=file, stderr=file
        )
    return LiveServer(port, [process], log)


def _wait_for(server: LiveServer) -> None:
    deadline = time.monotonic() + PATIENCE
    while not server.answers():
        ended = server.processes[0].poll() is not None
        if ended or time.monotonic() > deadline:
            raise RuntimeError(f"uvicorn does not answer: {server.log and server.log.read_text()[-2000:]}")
        time.sleep(0.05)
