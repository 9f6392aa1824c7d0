"""How a discussion is ordered, and who is called in a text, as pure functions."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from django.db import models
from django.utils.translation import gettext_lazy as _

ID_WIDTH = 19  # digits of the largest id


class Sort(models.TextChoices):
    OLD = "old", _("옛글 먼저")
    NEW = "new", _("새글 먼저")
    BEST = "best", _("추천")


@dataclass(frozen=True)
class Thread:
    """A first-level comment: its id, its stance (None when its words are gone), how many others answered to it."""

    root: int
    stance: str | None
    voices: int


def ordered(threads: Sequence[Thread], sort: Sort) -> list[Thread]:
    """Return the threads, given oldest first, in the order asked for."""
    if sort is Sort.BEST:
        return best(threads)
    return list(threads)[::-1] if sort is Sort.NEW else list(threads)


def best(threads: Iterable[Thread]) -> list[Thread]:
    """Return the threads so that every stance is heard: they take turns, the rarest first, each with its best.

    Within a stance that thread is better in which more different people answered; of two alike the older one. So a
    majority cannot push the others down by number, and who answers often counts once. What is gone comes last.
    """
    threads = list(threads)
    camps = {thread.stance: foremost(threads, thread.stance) for thread in threads if thread.stance is not None}
    turns = sorted(camps.values(), key=lambda camp: (len(camp), min(thread.root for thread in camp)))
    heard = [thread for turn in zip_longest(*turns) for thread in turn if thread is not None]
    return heard + sorted((it for it in threads if it.stance is None), key=lambda thread: thread.root)


def foremost(threads: Iterable[Thread], stance: str) -> list[Thread]:
    """Return the threads of one stance, the one with most voices first, of two alike the older."""
    return sorted((it for it in threads if it.stance == stance), key=lambda thread: (-thread.voices, thread.root))


# --- Who is called ---------------------------------------------------------------------------------------------------

_AT = r"(?<![\w@.])@"
_AFTER = r"(?=\W|$|님|씨)"  # a name ends with its word, or before the title people put behind it
_CALL = re.compile(rf"{_AT}([^\n@]{{1,60}})")
_END = re.compile(_AFTER)
MOST_WORDS = 4


def calls(text: str) -> Iterator[list[str]]:
    """Yield for each `@` in the text the names that may be meant, the longest first."""
    for call in _CALL.finditer(text):
        ends = [end.start() for end in _END.finditer(call[1]) if end.start()]
        names = [call[1][:end] for end in ends]
        yield [name for name in names if name == name.strip()][:MOST_WORDS][::-1]


def called(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds `@name` for these names, None when there are none."""
    longest_first = sorted(set(names), key=len, reverse=True)
    if not longest_first:
        return None
    return re.compile(f"{_AT}(?:{'|'.join(map(re.escape, longest_first))}){_AFTER}")
