"""manage.py counter: open and count ballots, the only process with the key store."""

from forum.clockwork.command import ProcessCommand
from forum.sealing.keystore import key_store


class Command(ProcessCommand):
    help = "Open and count ballots, until stopped; needs KEY_STORE."
    process = "counter"

    def handle(self, **options) -> None:
        key_store()  # a counter without keys does not start
        super().handle(**options)
