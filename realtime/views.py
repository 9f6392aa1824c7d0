"""Catch-up over HTTP: the same frames for pages without a socket."""

from django.http import JsonResponse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from forum.accounts.requests import Request
from forum.web.doors import SIGNED_IN, door
from realtime.feeds import may_listen, may_watch, read_frames, render_snapshot


@door(SIGNED_IN)
@never_cache
@require_GET
def catch_up(request: Request) -> JsonResponse:
    """Answer with the frame after `since`, or with `reload`; 404 for what is hidden and for what does not exist."""
    name, since = request.GET.get("stream", ""), request.GET.get("since", "")
    if not (since.isascii() and since.isdigit() and len(since) < 19) or not may_listen(request.person, name):
        return _refused()
    language = get_language() or "ko"
    frames = read_frames(name, int(since), request.GET.get("epoch", ""), {language})
    return JsonResponse(frames[language].message() if frames else {"type": "reload", "stream": name})


@door(SIGNED_IN)
@never_cache
@require_GET
def snapshot(request: Request) -> JsonResponse:
    """Answer with a snapshot as it is now; 404 for what is hidden and for what does not exist."""
    name = request.GET.get("name", "")
    html = render_snapshot(name, get_language() or "ko") if may_watch(request.person, name) else None
    return _refused() if html is None else JsonResponse({"type": "snapshot", "name": name, "html": html})


def _refused() -> JsonResponse:
    return JsonResponse({"type": "refused"}, status=404)
