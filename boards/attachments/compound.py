"""OLE compound files, as far as it takes to know a Hangul document (MS-CFB; Hancom's HWP 5.0)."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HWP = b"HWP Document File"
LAST_SECTOR = 0xFFFFFFFA  # numbers from here on are marks, not sectors
SHIFTS = {3: 9, 4: 12}  # version → sector size as a power of two
STREAM = 2
ENTRY = 128  # bytes
MACROS = {"_VBA_PROJECT", "VBA", "Macros"}


class Damaged(Exception):
    """This is no compound file."""


class Entry(NamedTuple):
    name: str
    kind: int
    start: int
    size: int


class Compound:
    """A compound file held in memory; raises Damaged where its chains lead nowhere."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(MAGIC) or len(data) < 512:
            raise Damaged
        version, _, shift = struct.unpack_from("<3H", data, 26)
        if SHIFTS.get(version) != shift:
            raise Damaged
        self._data, self._size = data, 1 << shift
        self._cutoff = struct.unpack_from("<L", data, 56)[0]
        self._fat = self._table(self._fat_sectors())
        directory = self._chain(struct.unpack_from("<L", data, 48)[0])
        self.entries = list(_entries(directory))
        if not self.entries:
            raise Damaged

    def read(self, name: str) -> bytes:
        """Return the content of the first stream of this name; raise Damaged when there is none."""
        entry = next((it for it in self.entries if it.name == name and it.kind == STREAM), None)
        if entry is None:
            raise Damaged
        if entry.size >= self._cutoff:
            return self._chain(entry.start)[: entry.size]
        small = self._table(self._numbers(struct.unpack_from("<L", self._data, 60)[0]))
        heap = self._chain(self.entries[0].start)
        pieces = [heap[number * 64 : number * 64 + 64] for number in _followed(small, entry.start)]
        return b"".join(pieces)[: entry.size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._data):
            raise Damaged
        return self._data[start : start + self._size]

    def _fat_sectors(self) -> Iterator[int]:
        yield from struct.unpack_from("<109L", self._data, 76)
        number = struct.unpack_from("<L", self._data, 68)[0]
        for _ in range(len(self._data) // self._size):
            if number >= LAST_SECTOR:
                return
            *numbers, number = self._integers(self._sector(number))
            yield from numbers

    def _table(self, sectors) -> list[int]:
        return [entry for number in sectors if number < LAST_SECTOR for entry in self._integers(self._sector(number))]

    def _numbers(self, start: int) -> list[int]:
        return list(_followed(self._fat, start))

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._numbers(start)))

    @staticmethod
    def _integers(sector: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(sector) // 4}L", sector[: len(sector) // 4 * 4])


def _followed(table: list[int], start: int) -> Iterator[int]:
    """The chain from one number to its end; a chain longer than its table goes in a circle."""
    number = start
    for _ in range(len(table) + 1):
        if number >= LAST_SECTOR:
            return
        if number >= len(table):
            raise Damaged
        yield number
        number = table[number]
    raise Damaged


def _entries(directory: bytes) -> Iterator[Entry]:
    for at in range(0, len(directory) - ENTRY + 1, ENTRY):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        start, size = struct.unpack_from("<2L", directory, at + 116)
        if kind and 2 <= length <= 64:
            yield Entry(directory[at : at + length - 2].decode("utf-16-le", "replace"), kind, start, size)


def is_hangul(data: bytes) -> bool:
    """Tell whether this is a Hangul document: an OLE file whose stream FileHeader begins with its signature."""
    try:
        return Compound(data).read("FileHeader").startswith(HWP)
    except Damaged:
        return False


def has_macros(data: bytes) -> bool:
    """Tell whether a compound file carries a project of Visual Basic."""
    return any(entry.name in MACROS for entry in Compound(data).entries)
