"""The product as people meet it: its own processes on its own data, embedded or in full, ended by their own ids."""

import json
import os
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from redis import Redis as Client

from forum.environment import FULL_ONLY
from tests.servers import ROOT, Redis, environment, free_port, full_installation, wait_until

PYTHON = sys.executable
UVICORN = [PYTHON, "-m", "uvicorn", "forum.asgi:application", "--ws", "websockets-sansio"]
UVICORN += ["--ws-per-message-deflate", "false"]
PATIENCE = 30.0  # seconds a process may take to stop
FIRST_START = 110.0  # seconds the demo may take to make its world on a loaded machine


@dataclass
class Installation:
    """A running site; `origins` are its web processes, one address each, so two browsers can use different ones."""

    folder: Path
    variables: dict[str, str]
    origins: list[str]
    bus: Redis | None = None  # only the full installation has one
    processes: list[subprocess.Popen] = field(default_factory=list)

    @property
    def full(self) -> bool:
        return self.bus is not None

    def forget_limits(self) -> None:
        """Let what one test tried not count in the next: a full installation counts sign-ins in its cache."""
        if self.full:
            with Client.from_url(self.variables["CACHE_URL"]) as cache:
                cache.flushdb()

    def start(self, name: str, *command: str, **variables: str) -> subprocess.Popen:
        """Start one of its processes; what it says is in <folder>/<name>.log."""
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.variables | variables, stdout=log, stderr=log, process_group=0
            )
        self.processes.append(process)
        return process

    def manage(self, *arguments: str, **variables: str) -> str:
        """Run manage.py beside it and return what it printed."""
        done = subprocess.run(
            [PYTHON, "manage.py", *arguments], cwd=ROOT, env=self.variables | variables,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    @cached_property
    def world(self) -> dict:
        """The accounts and the paths of the demo world."""
        return json.loads(self.manage("world", "--json"))

    def close_ballot_of(self, proposal: int) -> None:
        """Let a ballot's closing time be now: the product has no door for that, its days have to pass."""
        self.manage(
            "shell", "-v", "0", "-c",
            "from django.utils import timezone; from boards.voting.models import Ballot; "
            f"Ballot.objects.filter(proposal={proposal}, state='open').update(closes_at=timezone.now())",
        )  # fmt: skip

    @contextmanager
    def bus_away(self, seconds: float) -> Iterator[threading.Event]:
        """Stop Redis for so long, where there is one; the event tells that it is back, leaving waits for that."""
        back = threading.Event()
        if self.bus is None:
            back.set()
            yield back
            return
        self.bus.stop()
        waiting = threading.Timer(seconds, lambda: (self.bus.start(), back.set()))
        waiting.start()
        try:
            yield back
        finally:
            waiting.join()

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(PATIENCE)


@contextmanager
def embedded(folder: Path) -> Iterator[Installation]:
    """One process on SQLite, as `bin/demo` starts it."""
    port = free_port()
    variables = _bare() | {"FORUM_MODE": "demo", "FORUM_DATA": str(folder / "data"), "PORT": str(port)}
    site = Installation(folder, variables, [f"http://localhost:{port}"] * 2)
    try:
        _await(site, site.start("demo", PYTHON, "manage.py", "demo"), port)
        yield site
    finally:
        site.stop()


@contextmanager
def full(folder: Path) -> Iterator[Installation]:
    """Two web processes, worker, clock and counter over PostgreSQL and Redis of their own."""
    ports = [free_port(), free_port()]
    with ExitStack() as stack:
        _, postgres, bus = stack.enter_context(full_installation(fsync=False))
        (folder / "data").mkdir()
        variables = _bare() | environment(postgres, bus, folder / "data", port=ports[0])
        variables["PUBLIC_ORIGINS"] = ",".join(f"http://localhost:{port}" for port in ports)
        keys = {"KEY_STORE": variables.pop("KEY_STORE")}
        site = Installation(folder, variables, [f"http://localhost:{port}" for port in ports], bus)
        stack.callback(site.stop)
        site.manage("collectstatic", "--noinput", "--verbosity", "0")
        site.manage("migrate", "--verbosity", "0")
        site.manage("make_world", "--yes", **keys)
        webs = [site.start(f"web-{port}", *UVICORN, "--port", str(port)) for port in ports]
        site.start("worker", PYTHON, "manage.py", "worker")
        site.start("clock", PYTHON, "manage.py", "clock")
        site.start("counter", PYTHON, "manage.py", "counter", **keys)
        for web, port in zip(webs, ports, strict=True):
            _await(site, web, port)
        yield site


def _bare() -> dict[str, str]:
    """The environment without what the tests' own process was configured with."""
    configured = {*FULL_ONLY, "FORUM_MODE", "FORUM_DATA", "PORT"}
    return {name: value for name, value in os.environ.items() if name not in configured}


def _await(site: Installation, process: subprocess.Popen, port: int) -> None:
    def answers() -> bool:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=2) as response:
                return response.status == 200
        except OSError:
            return False

    wait_until(answers, process, f"no answer on port {port}: see the logs in {site.folder}", patience=FIRST_START)
