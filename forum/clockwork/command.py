"""The command that is one process of the clockwork."""

import signal
import threading

from django.core.management.base import BaseCommand, CommandError

from forum.neighbours import missing_neighbour


class ProcessCommand(BaseCommand):
    """Run the duties of `process` until SIGTERM or SIGINT; the duty under way is finished first."""

    process: str

    def handle(self, **options) -> None:
        from forum.clock import run_process

        if sentence := missing_neighbour():
            raise CommandError(sentence)
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        self.stdout.write(f"{self.process} is running.")
        run_process(self.process, stop.is_set)
