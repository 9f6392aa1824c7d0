"""The sign of life of the processes that work by time."""

from django.db import models


class Heartbeat(models.Model):
    """When a process last finished a round of its duties."""

    process = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()
