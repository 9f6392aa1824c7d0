"""manage.py add_people: accounts for an institution's people, from its own list."""

import csv
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from forum.accounts.models import User
from forum.institutions.models import Institution


class Command(BaseCommand):
    help = "Make an account for each line `address,name`, all or nothing; each waits for a first password by mail."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "file", help="a CSV file in UTF-8, or - for the standard input; who has an account keeps it"
        )
        parser.add_argument("--institution", required=True, help="its name: 한빛시")

    def handle(self, *, file: str, institution: str, **told) -> None:
        place = Institution.objects.filter(name=institution).first()
        if place is None:
            raise CommandError(f"There is no institution {institution}: found_board makes one.")
        made = known = 0
        with transaction.atomic():
            for line, email, name in _people(file):
                person = User.objects.filter(email__iexact=email).first()
                if person is None:
                    _make(line, email, name, place)
                    made += 1
                elif person.institution_id == place.pk:
                    known += 1
                else:
                    raise CommandError(f"Line {line}: {email} has an account outside {place}. Nothing was made.")
        self.stdout.write(f"{made} accounts made, {known} were there. Each asks for a password at the sign-in page.")


def _people(file: str) -> Iterator[tuple[int, str, str]]:
    """Yield line number, address and name of each line that is not empty."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read as a text in UTF-8: {error}") from error
    for line, cells in enumerate(csv.reader(text.splitlines()), start=1):
        words = [unicodedata.normalize("NFC", cell).strip() for cell in cells]
        if not any(words):
            continue
        if len(words) != 2:
            raise CommandError(f"Line {line}: write an address and a name, kim@example.go.kr,김하나. Nothing was made.")
        yield line, words[0], words[1]


def _make(line: int, email: str, name: str, institution: Institution) -> None:
    try:
        User(email=email, name=name).clean_fields(exclude=["password", "institution", "last_login"])
    except ValidationError as error:
        sentence = " ".join(error.messages)
        raise CommandError(f"Line {line}: {email},{name}: {sentence} Nothing was made.") from error
    User.objects.create_user(email, name=name, institution=institution)
