"""Streams and the events on them: audit entry, source of notices, live feed and catch-up log in one."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone

from forum.events.vocabulary import VERBS


class Stream(models.Model):
    """What is numbered together and heard by one audience, named `kind:id` (`proposal:7`, `room:3`)."""

    name = models.CharField(max_length=60, unique=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    head = models.PositiveBigIntegerField(default=0)
    epoch = models.UUIDField(default=uuid.uuid4, editable=False)

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        return self.name.partition(":")[0]


class EventQuerySet(models.QuerySet):
    def on(self, name: str) -> "EventQuerySet":
        return self.filter(stream__name=name).order_by("number")

    def untold(self) -> "EventQuerySet":
        return self.filter(told_at=None)


class Event(models.Model):
    """One thing that happened to one thing; `data` holds ids and figures only, so that a person can be erased."""

    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, null=True, related_name="events")
    number = models.PositiveBigIntegerField(null=True)
    verb = models.CharField(max_length=40)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    about_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    about_id = models.PositiveBigIntegerField()
    about: Any = GenericForeignKey("about_type", "about_id")
    at = models.DateTimeField(default=timezone.now)
    data = models.JSONField(default=dict)
    told_at = models.DateTimeField(null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "number"], name="one_event_per_number"),
            models.CheckConstraint(
                condition=Q(stream=None, number=None) | Q(stream__isnull=False, number__gte=1),
                name="numbered_on_a_stream",
            ),
        ]
        indexes = [
            models.Index(fields=["about_type", "about_id"], name="event_about"),
            models.Index(fields=["id"], condition=Q(told_at=None), name="event_untold"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.stream_id}#{self.number}"

    @property
    def word(self):
        """The vocabulary's entry of this verb."""
        return VERBS[self.verb]
