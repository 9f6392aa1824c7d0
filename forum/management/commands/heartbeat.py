"""manage.py heartbeat PROCESS: tell whether a process has given a sign of life lately."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from forum.clock import DUTIES
from forum.clockwork.models import Heartbeat

LATEST = timedelta(seconds=60)


class Command(BaseCommand):
    help = "Exit with 0 if the process gave a sign of life in the last minute, else with 1."

    def add_arguments(self, parser) -> None:
        parser.add_argument("process", choices=sorted(DUTIES))

    def handle(self, process: str, **options) -> None:
        beat = Heartbeat.objects.filter(process=process, at__gte=timezone.now() - LATEST).first()
        if beat is None:
            raise CommandError(f"{process} has given no sign of life for {LATEST.seconds} seconds.")
        self.stdout.write(f"{process} is alive.")
