"""Threaded comments with a stance, their earlier versions, and who is mentioned in them."""

from html import unescape

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from boards.discussion.rules import called
from boards.membership.models import Board
from boards.moderation.models import Moderated
from boards.proposals.models import Proposal
from forum.web.richtext import render

MAX_DEPTH = 4
EXCERPT = 120  # characters of a reason in the overview


class Stance(models.TextChoices):
    FOR = "for", _("찬성")
    AGAINST = "against", _("반대")
    QUESTION = "question", _("질문")
    ADDITION = "addition", _("보완 의견")

    @property
    def shape(self) -> str:
        """The outline, in a box of 16, that tells stances apart without colour: ring, cross, question mark, plus."""
        return {
            "for": "M8 2.5a5.5 5.5 0 110 11 5.5 5.5 0 010-11z",
            "against": "M3 3l10 10M13 3L3 13",
            "question": "M5 5.5a3 3 0 116 0c0 2-3 2-3 4.5M8 13.5v.01",
            "addition": "M8 2.5v11M2.5 8h11",
        }[self.value]


class CommentQuerySet(models.QuerySet):
    def visible_to(self, person) -> "CommentQuerySet":
        return self.filter(proposal__in=Proposal.objects.visible_to(person))

    def readable(self) -> "CommentQuerySet":
        """Those whose words still stand there: neither hidden nor deleted."""
        return self.filter(measure=None, deleted_at=None)

    def in_thread_order(self) -> "CommentQuerySet":
        """Parents before their replies, oldest first; one query, no tree is built."""
        return self.order_by("path").select_related("author", "measure", "measure__by", "parent__author")

    def shown(self) -> "CommentQuerySet":
        """Comments with all their partial shows, in the order of the thread."""
        return self.in_thread_order().prefetch_related("mentions")


class Comment(Moderated):
    """A comment; `path` is its parent's path and its own id in fixed width, so that sorting by it is the thread.

    `version` numbers its words: it grows with every edit. A deleted comment keeps its place and loses its text.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments")
    stance = models.CharField(max_length=10, choices=Stance)
    body = models.TextField()
    version = models.PositiveSmallIntegerField(default=1, db_default=1)
    path = models.CharField(max_length=120)
    depth = models.PositiveSmallIntegerField(default=0)
    client_id = models.UUIDField()
    body_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "author", "client_id"], name="one_comment_per_client_id"),
            models.CheckConstraint(condition=models.Q(depth__lte=MAX_DEPTH), name="depth_of_a_comment"),
            models.CheckConstraint(
                condition=models.Q(deleted_at=None) | models.Q(body=""), name="a_deleted_comment_has_no_text"
            ),
        ]
        indexes = [models.Index(fields=["proposal", "path"], name="comment_thread")]

    @property
    def board(self) -> Board:
        return self.proposal.board

    @property
    def stream(self) -> str:
        return self.proposal.stream

    @property
    def snapshots(self) -> tuple[str, ...]:
        return (f"discussion:{self.proposal_id}",)

    @property
    def shape(self) -> str:
        return Stance(self.stance).shape

    @property
    def words(self) -> SafeString:
        """The text as HTML, with those who are mentioned marked."""
        return render(self.body, marked=called(it.name for it in self.mentions.all()))

    @property
    def excerpt(self) -> str:
        """The first words without their marks, of one length for all."""
        return Truncator(" ".join(unescape(strip_tags(render(self.body))).split())).chars(EXCERPT)

    def get_absolute_url(self) -> str:
        return f"/comments/{self.pk}/"


class CommentVersion(models.Model):
    """What a comment said before an edit, under the number it had then, since `at`."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    stance = models.CharField(max_length=10, choices=Stance)
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "number"], name="one_version_per_number")]

    @property
    def shape(self) -> str:
        return Stance(self.stance).shape


class Mention(models.Model):
    """A person called by `@name` in a comment: the name as it was written, and the version that called first."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="one_mention_per_person")]
