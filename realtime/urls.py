"""Where the wire is reached over HTTP."""

from django.urls import path

from realtime import views

urlpatterns = [
    path("catch-up/", views.catch_up, name="catch_up"),
    path("snapshot/", views.snapshot, name="snapshot"),
]
