"""The unsafe does not start: every URL has a door, the demo stays on this machine."""

from pathlib import Path

from django.conf import settings
from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from forum.environment import ROOT
from forum.web.doors import ACCOUNT_DOORS

APPS = ("forum", "boards", "realtime")


@register("doors")
def every_url_has_a_door(app_configs, **kwargs) -> list[Error]:
    return [
        Error(
            f"The URL {route!r} has no door.",
            hint="Mark its view with @door(…), or add a view of django-allauth to ACCOUNT_DOORS.",
            id="forum.E001",
        )
        for route, pattern in url_patterns(get_resolver())
        if getattr(pattern.callback, "door", None) is None and pattern.name not in ACCOUNT_DOORS
    ]


def url_patterns(resolver: URLResolver, prefix: str = "") -> list[tuple[str, URLPattern]]:
    """Return every URL of the site with its whole route."""
    found: list[tuple[str, URLPattern]] = []
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found += url_patterns(entry, route)
        else:
            found.append((route, entry))
    return found


@register("safety")
def the_demo_is_not_debugged(app_configs, **kwargs) -> list[Error]:
    if settings.DEBUG:
        return [Error("DEBUG is on.", hint="It shows secrets on error pages: leave it off.", id="forum.E002")]
    return []


@register("safety")
def attachments_are_below_no_folder_that_is_served(app_configs, **kwargs) -> list[Error]:
    """What people sent is read through the view that asks who they are, and in no other way."""
    attachments = Path(settings.ATTACHMENTS).resolve()
    served = [Path(settings.STATIC_ROOT), *(ROOT / app / "static" for app in APPS)]
    return [
        Error(
            f"ATTACHMENTS is {attachments}, which lies below {folder}.",
            hint="Set it to a folder of its own, which no web server serves.",
            id="forum.E003",
        )
        for folder in served
        if attachments.is_relative_to(folder.resolve())
    ]
