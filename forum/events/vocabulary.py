"""What a verb is, and the one table of all verbs; an event whose verb is not in it cannot be recorded."""

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise


class Actor(Enum):
    """What an event keeps of who acted."""

    KEPT = "kept"
    DROPPED = "dropped"  # a sealed act: the row must not tell who
    SYSTEM = "system"  # nobody acted: the clock, or a rule that was met


class Live(Enum):
    """What open pages do when the event reaches them."""

    ITEM = "item"  # the thing's partial is put in or swapped
    PANELS = "panels"  # personal panels and the timeline are read again
    NOTHING = "nothing"  # the event is heard by no page


@dataclass(frozen=True)
class Word:
    """A verb: its sentence, the kind of stream it lies on, what is kept of the actor, who hears of it and how.

    `sentence` is lazy Korean with `{actor}` and `{about}`; `told` says that `audience` has an answer for it, so the
    worker must ask; `live` decides what open pages do; `proof` says whether it belongs into the audit log.
    """

    verb: str
    sentence: str | Promise
    stream: str | None
    actor: Actor = Actor.KEPT
    told: bool = False
    live: Live = Live.PANELS
    proof: bool = True


VERBS: dict[str, Word] = {}


def learn(*words: Word) -> None:
    """Add verbs to the table at start-up; raise ValueError when one is taught twice."""
    for word in words:
        if word.verb in VERBS:
            raise ValueError(f"The verb {word.verb} is in the vocabulary already.")
        VERBS[word.verb] = word
