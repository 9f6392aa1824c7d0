"""Files that belong to a proposal; their bytes lie in the store."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from boards.attachments.kinds import Kind
from boards.attachments.names import LONGEST_NAME
from boards.proposals.models import Proposal


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, person) -> "AttachmentQuerySet":
        """Those of proposals whose text the person can read; what was hidden hides its files."""
        return self.filter(proposal__in=Proposal.objects.visible_to(person), proposal__measure=None)


class Attachment(models.Model):
    """One file; `file` and `preview` are its names in the store, `round` the one in which it was added.

    A board that voted has seen the files of that round: they stay when the proposal goes into another.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=LONGEST_NAME)
    kind = models.CharField(max_length=4, choices=Kind)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=32, unique=True)
    preview = models.CharField(max_length=32, blank=True)
    preview_width = models.PositiveSmallIntegerField(default=0)
    preview_height = models.PositiveSmallIntegerField(default=0)
    round = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "sha256"], name="one_attachment_per_content"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="kind_of_an_attachment"),
            models.CheckConstraint(condition=Q(size__gte=1), name="an_attachment_is_not_empty"),
        ]

    @property
    def content_type(self) -> str:
        return Kind(self.kind).content_type
