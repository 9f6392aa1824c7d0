"""The way to a first password, for whom somebody of the institution made the account."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from forum.accounts.models import User


@dataclass(frozen=True)
class WayIn:
    """The path of the page that sets a password, once and until then; after that a mail is asked for at `again`."""

    path: str
    until: datetime
    again: str


def way_in(person: User) -> WayIn | None:
    """Return the way to a first password; None for whoever has one, or began a sign-up nobody confirmed.

    It is the link of a reset: whoever holds it is whoever reads that mailbox, so it goes nowhere else.
    """
    if person.has_usable_password() or person.unconfirmed:
        return None
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    return WayIn(
        path=reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), token]),
        until=timezone.localtime(timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)),
        again=reverse("account_reset_password"),
    )
