"""The loop of a process that works by time: duties at their own pace, failures that do not end it, a sign of life."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from forum.clockwork.models import Heartbeat

log = logging.getLogger(__name__)

TICK = 0.25  # seconds between looks at what is due
BEAT_EVERY = 10.0  # seconds between signs of life
LONGEST_PAUSE = 30.0  # seconds a failing duty waits at most before it is tried again


@dataclass(frozen=True)
class Duty:
    """Work to do every so many seconds; `work` returns how much it did."""

    work: Callable[[], int]
    every: float


def run_for_ever(process: str, duties: list[Duty], stopped: Callable[[], bool]) -> None:
    """Do each duty when it is due, until `stopped` says so; a failing duty is logged and waits, others go on."""
    due = dict.fromkeys(duties, 0.0)
    failures = dict.fromkeys(duties, 0)
    beat_due = 0.0
    while not stopped():
        now = time.monotonic()
        for duty in duties:
            if due[duty] <= now:
                failures[duty] = 0 if _do(process, duty) else failures[duty] + 1
                pause = min(duty.every * 2 ** failures[duty], max(LONGEST_PAUSE, duty.every))
                due[duty] = time.monotonic() + pause
        if beat_due <= now and _beat(process):
            beat_due = now + BEAT_EVERY
        time.sleep(TICK)


def _do(process: str, duty: Duty) -> bool:
    close_old_connections()
    try:
        duty.work()
    except Exception:
        log.exception("%s: %s failed and will be tried again.", process, duty.work.__name__)
        return False
    finally:
        close_old_connections()
    return True


def _beat(process: str) -> bool:
    try:
        Heartbeat.objects.update_or_create(process=process, defaults={"at": timezone.now()})
    except DatabaseError:
        log.warning("%s: no sign of life could be written.", process)
        return False
    return True
