"""Signing out and changing a password are events on the person's stream, so that open sockets close."""

from allauth.account import signals as account
from django.contrib.auth.signals import user_logged_out

from forum.accounts.models import User
from forum.events.recording import SYSTEM, record, verb


def connect() -> None:
    user_logged_out.connect(_signed_out, dispatch_uid="signed_out")
    account.password_changed.connect(_password_changed, dispatch_uid="password_changed")
    account.password_reset.connect(_password_changed, dispatch_uid="password_reset")


def tell_rights_changed(person: User) -> None:
    """Record, inside the act that changes them, that a person's rights are to be asked again."""
    record("rights_changed", about=person, by=SYSTEM, stream=person.stream)


def _signed_out(sender, user: User | None, **kwargs) -> None:
    if user is not None:
        with verb():
            record("signed_out", about=user, by=SYSTEM, stream=user.stream)


def _password_changed(sender, user: User, **kwargs) -> None:
    with verb():
        record("password_changed", about=user, by=SYSTEM, stream=user.stream)
