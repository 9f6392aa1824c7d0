"""Signing in, out and up, and changing a password: what django-allauth signals becomes acts of this house.

Those that end a session are events on the person's stream, so that open sockets close.
"""

from allauth.account import signals as account
from django.contrib.auth.signals import user_logged_in, user_logged_out

from forum.accounts.actions import belong, confirm_account
from forum.accounts.models import User
from forum.accounts.sessions import forget_session, remember_session
from forum.events.recording import SYSTEM, record, verb
from forum.institutions.addresses import institution_of

SIGNING_UP = "signing_up"  # in the session: what was typed, until the code from the mail is entered


def connect() -> None:
    account.email_confirmed.connect(_address_confirmed, dispatch_uid="address_confirmed")
    user_logged_in.connect(_signed_in, dispatch_uid="signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="signed_out")
    account.password_changed.connect(_password_changed, dispatch_uid="password_changed")
    account.password_reset.connect(_password_changed, dispatch_uid="password_reset")


def tell_rights_changed(person: User) -> None:
    """Record, inside the act that changes them, that a person's rights are to be asked again."""
    record("rights_changed", about=person, by=SYSTEM, stream=person.stream)


def _address_confirmed(sender, request, email_address, **kwargs) -> None:
    typed = request.session.pop(SIGNING_UP, None)
    if typed and typed["email"] == email_address.email:
        confirm_account(email_address.user, name=typed["name"], password=typed["password"])


def _signed_in(sender, request, user: User, **kwargs) -> None:
    """Remember the device; whoever belongs nowhere is asked for again, for the institution may have listed them."""
    remember_session(request, user)
    if user.institution_id is None:
        belong(user, institution_of(user.email))


def _signed_out(sender, request, user: User | None, **kwargs) -> None:
    if user is not None:
        with verb():
            forget_session(request)
            record("signed_out", about=user, by=SYSTEM, stream=user.stream)


def _password_changed(sender, request, user: User, **kwargs) -> None:
    """All sessions but the one that changed it are over with the old password."""
    with verb():
        user.sign_ins.all().delete()
        if request.user.is_authenticated:
            remember_session(request, user)
        record("password_changed", about=user, by=SYSTEM, stream=user.stream)
