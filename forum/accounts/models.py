"""People: one account an official address, belonging to at most one institution."""

from collections.abc import Callable, Hashable
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone

from forum.events.models import Stream
from forum.institutions.models import Appointment, Office
from forum.prepared import Given, prepared
from forum.web.signs import line


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, *, confirmed: bool = True, **fields) -> "User":
        """Save a person with a stream, the address in lower case; without a password the account waits for a reset.

        A `confirmed` address needs no code at the first sign-in: who made the account answers for it, and the password
        can only be set through a link that was mailed there.
        """
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        with transaction.atomic():
            user.save(using=self._db)
            EmailAddress.objects.create(user=user, email=user.email, verified=confirmed, primary=True)
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
    _known: dict[Hashable, Any] | None = None

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.name = line(self.name)
        super().save(*args, **kwargs)

    @property
    def stream(self) -> str:
        return f"person:{self.pk}"

    @property
    def holds_office(self) -> bool:
        return self.known("holds_office", lambda: bool(_offices(self.pk)))

    @property
    def administers(self) -> frozenset[int]:
        """The institutions (ids) the person looks after as administrator now."""
        return self.known("administers", self._administers)

    def _administers(self) -> frozenset[int]:
        current = self.appointments.filter(role=Appointment.Role.ADMIN, until=None)
        return frozenset(current.values_list("institution", flat=True))

    def remember(self) -> None:
        """Let `known` ask each question once: for the time of a request that only reads."""
        self._known = {}

    def known[Answer](self, question: Hashable, ask: Callable[[], Answer]) -> Answer:
        """Return what `ask` says; it is asked anew each time, so that an act sees what holds after its lock, unless
        the person was told to `remember`.
        """
        if self._known is None:
            return ask()
        if question not in self._known:
            self._known[question] = ask()
        return self._known[question]

    def get_full_name(self) -> str:
        return self.name

    @property
    def unconfirmed(self) -> bool:
        """Whether somebody began to sign up with this address and nobody has entered the code that was mailed there."""
        address = EmailAddress.objects.filter(user=self)
        return not self.has_usable_password() and address.exists() and not address.filter(verified=True).exists()


@prepared
def _offices(person: Given) -> models.QuerySet:
    return Office.objects.filter(holder=person).values_list("pk")[:1]


class SignIn(models.Model):
    """A device somebody signed in with; written at sign-in only, so that no later act leaves a trace here."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)
