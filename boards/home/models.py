"""How far a person has seen a board, so that home can say what is new."""

from django.conf import settings
from django.db import models


class Visit(models.Model):
    """A person looked at a board when event `seen` was the newest; a private row, read by nobody else."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    board = models.ForeignKey("boards.Board", on_delete=models.CASCADE, related_name="+")
    seen = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "board"], name="one_visit_per_board")]
