"""Threaded comments with a stance."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards.membership.models import Board
from boards.moderation.models import Moderated
from boards.proposals.models import Proposal

MAX_DEPTH = 4


class Stance(models.TextChoices):
    FOR = "for", _("찬성")
    AGAINST = "against", _("반대")
    QUESTION = "question", _("질문")
    ADDITION = "addition", _("보완 의견")

    @property
    def shape(self) -> str:
        """A sign that tells the stances apart without colour."""
        return {"for": "○", "against": "×", "question": "?", "addition": "+"}[self.value]


class CommentQuerySet(models.QuerySet):
    def visible_to(self, person) -> "CommentQuerySet":
        return self.filter(proposal__in=Proposal.objects.visible_to(person))

    def in_thread_order(self) -> "CommentQuerySet":
        """Parents before their replies, oldest first; one query, no tree is built."""
        return self.order_by("path").select_related("author", "measure", "measure__by", "parent__author")


class Comment(Moderated):
    """A comment; `path` is its parent's path and its own id in fixed width, so that sorting by it is the thread."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments")
    stance = models.CharField(max_length=10, choices=Stance)
    body = models.TextField()
    path = models.CharField(max_length=120)
    depth = models.PositiveSmallIntegerField(default=0)
    client_id = models.UUIDField()
    body_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    objects = CommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "author", "client_id"], name="one_comment_per_client_id"),
            models.CheckConstraint(condition=models.Q(depth__lte=MAX_DEPTH), name="depth_of_a_comment"),
        ]
        indexes = [models.Index(fields=["proposal", "path"], name="comment_thread")]

    @property
    def board(self) -> Board:
        return self.proposal.board

    @property
    def stream(self) -> str:
        return self.proposal.stream

    @property
    def shape(self) -> str:
        return Stance(self.stance).shape

    def get_absolute_url(self) -> str:
        return f"/proposals/{self.proposal_id}/#comment-{self.pk}"
