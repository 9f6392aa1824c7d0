"""The ASGI application: HTTP is Django's, `/live/` is the wire's."""

import asyncio
import os

import django
from channels.routing import ProtocolTypeRouter, URLRouter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")
django.setup(set_prefix=False)

from forum.neighbours import missing_folder, missing_neighbour  # noqa: E402 - needs the apps
from forum.web.bodies import limited  # noqa: E402
from forum.web.serving import Pages  # noqa: E402
from realtime.hub import hub  # noqa: E402
from realtime.routing import websocket_urlpatterns  # noqa: E402
from realtime.stopping import close_sockets_before_stopping  # noqa: E402


async def lifespan(scope, receive, send) -> None:
    """Hear the bus from the start, and close the sockets in good order when the server stops."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            if sentence := await asyncio.to_thread(lambda: missing_neighbour() or missing_folder()):
                await send({"type": "lifespan.startup.failed", "message": sentence})
                return
            hub.ensure_running()
            close_sockets_before_stopping()
            await send({"type": "lifespan.startup.complete"})
        else:
            await hub.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return


application = ProtocolTypeRouter(
    {"http": limited(Pages()), "websocket": URLRouter(websocket_urlpatterns), "lifespan": lifespan}
)
