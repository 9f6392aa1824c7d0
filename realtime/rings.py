"""What a stream's newest frames looked like, so that many sockets are served by one reading of the database."""

from collections import deque
from dataclasses import dataclass

from realtime.feeds import Frame, Item

MOST_BYTES = 512 * 1024  # of rendered items a stream; what is older is read from the database again


@dataclass(frozen=True)
class Step:
    """One reading: the events after `since` up to `to`, rendered in each language somebody listens in."""

    since: int
    to: int
    frames: dict[str, Frame]
    size: int


class Ring:
    """The last readings of one stream without a gap, from `start` to `to`."""

    def __init__(self, name: str, epoch: str, to: int) -> None:
        self.name, self.epoch = name, epoch
        self.start = self.to = to
        self._steps: deque[Step] = deque()
        self._size = 0
        self._made: dict[tuple[int, str], Frame] = {}

    def add(self, frames: dict[str, Frame]) -> None:
        """Append a reading that begins at `to`; the oldest ones go when there are too many bytes."""
        to = next(iter(frames.values())).to
        if to == self.to:
            return
        size = sum(len(item.html) for frame in frames.values() for item in frame.items)
        self._steps.append(Step(self.to, to, frames, size))
        self._size += size
        self.to = to
        self._made.clear()
        while self._size > MOST_BYTES:
            gone = self._steps.popleft()
            self._size -= gone.size
            self.start = gone.to

    def frame(self, since: int, language: str) -> Frame | None:
        """Return the frame from `since` to the end, the same object for all who ask; None when it is not held here."""
        if not self.start <= since <= self.to:
            return None
        if (since, language) not in self._made:
            steps = [step for step in self._steps if step.to > since]
            if any(language not in step.frames for step in steps):
                return None
            self._made[since, language] = self._joined(since, [step.frames[language] for step in steps])
        return self._made[since, language]

    def _joined(self, since: int, frames: list[Frame]) -> Frame:
        items: dict[str, Item] = {item.id: item for frame in frames for item in frame.items}  # the newest of each wins
        panels = any(frame.panels for frame in frames)
        return Frame(self.name, self.epoch, since, self.to, list(items.values()), panels)
