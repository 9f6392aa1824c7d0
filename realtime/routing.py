"""Where sockets are reached."""

from django.urls import path

from realtime.consumers import live

websocket_urlpatterns = [path("live/", live)]
