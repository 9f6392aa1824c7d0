"""The key store: a folder outside the database that one process reads, with one private key a ballot."""

import os
import re
import tempfile
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from forum.sealing.envelope import encode_public_key

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")


class KeyLost(Exception):
    """The private key of this name is not in the store, or no longer whole."""


class KeyStore:
    """Private keys by name; every write is on the disk before the call returns."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def prepare(self) -> None:
        """Make the folder; raise OSError when nothing can be written to it."""
        self._make_folder()
        descriptor, trial = tempfile.mkstemp(dir=self.folder, suffix=".new")
        os.close(descriptor)
        Path(trial).unlink()

    def create(self, name: str) -> bytes:
        """Store a new key and return its public part (65 bytes); a name that has one keeps it."""
        path = self._path(name)
        self._make_folder()
        key = ec.generate_private_key(ec.SECP256R1())
        draft = self._write_draft(key)
        try:
            os.link(draft, path)  # whole or not at all, and never over another key
        except FileExistsError:
            key = self.private_key(name)
        finally:
            draft.unlink()
            _sync(self.folder)
        return encode_public_key(key.public_key())

    def private_key(self, name: str) -> ec.EllipticCurvePrivateKey:
        """Return the key; raise KeyLost when the store has none that is whole.

        A store that cannot be read now (not mounted, another owner) raises OSError: its keys are not lost.
        """
        path = self._path(name)
        self.folder.stat()
        try:
            key = load_pem_private_key(path.read_bytes(), password=None)
        except (FileNotFoundError, ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise KeyLost(name) from error
        if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
            raise KeyLost(name)
        return key

    def destroy(self, name: str) -> None:
        """Overwrite and remove a key; a name without one is fine, a store that is not there raises OSError.

        A copy in a backup, or one that the disk itself keeps, is not reached.
        """
        path = self._path(name)
        self.folder.stat()
        try:
            with path.open("r+b") as file:
                file.write(b"\0" * path.stat().st_size)
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
        except FileNotFoundError:
            return
        _sync(self.folder)

    def names(self) -> list[str]:
        """Return the names that have a key, in order."""
        return sorted(path.stem for path in self.folder.glob("*.key"))

    def _path(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name of a key.")
        return self.folder / f"{name}.key"

    def _make_folder(self) -> None:
        if not self.folder.exists():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _sync(self.folder.parent)
        if self.folder.stat().st_mode & 0o077:
            self.folder.chmod(0o700)

    def _write_draft(self, key: ec.EllipticCurvePrivateKey) -> Path:
        """Write the key to a file of its own (0600) that no other process or thread writes to."""
        descriptor, draft = tempfile.mkstemp(dir=self.folder, suffix=".new")
        with os.fdopen(descriptor, "wb") as file:
            file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            file.flush()
            os.fsync(file.fileno())
        return Path(draft)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def key_store() -> KeyStore:
    """Return the store of this process; raise ImproperlyConfigured in a process that has none."""
    if settings.KEY_STORE is None:
        raise ImproperlyConfigured("KEY_STORE is missing: set it to the folder of the counter's keys.")
    return KeyStore(settings.KEY_STORE)
