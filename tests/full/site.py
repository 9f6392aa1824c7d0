"""The services of docker-compose.yml as processes of this machine, on the PostgreSQL and the Redis of the run."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests.full.compose import ROOT, environment, services
from tests.servers import free_port

PATIENCE = 30.0  # seconds a process may take to start, a command to run
FILLED = {
    "SECRET_KEY": "only-in-the-tests-0123456789-abcdefghij",
    "TAG_KEY": "another-in-the-tests-0123456789-klmnopq",
    "POSTGRES_PASSWORD": "unused",
    "MAIL_URL": "smtp://127.0.0.1:9",  # the discard port: letters wait, and can be read in the database
    "MAIL_FROM": "board@example.com",
}


@dataclass
class Site:
    """Some services, each started with its own command and environment; `addresses` are where this run keeps data."""

    folder: Path
    addresses: dict[str, str]  # DATABASE_URL, REDIS_URL, CACHE_URL
    ports: list[int] = field(default_factory=lambda: [free_port(), free_port()])
    running: dict[str, subprocess.Popen] = field(default_factory=dict)
    filled: dict[str, str] = field(default_factory=lambda: dict(FILLED))

    @property
    def origins(self) -> list[str]:
        return [f"http://localhost:{port}" for port in self.ports]

    def variables(self, service: str) -> dict[str, str]:
        """What the compose file tells a service, with this run's addresses and folders in place of its volumes."""
        told = environment(service, {**self.filled, "PUBLIC_ORIGINS": ", ".join(self.origins)})
        told |= self.addresses | {"FORUM_DATA": os.environ["FORUM_DATA"]}
        told["ATTACHMENTS"] = str(self.folder / "attachments")
        if "KEY_STORE" in told:
            told["KEY_STORE"] = str(self.folder / "keys")
        return {**self.bare(), **told}

    @staticmethod
    def bare() -> dict[str, str]:
        """What a process finds in a container that was told nothing."""
        return {"PATH": os.environ["PATH"]}

    def command(self, service: str, port: int | None = None) -> list[str]:
        """The compose file's own command, on this interpreter and, of a web process, on its port here."""
        program, *arguments = services()[service]["command"]
        here = {"--host=0.0.0.0": "--host=127.0.0.1", "--port=8000": f"--port={port}"}
        return [*self._program(program), *(here.get(it, it) for it in arguments)]

    @staticmethod
    def _program(name: str) -> list[str]:
        return [sys.executable] if name == "python" else [sys.executable, "-m", name]

    def start(self, service: str, port: int | None = None) -> subprocess.Popen:
        """Start a service; what it says is appended to <name>.log."""
        name = f"{service}-{port}" if port else service
        with self.log(name).open("ab") as log:
            self.running[name] = subprocess.Popen(
                self.command(service, port), cwd=ROOT, env=self.variables(service), stdout=log, stderr=log
            )
        return self.running[name]

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def start_webs(self) -> None:
        for port in self.ports:
            self.start("web", port)
        for port in self.ports:
            self.await_web(port)

    def await_web(self, port: int) -> None:
        process = self.running[f"web-{port}"]
        wait_for(
            lambda: process.poll() is not None or healthy(port), lambda: self.log(f"web-{port}").read_text()[-2000:]
        )
        assert process.poll() is None, self.log(f"web-{port}").read_text()[-2000:]

    def kill_web(self, port: int) -> None:
        """End a web process as a power cut would."""
        process = self.running.pop(f"web-{port}")
        process.kill()
        assert process.wait(PATIENCE) == -signal.SIGKILL

    def run(self, service: str) -> subprocess.CompletedProcess:
        """Run a service that ends by itself."""
        return self._run(self.command(service), service)

    def manage(self, *arguments: str, service: str = "migrate") -> str:
        """What `docker compose run --rm SERVICE python manage.py …` does; return what it printed."""
        done = self._run([sys.executable, "manage.py", *arguments], service)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def health(self, service: str, port: int | None = None) -> subprocess.CompletedProcess:
        """Run the health check of a service in its own environment; port 8000 of the container is `port` here."""
        kind, program, *arguments = services()[service]["healthcheck"]["test"]
        assert kind == "CMD"
        return self._run([*self._program(program), *arguments, *([str(port)] if port else [])], service)

    def _run(self, command: list[str], service: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            command, cwd=ROOT, env=self.variables(service),
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip

    def stop(self) -> dict[str, int]:
        """End all in good order; return the exit code of each."""
        for process in self.running.values():
            process.terminate()
        return {name: _ended(process) for name, process in self.running.items()}


def _ended(process: subprocess.Popen) -> int:
    try:
        return process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(PATIENCE)
        raise


def healthy(port: int) -> bool:
    asking = HTTPConnection("localhost", port, timeout=2)
    try:
        asking.request("GET", "/healthz")
        return asking.getresponse().status == 200
    except (HTTPException, OSError):
        return False
    finally:
        asking.close()


def wait_for(true, otherwise=lambda: "it did not happen", within: float = PATIENCE):
    """Ask again until the answer is true, and return it."""
    deadline = time.monotonic() + within
    while not (answer := true()):
        assert time.monotonic() < deadline, otherwise()
        time.sleep(0.1)
    return answer


def database_url(name: str) -> str:
    """Another database on the run's PostgreSQL."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def redis_database(number: int) -> str:
    """Another database of the run's Redis."""
    return os.environ["REDIS_URL"].rpartition("/")[0] + f"/{number}"
