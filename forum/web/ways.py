"""Ways from the ground's own pages to the work, of which the ground knows nothing: who knows them registers."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class Way:
    """Where a page leads, and what its link says."""

    path: str
    label: str


_back: Callable[[HttpRequest], Way | None] = lambda request: None  # noqa: E731
_place: Callable[[HttpRequest, str], Way | None] = lambda request, path: None  # noqa: E731


def ask_the_way(back: Callable[[HttpRequest], Way | None], place: Callable[[HttpRequest, str], Way | None]) -> None:
    """Register, once at start-up, who knows the ways; they lead only to what the person may read."""
    global _back, _place
    _back, _place = back, place


def way_back(request: HttpRequest) -> Way | None:
    """Return where a refused act leads back to."""
    return _back(request)


def place_of(request: HttpRequest, path: str) -> Way | None:
    """Return the page, by its name, of what a form was sent to."""
    return _place(request, path)
