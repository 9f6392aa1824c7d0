"""manage.py demo: the main job on embedded defaults, in one process on one port."""

import socket
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from boards.voting.models import Ballot
from boards.voting.states import State
from boards.world.building import make_world
from boards.world.cast import CAST, PASSWORD, find_cast
from boards.world.folder import Folder
from boards.world.serving import serve
from forum.sealing.keystore import key_store


class Command(BaseCommand):
    help = "Prepare the database and the demo world, then serve until Ctrl-C."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--reset", action="store_true", help="begin with a new world")

    def handle(self, *, reset: bool, **options) -> None:
        if not settings.DEMO:
            raise CommandError("The demo cannot run with a production configuration: unset FORUM_MODE.")
        port = int(settings.PUBLIC_ORIGINS[0].rpartition(":")[2])
        folder = Folder(settings.ENVIRONMENT.data)
        with folder.held():
            self._claim(port)
            if reset or folder.unfinished:
                folder.empty()
            self._prepare(folder)
            serve(port, ready=lambda: self._tell(port))
        self.stdout.write("Stopped.")

    @staticmethod
    def _prepare(folder: Folder) -> None:
        call_command("migrate", verbosity=0)
        if find_cast() is not None:
            return
        try:
            with folder.making():
                make_world(key_store())
        except KeyboardInterrupt:
            raise CommandError("Stopped before the world was whole: the next start begins it anew.") from None

    @staticmethod
    def _claim(port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise CommandError(f"Port {port} is in use: choose another with --port.") from error

    def _tell(self, port: int) -> None:
        rows = "\n".join(f"  {it.email:24} {it.role_label}" for it in CAST if it.key in SHOWN)
        self.stdout.write(
            f"\nThe junior board is open at http://localhost:{port}/\n\n"
            f"Sign in with one click there, or with the password {PASSWORD} as\n{rows}\n\n"
            f"Mails it would have sent: http://localhost:{port}/demo/mail/"
        )
        if ballot := Ballot.objects.filter(state=State.OPEN, closes_at__lt=timezone.now() + SOON).first():
            at = timezone.localtime(ballot.closes_at)
            self.stdout.write(
                f"A ballot closes at {at:%H:%M:%S} (Seoul) and escalates what it is about: "
                f"http://localhost:{port}{ballot.proposal.get_absolute_url()}"
            )
        self.stdout.write("Ctrl-C ends all.")
        self.stdout.flush()


SOON = timedelta(minutes=5)
SHOWN = ("jun", "sora", "minji", "hana", "staff", "rio")
