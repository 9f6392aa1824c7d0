"""Where somebody is signed in: one row a device, and the act that ends all others."""

import re

from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from forum.accounts.models import SignIn, User
from forum.events.recording import SYSTEM, record, verb

SYSTEMS = (
    ("Android", "Android"),
    ("iPhone|iPad", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
BROWSERS = (("Edg", "Edge"), ("Whale", "Whale"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))


def device_of(user_agent: str) -> str:
    """Name browser and system of a user agent, an empty text when neither is known."""
    found = [next((name for sign, name in names if re.search(sign, user_agent)), "") for names in (BROWSERS, SYSTEMS)]
    return " · ".join(name for name in found if name)


def remember_session(request, person: User) -> None:
    """Write down the device of the session that begins, and forget those that are over."""
    if not request.session.session_key:
        request.session.save()
    person.sign_ins.exclude(session_key__in=_running(person)).delete()
    SignIn.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "person": person,
            "device": device_of(request.META.get("HTTP_USER_AGENT", "")),
            "at": timezone.now(),
        },
    )


def forget_session(request) -> None:
    SignIn.objects.filter(session_key=request.session.session_key).delete()


def sign_ins_of(person: User) -> QuerySet[SignIn]:
    """Where the person is signed in now, the newest first."""
    return person.sign_ins.filter(session_key__in=_running(person)).order_by("-at")


def sign_out_elsewhere(person: User, *, but: str) -> int:
    """End all sessions of a person except one; return how many ended. Their sockets close with the event."""
    with verb():
        others = person.sign_ins.exclude(session_key=but)
        ended = others.count()
        Session.objects.filter(session_key__in=list(others.values_list("session_key", flat=True))).delete()
        others.delete()
        record("signed_out_elsewhere", about=person, by=SYSTEM, stream=person.stream)
    return ended


def _running(person: User) -> QuerySet:
    keys = person.sign_ins.values("session_key")
    return Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now()).values("session_key")
