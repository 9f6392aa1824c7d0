"""Zip archives looked through without unpacking them to disk: sizes are measured, not believed."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import NamedTuple

LOCAL = b"PK\x03\x04"
END = struct.Struct("<4s4H2LH")  # end of central directory (APPNOTE 4.3.16)
HEAD = struct.Struct("<4s5H3L2H")  # local file header (4.3.7)
LONGEST_DIRECTORY = 1024 * 1024  # bytes
MOST_ENTRIES = 5_000
MOST_UNPACKED = 150 * 1024 * 1024  # bytes, with all archives inside
LARGEST_INNER = 10 * 1024 * 1024  # bytes of an archive inside an archive
DEEPEST = 2  # archives inside one another
SMALL = 10 * 1024 * 1024  # bytes an archive may unpack to at any ratio
HIGHEST_RATIO = 100
LARGEST_PART = 1024 * 1024  # bytes of a part that is read
STEP = 64 * 1024
ENCRYPTED = 0x1


class Damaged(Exception):
    """This is no zip as office programs write it."""


class Bomb(Exception):
    """It would unpack to more than anybody needs."""


class Part(NamedTuple):
    """One entry, with its packed bytes."""

    name: str
    packed: memoryview
    deflated: bool
    size: int


class Archive:
    """A zip that was measured whole; raises Damaged or Bomb on being made."""

    def __init__(self, data: bytes) -> None:
        self._parts = {part.name: part for part in _measured(data)}

    @property
    def names(self) -> list[str]:
        """The entries in the order in which they lie in the file."""
        return list(self._parts)

    def read(self, name: str) -> bytes:
        """Return the content of a small part; raise Damaged when it is missing or large."""
        part = self._parts.get(name)
        if part is None or part.size > LARGEST_PART:
            raise Damaged(name)
        return b"".join(_unpacked(part))


def _measured(data: bytes) -> list[Part]:
    budget = _Budget(len(data))
    parts = _parts(data)
    for part in parts:
        _measure(part, budget, depth=1)
    return parts


class _Budget:
    """How much may still be unpacked, from the outermost archive inwards."""

    def __init__(self, packed: int) -> None:
        self.left = min(MOST_UNPACKED, max(SMALL, packed * HIGHEST_RATIO))

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise Bomb


def _measure(part: Part, budget: _Budget, depth: int) -> None:
    size, head, inner = 0, b"", bytearray()
    for piece in _unpacked(part):
        budget.spend(len(piece))
        size += len(piece)
        head = head or piece[: len(LOCAL)]
        if head == LOCAL:
            inner += piece
            if size > LARGEST_INNER:
                raise Bomb
    if size != part.size:
        raise Damaged(part.name)
    if head == LOCAL:
        if depth > DEEPEST:
            raise Bomb
        for one in _parts(bytes(inner)):
            _measure(one, budget, depth + 1)


def _unpacked(part: Part) -> Iterator[bytes]:
    if not part.deflated:
        for start in range(0, len(part.packed), STEP):
            yield bytes(part.packed[start : start + STEP])
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for start in range(0, len(part.packed), STEP):
            if inflate.eof:
                raise Damaged(part.name)
            waiting: bytes | memoryview = part.packed[start : start + STEP]
            while waiting and not inflate.eof:
                yield inflate.decompress(waiting, STEP)
                waiting = inflate.unconsumed_tail
        yield inflate.flush()
    except zlib.error as error:
        raise Damaged(part.name) from error
    if not inflate.eof or inflate.unused_data:
        raise Damaged(part.name)


def _parts(data: bytes) -> list[Part]:
    """Return the entries in the order of their place; nothing lies before, after or over them."""
    _demand_plain_end(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as opened:
            found, end = sorted(opened.infolist(), key=lambda info: info.header_offset), opened.start_dir
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, UnicodeDecodeError) as error:
        raise Damaged from error
    if len(found) > MOST_ENTRIES:
        raise Bomb
    if not found or found[0].header_offset != 0 or len({info.filename for info in found}) < len(found):
        raise Damaged
    places = [info.header_offset for info in found] + [end]
    return [_part(data, info, until) for info, (_, until) in zip(found, pairwise(places), strict=True)]


def _demand_plain_end(data: bytes) -> None:
    if len(data) < END.size or not data.startswith(LOCAL):
        raise Damaged
    sign, _, _, _, _, size, start, comment = END.unpack_from(data, len(data) - END.size)
    if sign != b"PK\x05\x06" or comment or start + size != len(data) - END.size:
        raise Damaged
    if size > LONGEST_DIRECTORY:
        raise Bomb


def _part(data: bytes, info: zipfile.ZipInfo, until: int) -> Part:
    name, start = info.filename, info.header_offset
    if start + HEAD.size > until or not data.startswith(LOCAL, start):
        raise Damaged(name)
    head = HEAD.unpack_from(data, start)
    begin = start + HEAD.size + head[-2] + head[-1]
    if begin + info.compress_size > until:
        raise Damaged(name)
    if info.flag_bits & ENCRYPTED or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Damaged(name)
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/"):
        raise Damaged(name)
    packed = memoryview(data)[begin : begin + info.compress_size]
    return Part(name, packed, info.compress_type == zipfile.ZIP_DEFLATED, info.file_size)
