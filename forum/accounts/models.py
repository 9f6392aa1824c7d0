"""People: one account an official address, belonging to at most one institution."""

import unicodedata

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone

from forum.events.models import Stream


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """Save a person with a stream, the address in lower case; without a password the account waits for a reset."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        with transaction.atomic():
            user.save(using=self._db)
            Stream.objects.create(name=user.stream)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """A person with an account; the rights follow from memberships, offices and appointments, never from here."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=60)
    institution = models.ForeignKey(
        "forum.Institution", on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.name = unicodedata.normalize("NFC", self.name)
        super().save(*args, **kwargs)

    @property
    def stream(self) -> str:
        return f"person:{self.pk}"

    def get_full_name(self) -> str:
        return self.name
