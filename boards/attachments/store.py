"""The files on disk, under random names in one folder; who may read one is asked elsewhere."""

import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

NAME_BYTES = 16


def keep(data: bytes) -> str:
    """Write the bytes to disk for good and return the random name they are kept under."""
    name = secrets.token_hex(NAME_BYTES)
    path = _path(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    coming = path.with_suffix(".part")
    with os.fdopen(os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    coming.replace(path)
    return name


def read(name: str) -> bytes:
    """Return the bytes; raise FileNotFoundError when they are gone."""
    return _path(name).read_bytes()


def discard(*names: str) -> None:
    """Remove files; one that is gone already is no fault."""
    for name in filter(None, names):
        _path(name).unlink(missing_ok=True)


def older_than(seconds: float) -> Iterator[Path]:
    """The files, also half written ones, that were last touched before so many seconds."""
    before = time.time() - seconds
    for path in Path(settings.ATTACHMENTS).glob("??/*"):
        if path.is_file() and path.stat().st_mtime < before:
            yield path


def _path(name: str) -> Path:
    return Path(settings.ATTACHMENTS) / name[:2] / name
