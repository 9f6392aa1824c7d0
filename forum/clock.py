"""Everything that runs by time, in one table; each duty finds its work by state, so it may run late or twice."""

from collections.abc import Callable

from boards.attachments.tasks import sweep_lone_files
from boards.escalation.tasks import mark_overdue_escalations, remind_addressees
from boards.proposals.tasks import lapse_invitations
from boards.voting.tasks import (
    close_due_ballots,
    count_closed_ballots,
    destroy_spent_keys,
    open_due_ballots,
    remind_of_last_days,
    void_uncounted_ballots,
)
from forum.clockwork.loop import Duty, run_for_ever
from forum.notifications.telling import send_letters_as_of_now, tell

DUTIES: dict[str, list[Duty]] = {
    # Tells people what happened.
    "worker": [Duty(tell, every=0.5), Duty(send_letters_as_of_now, every=1)],
    # Acts when a time has come.
    "clock": [
        Duty(close_due_ballots, every=1),
        Duty(remind_of_last_days, every=60),
        Duty(void_uncounted_ballots, every=3600),
        Duty(remind_addressees, every=60),
        Duty(mark_overdue_escalations, every=60),
        Duty(lapse_invitations, every=60),
        Duty(sweep_lone_files, every=3600),
    ],
    # The only process with the key store.
    "counter": [
        Duty(open_due_ballots, every=1),
        Duty(count_closed_ballots, every=1),
        Duty(destroy_spent_keys, every=3600),
    ],
}


def run_process(process: str, stopped: Callable[[], bool]) -> None:
    """Run a process's duties until `stopped` says so."""
    run_for_ever(process, DUTIES[process], stopped)


def run_once(process: str) -> int:
    """Run each duty of a process once, for tests and for building the demo world; return how much was done."""
    return sum(duty.work() for duty in DUTIES[process])
