"""manage.py clock: act when a time has come, until stopped."""

from forum.clockwork.command import ProcessCommand


class Command(ProcessCommand):
    help = "Close ballots and mark overdue answers when their time has come, until stopped."
    process = "clock"
