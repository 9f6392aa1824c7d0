"""One view, two answers: the partial for a script, the page or a redirect for a browser without one."""

from collections.abc import Callable
from typing import Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


class Addressed(Protocol):
    """A thing with a page of its own."""

    def get_absolute_url(self) -> str: ...


def wants_fragment(request: HttpRequest) -> bool:
    return bool(request.headers.get("X-Fragment"))


def fragment(
    request: HttpRequest,
    partial: str,
    context: dict,
    *,
    otherwise: Callable[[], HttpResponse] | str | Addressed,
    status: int = 200,
) -> HttpResponse:
    """Render `partial` when a script asked; else call `otherwise` for the page, or redirect to that URL or thing."""
    if wants_fragment(request):
        return render(request, partial, context, status=status)
    if callable(otherwise):
        return otherwise()
    response = redirect(otherwise)
    response.status_code = 303
    return response
