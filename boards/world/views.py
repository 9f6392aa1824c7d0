"""What only the demo has: one-click accounts, the mails it would have sent, the style guide."""

from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from boards.world.cast import CAST
from forum.accounts.models import User
from forum.accounts.requests import Request
from forum.notifications.models import Letter
from forum.web.doors import PUBLIC, door


@door(PUBLIC)
@require_POST
def sign_in(request: Request) -> HttpResponse:
    """Sign in as one of the cast, without a password, and go on to where they were led."""
    player = next((it for it in CAST if it.key == request.POST.get("name")), None)
    if player is None:
        raise Http404
    person = get_object_or_404(User, email=player.email)
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    onward = request.POST.get("next", "")
    return redirect(onward if url_has_allowed_host_and_scheme(onward, allowed_hosts=None) else "home")


@door(PUBLIC)
@require_GET
def mail(request: Request) -> HttpResponse:
    """The letters of the demo, newest first, with their text."""
    return render(request, "demo/mail_list.html", {"letters": Letter.objects.order_by("-pk")[:50]})


@door(PUBLIC)
@require_GET
def style(request: Request) -> HttpResponse:
    """Every component of the house, to look at and to copy from."""
    return render(request, "_styleguide.html")
