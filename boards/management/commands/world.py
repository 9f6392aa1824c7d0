"""manage.py world: who is in the demo world and where to look."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError

from boards.world.cast import find_cast
from boards.world.describing import describe


class Command(BaseCommand):
    help = "Print the accounts and paths of the demo world."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--json", action="store_true", help="for scripts")

    def handle(self, *, json: bool, **options) -> None:
        try:
            world = find_cast()
        except (OperationalError, ProgrammingError) as error:
            raise CommandError("The database has no tables yet: run manage.py migrate first.") from error
        if world is None:
            raise CommandError("There is no demo world here: run manage.py make_world first.")
        told = describe(world)
        self.stdout.write(_as_json(told) if json else _as_table(told))


def _as_json(told: dict) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2)


def _as_table(told: dict) -> str:
    rows = [f"{it['email']:24} {it['role']:18} {it['name']}" for it in told["accounts"]]
    return "\n".join([*rows, "", *(f"{name:22} {path}" for name, path in told["urls"].items())])
