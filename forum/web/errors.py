"""Refusals: sentences the person reads, raised by actions and shown as a page, a form error or a fragment."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from forum.web.kept import typed_in, writer_of


class Refusal(Exception):
    """An act that is not carried out; `str()` is the sentence that says why and what is possible instead."""

    status = 400


class NotAllowed(Refusal):
    """This person may not do this."""

    status = 403


class WrongState(Refusal):
    """Nobody may do this now; it may have been possible a moment ago."""

    status = 409


class Conflict(Refusal):
    """The same client id came again with another content."""

    status = 409


class Invalid(Refusal):
    """The content itself cannot be taken."""

    status = 422


def refusal(request, error: Refusal):
    """Answer with the refusal as a page, or as one sentence where a script asked."""
    context = {"sentence": str(error)}
    template = "errors/_refusal.html" if request.headers.get("X-Fragment") else f"errors/{error.status}.html"
    return render(request, template, context, status=error.status)


def bad_request(request, exception=None):
    return render(request, "errors/400.html", {"sentence": _("요청을 읽을 수 없습니다.")}, status=400)


def not_found(request, exception=None):
    """The same page for what is hidden and for what does not exist; it never repeats what was asked for."""
    return render(request, "errors/404.html", status=404)


def server_error(request):
    return render(request, "errors/500.html", status=500)


def stale_form(request, reason=""):
    """Give back in a fresh form, to the person whose form it was, what was typed into one whose token is too old."""
    mine = request.user.is_authenticated and writer_of(request) == request.user.pk
    return render(request, "errors/stale_form.html", {"kept": typed_in(request) if mine else None}, status=403)
