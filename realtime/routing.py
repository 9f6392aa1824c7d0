"""Where sockets are reached."""

from django.urls import path, re_path

from realtime.consumers import live


async def nothing(scope, receive, send) -> None:
    """Refuse a socket at any other address."""
    await receive()
    await send({"type": "websocket.close"})


websocket_urlpatterns = [path("live/", live), re_path(r"", nothing)]  # type: ignore[arg-type]
