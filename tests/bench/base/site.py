"""The web processes a measurement asks, as a full installation starts them, and the way in."""

import os
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.test import Client

from tests.journeys.installation import UVICORN
from tests.servers import ROOT, free_port, wait_until

OPTIONS = ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--no-server-header"]


@dataclass
class Webs:
    origins: list[str] = field(default_factory=list)
    processes: list[subprocess.Popen] = field(default_factory=list)

    def worked(self) -> float:
        """How many milliseconds of processor time they have taken: a machine that does other things counts less."""
        ticks = 0
        for process in self.processes:
            told = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(told[11]) + int(told[12])
        return ticks * 1000 / os.sysconf("SC_CLK_TCK")


@contextmanager
def webs(count: int) -> Iterator[Webs]:
    """Start web processes on the installation of this process, and end them by their ids."""
    inside = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.bench.base.settings"}
    running = Webs()
    with tempfile.TemporaryDirectory(prefix="webs-") as folder:
        try:
            for _ in range(count):
                port = free_port()
                command = [*UVICORN, *OPTIONS, "--port", str(port)]
                with (Path(folder) / f"{port}.log").open("wb") as log:
                    running.processes.append(subprocess.Popen(command, cwd=ROOT, env=inside, stdout=log, stderr=log))
                running.origins.append(f"http://localhost:{port}")
            for process, origin in zip(running.processes, running.origins, strict=True):
                wait_until(lambda origin=origin: _answers(origin), process, f"{origin} does not answer")
            yield running
        finally:
            for process in running.processes:
                process.terminate()
            for process in running.processes:
                process.wait(30)


def _answers(origin: str) -> bool:
    try:
        with urllib.request.urlopen(f"{origin}/healthz", timeout=2) as response:  # noqa: S310
            return response.status == 200
    except OSError:
        return False


def session_of(person) -> str:
    """Sign a person in and return the value of the session's cookie."""
    client = Client()
    client.force_login(person, settings.AUTHENTICATION_BACKENDS[0])
    return client.cookies[settings.SESSION_COOKIE_NAME].value
