"""Support (공감): a keyed tag a person, so that the table tells how many and never who."""

from django.db import models

from boards.proposals.models import Proposal


class Support(models.Model):
    """One person's support of one proposal; `tag` is HMAC(key of the proposal, person), there is no person or time."""

    tag = models.CharField(max_length=64, primary_key=True)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="supports")
