"""Measures under the thirteen rules, and the mixin through which they reach any content."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from boards.moderation.rules import Rule


class Measure(models.Model):
    """A moderator hid one thing under one rule; the reason is read by author and readers alike.

    Lifting it, to show the thing again, keeps the row.
    """

    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="measures")
    about_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    about_id = models.PositiveBigIntegerField()
    about = GenericForeignKey("about_type", "about_id")
    rule = models.CharField(max_length=3, choices=Rule)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifting_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about_type", "about_id"], condition=models.Q(lifted_at=None), name="one_measure_per_thing"
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_by=None, lifted_at=None, lifting_reason="")
                | models.Q(lifted_by__isnull=False, lifted_at__isnull=False) & ~models.Q(lifting_reason=""),
                name="a_lifted_measure_has_person_time_and_reason",
            ),
        ]


class Moderated(models.Model):
    """Content a moderator can hide: it names its `author`, its `board` and the `stream` its readers follow."""

    author_id: int
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def snapshots(self) -> tuple[str, ...]:
        """Names of what is shown whole and tells of this content too."""
        return ()

    @property
    def hidden(self) -> bool:
        return self.measure_id is not None

    @classmethod
    def partners_in(cls, thing, person) -> models.QuerySet | None:
        """What makes the person an author of a thing beside `author`, None where nobody can be; for subqueries."""
        return None

    def is_by(self, person) -> bool:
        """Whether it is the person's own content, which they do not judge."""
        return self.author_id == person.pk
