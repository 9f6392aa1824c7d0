"""One thing after another: what fails is logged and does not hold up the rest."""

import logging
from collections.abc import Callable, Iterable

log = logging.getLogger(__name__)


def each[Thing](things: Iterable[Thing], work: Callable[[Thing], bool]) -> int:
    """Return for how many things the work said that it did something; a failing one is tried again next round."""
    done = 0
    for thing in list(things):
        try:
            done += bool(work(thing))
        except Exception:
            log.exception("%s failed for %s and will be tried again.", work.__name__, thing.pk)  # type: ignore[attr-defined]
    return done
