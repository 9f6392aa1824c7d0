"""manage.py worker: tell people what happened, until stopped."""

from forum.clockwork.command import ProcessCommand


class Command(ProcessCommand):
    help = "Write the notices and send the letters of what happened, until stopped."
    process = "worker"
