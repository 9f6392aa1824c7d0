"""Clients that ask for one page again and again over connections that stay open, spread over the web processes."""

import asyncio
import statistics
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Taken:
    """How long each answer took, in milliseconds, and how many came in a second.

    `worked` is the processor time of the web processes for all of them, which a loaded machine changes least.
    """

    times: list[float] = field(default_factory=list)
    seconds: float = 0.0
    size: int = 0
    worked: float = 0.0

    def __iadd__(self, other: "Taken") -> "Taken":
        self.times += other.times
        self.seconds += other.seconds
        self.size = other.size
        self.worked += other.worked
        return self

    @property
    def p50(self) -> float:
        return statistics.median(self.times)

    @property
    def p99(self) -> float:
        return sorted(self.times)[min(len(self.times) - 1, int(len(self.times) * 0.99))]

    @property
    def work(self) -> float:
        return self.worked / len(self.times)

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds


def ask(origins: list[str], path: str, headers: dict[str, str], *, clients: int, seconds: float) -> Taken:
    """Let so many clients ask for that long; raise RuntimeError for any answer but 200."""
    return asyncio.run(_ask(origins, path, headers, clients, seconds))


async def _ask(origins: list[str], path: str, headers: dict[str, str], clients: int, seconds: float) -> Taken:
    taken = Taken()
    began = time.perf_counter()
    turns = (_client(origins[turn % len(origins)], path, headers, began + seconds, taken) for turn in range(clients))
    await asyncio.gather(*turns)
    taken.seconds = time.perf_counter() - began
    return taken


async def _client(origin: str, path: str, headers: dict[str, str], until: float, taken: Taken) -> None:
    place = urlsplit(origin)
    lines = [f"GET {path} HTTP/1.1", f"Host: {place.netloc}", *(f"{name}: {it}" for name, it in headers.items())]
    request = "\r\n".join([*lines, "", ""]).encode()
    reader, writer = await asyncio.open_connection(place.hostname, place.port, limit=1 << 22)
    try:
        while (began := time.perf_counter()) < until:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            status, size = int(head[9:12]), _length(head)
            await reader.readexactly(size)
            if status != 200:
                raise RuntimeError(f"{path} answered {status}.")
            taken.times.append((time.perf_counter() - began) * 1000)
            taken.size = size
    finally:
        writer.close()


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        name, _colon, value = line.partition(b":")
        if name == b"content-length":
            return int(value)
    raise RuntimeError("An answer without its length.")
