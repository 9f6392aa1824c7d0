"""Where content is reported and measures are taken, for each kind of content."""

from collections.abc import Callable

from django.urls import URLPattern, path

from boards.discussion.models import Comment
from boards.moderation.reports.views import reporting
from boards.moderation.views import hiding, restoring
from boards.proposals.models import Proposal
from boards.rooms.models import Message


def _doors(kind: str, visible_to: Callable) -> list[URLPattern]:
    return [
        path(f"{kind}s/<int:pk>/hiding/", hiding(visible_to), name=f"{kind}_hiding"),
        path(f"{kind}s/<int:pk>/restoration/", restoring(visible_to), name=f"{kind}_restoration"),
        path(f"{kind}s/<int:pk>/report/", reporting(visible_to), name=f"{kind}_report"),
    ]


urlpatterns = [
    *_doors("proposal", lambda person: Proposal.objects.visible_to(person).published()),
    *_doors("comment", lambda person: Comment.objects.visible_to(person)),
    *_doors("message", lambda person: Message.objects.visible_to(person)),
]
