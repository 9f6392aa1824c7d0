"""Letters: rows written in the transaction of what they tell, sent by the worker, tried again when the mail is down."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from forum.notifications.models import Letter

log = logging.getLogger(__name__)

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)


def write_letter(*, key: str, to: str, subject: str, body: str) -> None:
    """Add a letter once: the same key again changes nothing."""
    Letter.objects.bulk_create([Letter(key=key, to=to, subject=one_line(subject), body=body)], ignore_conflicts=True)


Wording = tuple[str, str]  # a subject and a body


def send_letters(limit: int = 50, *, anew: Callable[[Letter], Wording | None] = lambda letter: None) -> int:
    """Send what is due and return how many went out; a letter that fails waits, twice as long each time.

    `anew` words a letter as it has to be now; None sends it as it was written.
    """
    sent = 0
    for _ in range(limit):
        due = Letter.objects.filter(sent_at=None, next_try_at__lte=timezone.now()).order_by("next_try_at")
        if not due.exists():
            return sent
        with transaction.atomic():
            letter = due.select_for_update(skip_locked=True, no_key=True).first()
            if letter is None:
                return sent
            if wording := anew(letter):
                letter.subject, letter.body = wording
            sent += _send(letter)
    return sent


def one_line(subject: str) -> str:
    return " ".join(subject.split())[:200]


def _send(letter: Letter) -> bool:
    # A deterministic Message-ID: should the process die between sending and saving, the second copy is the same mail.
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    mail = EmailMessage(letter.subject, letter.body, to=[letter.to], headers={"Message-ID": f"<{letter.key}@{host}>"})
    letter.tries += 1
    try:
        mail.send()
    except Exception as error:  # also an address the mailer refuses: one letter must not hold up all others
        letter.next_try_at = timezone.now() + min(FIRST_WAIT * 2 ** (letter.tries - 1), LONGEST_WAIT)
        letter.save(update_fields=["tries", "next_try_at"])
        log.warning("A letter was not sent (try %s): %s", letter.tries, error.__class__.__name__)
        return False
    letter.sent_at = timezone.now()
    if not settings.DEMO:
        letter.body = ""
    letter.save(update_fields=["tries", "sent_at", "subject", "body"])
    return True
