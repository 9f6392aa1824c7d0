"""The front door: every URL of the site."""

from django.conf import settings
from django.urls import include, path

from forum.web import errors, views

urlpatterns = [
    path("", include("boards.home.urls")),
    path("", include("boards.membership.urls")),
    path("", include("boards.membership.founding.urls")),
    path("", include("boards.membership.invitations.urls")),
    path("", include("boards.membership.mail_lists.urls")),
    path("", include("boards.membership.settings.urls")),
    path("", include("boards.proposals.urls")),
    path("", include("boards.attachments.urls")),
    path("", include("boards.discussion.urls")),
    path("", include("boards.moderation.urls")),
    path("", include("boards.moderation.reports.urls")),
    path("", include("boards.support.urls")),
    path("", include("boards.voting.urls")),
    path("", include("boards.escalation.urls")),
    path("", include("boards.rooms.urls")),
    path("notifications/", include("forum.notifications.urls")),
    path("accounts/", include("forum.accounts.urls")),
    path("live/", include("realtime.urls")),
    path("kept/", views.kept, name="kept"),
    path("language/", views.language, name="language"),
    path("healthz", views.healthz, name="healthz"),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("boards.world.urls")))

handler400 = errors.bad_request
handler404 = errors.not_found
handler500 = errors.server_error
