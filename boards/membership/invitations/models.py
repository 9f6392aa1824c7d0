"""Invitations: a link by mail that seats whoever has the address, once, until a day."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from boards.membership.models import Board, Membership, Team

VALID_FOR = timedelta(days=14)


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def end_of_validity():
    return timezone.now() + VALID_FOR


class InvitationQuerySet(models.QuerySet):
    def open(self) -> "InvitationQuerySet":
        """Those that can still be accepted."""
        return self.unsettled().filter(expires_at__gt=timezone.now())

    def unsettled(self) -> "InvitationQuerySet":
        """Neither accepted nor revoked; perhaps expired."""
        return self.filter(accepted_at=None, revoked_at=None)


class Invitation(models.Model):
    """Who has this address may take this seat; the token is in the mail alone, the row keeps its hash."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=12, choices=Membership.Role, default=Membership.Role.MEMBER)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    term_from = models.DateField()
    term_until = models.DateField()
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=end_of_validity)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    client_id = models.UUIDField(null=True)
    body_hash = models.CharField(max_length=64, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "invited_by", "client_id"], name="one_invitation_per_client_id"),
            models.UniqueConstraint(
                fields=["board", "email"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="one_unsettled_invitation_per_address",
            ),
            models.CheckConstraint(condition=Q(accepted_at=None) | Q(revoked_at=None), name="an_invitation_ends_once"),
            models.CheckConstraint(
                condition=Q(term_from__lte=models.F("term_until")), name="an_invitations_term_has_a_length"
            ),
        ]

    @property
    def expired(self) -> bool:
        return self.expires_at <= timezone.now()
