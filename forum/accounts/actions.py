"""Acts by which people get in: who confirmed an address gets the name they typed, and the institution it proves."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError

from forum.accounts.models import User
from forum.events.recording import SYSTEM, record, verb
from forum.institutions.addresses import institution_of
from forum.institutions.models import Institution
from forum.locks import own


def begin_account(email: str) -> User:
    """Make or find the row a sign-up waits in; it has no password and no name until its address is confirmed."""
    waiting = User.objects.filter(email__iexact=email)
    try:
        return waiting.first() or User.objects.create_user(email, name=email.partition("@")[0][:60], confirmed=False)
    except IntegrityError:  # two browsers at once: both wait in the same row
        return waiting.get()


def confirm_account(person: User, *, name: str, password: str) -> User:
    """Give the account the name and the hashed password of the browser that entered the code, and its institution.

    What was typed comes from that browser's own session: who began to sign up with somebody else's address never
    knows the password of the account.
    """
    with verb():
        person = own(person)
        person.name, person.password = name, password
        person.save(update_fields=["name", "password"])
        record("account_confirmed", about=person, by=SYSTEM, stream=person.stream)
        belong(person, institution_of(person.email))
    return person


def account_of(email: str, *, name: str, institution: Institution) -> User:
    """Return the account of one of the institution's people, made when nobody has the address.

    Somebody of the institution answers for it: an account that belonged nowhere belongs there now, and a sign-up nobody
    confirmed takes the name they give and may set its password by mail. An act that needs several accounts asks for
    them in the order of their addresses: whoever else makes one of them holds its row until the end.
    """
    with verb():
        there = User.objects.filter(email__iexact=email)
        person = there.first()
        if person is None:
            try:
                return User.objects.create_user(email, name=name, institution=institution)
            except IntegrityError:  # another board, or a sign-up, was quicker
                person = there.get()
        person = own(person)
        if person.unconfirmed:
            person.name = name or person.name
            person.save(update_fields=["name"])
            EmailAddress.objects.filter(user=person).update(verified=True)
        belong(person, institution)
    return person


def belong(person: User, institution: Institution | None) -> None:
    """Make a person who belongs to no institution yet one of its people; others stay where they are."""
    if person.institution_id is None and institution is not None:
        with verb():
            person.institution = institution
            person.save(update_fields=["institution"])
            record("institution_joined", about=person, by=SYSTEM, stream=person.stream, institution=institution.pk)
