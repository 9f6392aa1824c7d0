"""Refusals: sentences the person reads, raised by actions and shown as a page, a form error or a fragment."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from forum.web.fragments import wants_fragment
from forum.web.kept import given_back
from forum.web.ways import way_back


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
    """Answer with the refusal as a page that gives back what was typed, or as one sentence where a script asked."""
    if wants_fragment(request):
        return _sentence(request, str(error), error.status)
    context = {"sentence": str(error), "kept": given_back(request), "back": way_back(request)}
    return render(request, f"errors/{error.status}.html", context, status=error.status)


def bad_request(request, exception=None):
    return render(request, "errors/400.html", {"sentence": _("요청을 읽을 수 없습니다.")}, status=400)


def not_found(request, exception=None):
    """The same page for what is hidden and for what does not exist; it repeats nothing but one's own text."""
    if wants_fragment(request):
        sentence = _("이 주소에는 볼 수 있는 것이 없습니다. 주소를 다시 확인하거나 홈에서 찾아 주세요.")
        return _sentence(request, sentence, 404)
    return render(request, "errors/404.html", {"kept": given_back(request)}, status=404)


def server_error(request):
    return render(request, "errors/500.html", {"kept": given_back(request)}, status=500)


def stale_form(request, reason=""):
    """Give back in a fresh form, to the person whose form it was, what was typed into one whose token is too old."""
    return render(request, "errors/stale_form.html", {"kept": given_back(request)}, status=403)


def _sentence(request, sentence: str, status: int):
    """One sentence for a script, which still has what was typed."""
    return render(request, "errors/_refusal.html", {"sentence": sentence}, status=status)
