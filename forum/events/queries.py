"""What a page needs of a stream to be live."""

from dataclasses import dataclass

from forum.events.models import Stream


@dataclass(frozen=True)
class Head:
    """Where a page stands on a stream: it catches up from `number` of this `epoch`."""

    name: str
    number: int
    epoch: str


def head_of(name: str) -> Head:
    """Return the head; read it before the items it belongs to, so that a gap is caught up and never skipped."""
    stream = Stream.objects.get(name=name)
    return Head(name=stream.name, number=stream.head, epoch=str(stream.epoch))
