"""manage.py counter: open and count ballots, the only process with the key store."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError

from forum.clockwork.command import ProcessCommand
from forum.sealing.keystore import key_store


class Command(ProcessCommand):
    help = "Open and count ballots, until stopped; needs KEY_STORE."
    process = "counter"

    def handle(self, **options) -> None:
        try:
            key_store().prepare()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                f"KEY_STORE {settings.KEY_STORE} cannot be written ({error.strerror}): "
                "make it the folder of the account that runs the counter."
            ) from error
        super().handle(**options)
