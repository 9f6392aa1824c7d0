"""Institutions, the offices that owe answers, and who is appointed to look after an institution."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Institution(models.Model):
    """A local government or agency; `headcount` is the number its people entered, the base of relative thresholds."""

    name = models.CharField(max_length=80, unique=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    headcount = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class MailDomain(models.Model):
    """A mail domain of officials: one institution's own, or `shared` by several, when it proves no institution."""

    name = models.CharField(max_length=253, unique=True)
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="mail_domains"
    )
    shared = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shared=True, institution=None) | Q(shared=False, institution__isnull=False),
                name="a_domain_is_one_institutions_or_shared",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ListedAddress(models.Model):
    """An address of a shared domain that an institution has named as one of its people's."""

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="listed_addresses")
    email = models.EmailField(unique=True)

    def __str__(self) -> str:
        return self.email


class Office(models.Model):
    """An addressee of escalations: an office with a holder, so that the duty stays when the holder changes."""

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="offices")
    title = models.CharField(max_length=60)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="offices"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "title"], name="one_office_per_title")]

    def __str__(self) -> str:
        return self.title


class Appointment(models.Model):
    """A person looks after an institution as administrator or auditor, from one moment until another."""

    class Role(models.TextChoices):
        ADMIN = "institution_admin", _("기관 관리자")
        AUDITOR = "auditor", _("감사")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=20, choices=Role)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "institution", "role"], condition=Q(until=None), name="one_current_appointment"
            )
        ]
