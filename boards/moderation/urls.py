"""Where measures are taken, for each kind of content."""

from django.urls import path

from boards.discussion.models import Comment
from boards.moderation.views import hiding
from boards.proposals.models import Proposal
from boards.rooms.models import Message

urlpatterns = [
    path(
        "proposals/<int:pk>/hiding/",
        hiding(lambda person: Proposal.objects.visible_to(person).published()),
        name="proposal_hiding",
    ),
    path("comments/<int:pk>/hiding/", hiding(lambda person: Comment.objects.visible_to(person)), name="comment_hiding"),
    path("messages/<int:pk>/hiding/", hiding(lambda person: Message.objects.visible_to(person)), name="message_hiding"),
]
