"""Who opens a socket: the origin of the page, the person of the session, the language of the cookie."""

from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from types import SimpleNamespace
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.utils import translation

from forum.accounts.models import User
from forum.events.models import Stream


@dataclass(frozen=True)
class Visitor:
    person: User
    language: str
    head: int  # of the person's own stream, read before any gate is asked


def header(scope, name: str) -> str:
    values = [value for key, value in scope["headers"] if key.lower() == name.encode()]
    return values[0].decode("latin-1") if len(values) == 1 else ""


LOOPBACK = ("localhost", "127.0.0.1", "::1")


def allowed_origin(scope) -> bool:
    """Whether the socket comes from a page of ours: the whole origin counts; a malformed one is a no.

    The demo takes its own address on this machine on any port; its host alone would let a name that was bent to
    127.0.0.1 in.
    """
    origin = header(scope, "origin")
    if origin in settings.PUBLIC_ORIGINS:
        return True
    try:
        parts = urlsplit(origin)
        own = parts.hostname in LOOPBACK and origin == f"http://{header(scope, 'host')}"
    except ValueError:
        return False
    return settings.DEMO and own


def identify(scope) -> Visitor | None:
    """Return the signed-in person of the session cookie as the database has them now, None for a guest."""
    try:
        cookies = SimpleCookie(header(scope, "cookie"))
    except CookieError:
        return None
    key = cookies[settings.SESSION_COOKIE_NAME].value if settings.SESSION_COOKIE_NAME in cookies else None
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = get_user(SimpleNamespace(session=session))  # type: ignore[arg-type]
    if not isinstance(user, User) or not user.is_active:
        return None
    head = Stream.objects.filter(name=user.stream).values_list("head", flat=True).first() or 0
    return Visitor(user, _language(cookies, scope), head)


def _language(cookies: SimpleCookie, scope) -> str:
    request = SimpleNamespace(
        COOKIES={name: morsel.value for name, morsel in cookies.items()},
        META={"HTTP_ACCEPT_LANGUAGE": header(scope, "accept-language")},
        path_info="/",
    )
    return translation.get_language_from_request(request)  # type: ignore[arg-type]
