"""The folder a demo lives in: one demo at a time, its world whole or begun anew."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import CommandError
from django.db import connections


class Folder:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._unfinished = path / "unfinished"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other demos off this data; raise CommandError when one runs on it already."""
        with (self.path / "demo.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise CommandError(
                    f"A demo is running on {self.path}: end it first, or choose another folder with --data."
                ) from error
            yield

    def empty(self) -> None:
        """Delete what was made of people and their acts; the secrets stay."""
        connections.close_all()  # the checks before a command have asked the database already
        for file in self.path.glob("db.sqlite3*"):
            file.unlink()
        for name in ("keys", "attachments"):
            shutil.rmtree(self.path / name, ignore_errors=True)
        self._unfinished.unlink(missing_ok=True)

    @property
    def unfinished(self) -> bool:
        """Whether the making of the world was broken off."""
        return self._unfinished.exists()

    @contextmanager
    def making(self) -> Iterator[None]:
        """Until the end of this, what is there is half a world."""
        self._unfinished.touch()
        yield
        self._unfinished.unlink()
