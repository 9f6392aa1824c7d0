"""manage.py migrate: Django's own, which says in a sentence when there is no database."""

from django.core.management.base import CommandError
from django.core.management.commands import migrate

from forum.neighbours import missing_database


class Command(migrate.Command):
    def handle(self, *args, **options) -> None:
        if sentence := missing_database():
            raise CommandError(sentence)
        super().handle(*args, **options)
