"""manage.py make_world: the demo's invented people and proposals."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from boards.world.building import make_world
from forum.sealing.keystore import key_store


class Command(BaseCommand):
    help = "Make the demo world; a second time changes nothing."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--yes", action="store_true", help="make it outside the demo too, on a test installation")

    def handle(self, *, yes: bool, **options) -> None:
        if not settings.DEMO and not yes:
            raise CommandError("The demo world has public passwords: add --yes to make it outside the demo.")
        try:
            keys = key_store()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        make_world(keys)
        self.stdout.write("The demo world is there: manage.py world tells who is in it and where to look.")
