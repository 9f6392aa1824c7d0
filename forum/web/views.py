"""The few pages that belong to no feature."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.i18n import set_language

from forum.web.doors import PUBLIC, SIGNED_IN, door
from forum.web.kept import kept_for, send_on
from forum.web.ways import place_of


@door(PUBLIC)
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to the page the person was on."""
    return set_language(request)


@door(PUBLIC)
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers; anything else is an error page of 500."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@door(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def kept(request: HttpRequest) -> HttpResponse:
    """Give back what the person had typed when their session ended, and send it on."""
    found = kept_for(request)
    if request.method == "POST":
        return send_on(request, found) if found else redirect("kept")
    place = place_of(request, found.action) if found else None
    return render(request, "kept.html", {"kept": found, "place": place, "resend": request.path})
