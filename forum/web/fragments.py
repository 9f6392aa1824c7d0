"""One view, two answers: the partial for a script, the page or a redirect for a browser without one."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


def wants_fragment(request: HttpRequest) -> bool:
    return bool(request.headers.get("X-Fragment"))


def fragment(
    request: HttpRequest, partial: str, context: dict, *, otherwise: object, status: int = 200
) -> HttpResponse:
    """Render `partial` when a script asked; else call `otherwise` for the page, or redirect to it (a URL or a model)."""
    if wants_fragment(request):
        return render(request, partial, context, status=status)
    if isinstance(otherwise, Callable):
        return otherwise()
    response = redirect(otherwise)
    response.status_code = 303
    return response
