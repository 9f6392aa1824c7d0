"""Throw-away PostgreSQL and Redis, each in a folder and on a port of its own, ended by their own process id.

`python -m tests.servers run -- CMD…` runs CMD with both and the environment of a full installation.
"""

import argparse
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import SystemRandom
from typing import Self

import psycopg
import redis

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 30.0  # seconds a server may take to start or to stop
OLDEST_POSTGRES = 15


class Missing(RuntimeError):
    """A system part that is not installed; the sentence says what to do."""


def free_port() -> int:
    """Return a port that nobody uses now, below those the system hands out for outgoing connections."""
    while True:
        port = SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


class Server(ABC):
    """A process with a folder of its own; leaving the `with` block ends the one and removes the other."""

    name: str
    account: str | None = None  # who runs it where root must not

    def __init__(self) -> None:
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix=f"{self.name}-"))
        self.process: subprocess.Popen | None = None

    def __enter__(self) -> Self:
        try:
            self.prepare()
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def prepare(self) -> None:  # noqa: B027 - not every server needs it
        """Make what the first start needs."""

    @abstractmethod
    def command(self) -> list[str]:
        """Return what starts it, in the foreground."""

    @abstractmethod
    def answers(self) -> bool:
        """Tell whether it takes requests now."""

    def start(self) -> None:
        """Start on the same port and folder as before, and return when it answers."""
        with (self.folder / "log").open("ab") as log:
            # A process group of its own: Ctrl-C ends the tests first, and they end their servers.
            self.process = subprocess.Popen(
                self.command(), stdout=log, stderr=log, cwd="/", process_group=0, **self.identity()
            )
        wait_until(self.answers, self.process, f"{self.name} does not answer: see {self.folder}/log")

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """End it in good order, or as the signal says; a stopped one stays stopped."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGCONT)
        self.process.send_signal(number)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(PATIENCE)
        self.process = None

    def kill(self) -> None:
        """End it as a power cut would: nothing is flushed, nobody is told."""
        self.stop(signal.SIGKILL)

    def freeze(self) -> None:
        """Let it hold its connections and answer nothing, until `thaw`."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def identity(self) -> dict:
        """Return the arguments of Popen that make it run as `account` when root is who starts it."""
        if self.account is None or os.geteuid() != 0:
            return {}
        shutil.chown(self.folder, self.account, self.account)
        return {"user": self.account, "group": self.account, "extra_groups": []}


class Postgres(Server):
    """PostgreSQL with the database `board`, in C.UTF-8 and, unless told otherwise, with fsync."""

    name = "postgres"
    account = "postgres"

    def __init__(self, *, fsync: bool = True) -> None:
        super().__init__()
        self.fsync = fsync
        self.programs = _postgres_programs()

    def url(self, database: str = "board") -> str:
        return f"postgres://board@127.0.0.1:{self.port}/{database}"

    def prepare(self) -> None:
        initdb = [self.programs / "initdb", "--username=board", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
        done = subprocess.run(
            [*initdb, "--no-sync", "--pgdata", self.folder / "data"],
            capture_output=True, text=True, cwd="/", check=False, **self.identity(),
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"initdb failed: {done.stderr}")

    def command(self) -> list[str]:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": self.folder,
            "max_connections": 200,
            "fsync": "on" if self.fsync else "off",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(self.programs / "postgres"), "-D", str(self.folder / "data"), *options]

    def answers(self) -> bool:
        try:
            with psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=2) as connection:
                if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'board'").fetchone():
                    connection.execute("CREATE DATABASE board")
        except psycopg.OperationalError:
            return False
        return True

    def stop(self, number: signal.Signals = signal.SIGINT) -> None:
        """End it without waiting for its clients: SIGINT is its fast shutdown."""
        if number is signal.SIGKILL and self.process is not None:
            _kill_children(self.process.pid)
        super().stop(number)


class Redis(Server):
    """Redis that keeps nothing on disk."""

    name = "redis"

    def url(self, database: int = 0) -> str:
        return f"redis://127.0.0.1:{self.port}/{database}"

    def command(self) -> list[str]:
        program = shutil.which("redis-server")
        if program is None:
            raise Missing("Redis 7 or newer is needed: run bin/_system as root, or install redis-server.")
        where = ["--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.folder)]
        return [program, *where, "--save", "", "--appendonly", "no"]

    def answers(self) -> bool:
        try:
            with redis.Redis(port=self.port, socket_timeout=1) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


def wait_until(
    true: Callable[[], bool], process: subprocess.Popen, otherwise: str, *, patience: float = PATIENCE
) -> None:
    """Return when `true()` holds; raise RuntimeError when the process ends or the patience does."""
    deadline = time.monotonic() + patience
    while not true():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(otherwise)
        time.sleep(0.05)


def _postgres_programs() -> Path:
    """Return the folder of the newest PostgreSQL's programs."""
    found = {int(path.parent.name): path for path in Path("/usr/lib/postgresql").glob("[0-9]*/bin")}
    if on_path := shutil.which("initdb"):
        version = subprocess.run([on_path, "--version"], capture_output=True, text=True, check=True).stdout
        found.setdefault(int(version.split()[2].partition(".")[0]), Path(on_path).resolve().parent)
    if max(found, default=0) < OLDEST_POSTGRES:
        raise Missing("PostgreSQL 15 or newer is needed: run bin/_system as root, or install postgresql.")
    return found[max(found)]


def _kill_children(parent: int) -> None:
    """Kill PostgreSQL's backends with their parent; left alone they would go on until they notice."""
    for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        try:
            os.kill(int(child), signal.SIGKILL)
        except ProcessLookupError:
            continue


@contextmanager
def full_installation(*, fsync: bool = True) -> Iterator[tuple[dict[str, str], Postgres, Redis]]:
    """Yield the environment of a full installation, and the PostgreSQL and the Redis that it names."""
    with tempfile.TemporaryDirectory(prefix="board-") as data, Postgres(fsync=fsync) as postgres, Redis() as cache:
        yield environment(postgres, cache, Path(data), port=free_port()), postgres, cache


def environment(postgres: Postgres, bus: Redis, data: Path, *, port: int) -> dict[str, str]:
    """Return the variables of every process of a full installation; KEY_STORE among them is for the counter."""
    return {
        "FORUM_MODE": "full",
        "FORUM_DATA": str(data),
        "SECRET_KEY": secrets.token_urlsafe(48),
        "TAG_KEY": secrets.token_urlsafe(48),
        "DATABASE_URL": postgres.url(),
        "REDIS_URL": bus.url(0),
        "CACHE_URL": bus.url(1),
        "PUBLIC_ORIGINS": f"http://localhost:{port}",
        "MAIL_URL": "smtp://127.0.0.1:1025",
        "MAIL_FROM": "board@example.com",
        "KEY_STORE": str(data / "keys"),
    }


def run(command: list[str], *, fsync: bool = True) -> int:
    """Run a command in a full installation whose static files are collected, and return its exit code."""
    with full_installation(fsync=fsync) as (variables, _, _):
        inside = os.environ | variables
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(collect, env=inside, cwd=ROOT, check=True)
        with subprocess.Popen(command, env=inside) as process:
            try:
                return process.wait()
            except BaseException:
                process.terminate()
                raise


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.servers", usage="%(prog)s run [--no-fsync] -- CMD…")
    parser.add_argument("verb", choices=["run"])
    parser.add_argument("--no-fsync", action="store_true")
    parser.add_argument("command", nargs="+")
    asked = parser.parse_args(arguments)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))  # so that the servers end with us
    try:
        return run(asked.command, fsync=not asked.no_fsync)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
