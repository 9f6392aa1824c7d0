"""manage.py load_institutions: the local governments of Korea, from a table of the administrative standard codes."""

import csv
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from forum.institutions.models import Institution

COLUMNS = {"level", "sido", "name"}
METROPOLITAN, BASIC = "광역", "기초"


class Command(BaseCommand):
    help = (
        "Make the institutions of a table (columns level, sido, name); those that are there already stay as they are."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", help="a CSV file in UTF-8: forum/institutions/data/institutions_2026-07-01.csv")

    def handle(self, *, file: str, **told) -> None:
        rows = _rows(file)
        made = 0
        with transaction.atomic():
            for line, row in enumerate(rows, start=2):
                if row["level"] == METROPOLITAN:
                    made += Institution.objects.get_or_create(name=row["name"])[1]
                elif row["level"] == BASIC:
                    # Seven names are borne by districts of several cities (중구, 동구 …): the whole name is unique.
                    above, _made = Institution.objects.get_or_create(name=row["sido"])
                    name = f"{row['sido']} {row['name']}"
                    made += Institution.objects.get_or_create(name=name, defaults={"parent": above})[1]
                else:
                    raise CommandError(f"Line {line}: the level is {row['level']!r}, not {METROPOLITAN} or {BASIC}.")
        self.stdout.write(f"{made} institutions made, {len(rows) - made} were there.")


def _rows(file: str) -> list[dict[str, str]]:
    try:
        table = csv.DictReader(Path(file).read_text("utf-8-sig").splitlines())
        rows = list(table)
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read as a text in UTF-8: {error}") from error
    if missing := COLUMNS - set(table.fieldnames or ()):
        raise CommandError(f"{file} lacks the columns {', '.join(sorted(missing))}.")
    return rows
