"""Reports: somebody thinks that a text breaks a rule; a moderator who has no part in it decides."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards.membership.models import Membership
from boards.moderation.models import Moderated
from boards.moderation.rules import Rule
from forum.institutions.models import Appointment


class Outcome(models.TextChoices):
    UPHELD = "upheld", _("글을 가렸습니다")
    DISMISSED = "dismissed", _("글을 그대로 두기로 했습니다")


def part_of(person) -> Q:
    """Whether the person has a part in a report: wrote the text, alone or with others, or has reported it (too).

    The person may be an OuterRef, where the reports are a subquery.
    """
    inner = OuterRef(person) if isinstance(person, OuterRef) else person
    same = {"about_type": OuterRef("about_type"), "about_id": OuterRef("about_id")}
    part = Q(author=person) | Q(by=person) | Q(Exists(Report.objects.open().filter(**same, by=inner)))
    for kind in Moderated.__subclasses__():
        if (partners := kind.partners_in(OuterRef("about_id"), inner)) is not None:
            part |= Q(about_type=ContentType.objects.get_for_model(kind)) & Q(Exists(partners))
    return part


def judges():
    """The moderators in office of a report's board who have no part in it; for subqueries."""
    seats = Membership.objects.in_office().moderators().filter(board=OuterRef("board"))
    report = Report.objects.filter(pk=OuterRef(OuterRef("pk")))
    return seats.exclude(Exists(report.filter(part_of(OuterRef("person")))))


class ReportQuerySet(models.QuerySet):
    def open(self) -> "ReportQuerySet":
        return self.filter(decided_at=None)

    def about(self, thing: models.Model) -> "ReportQuerySet":
        return self.filter(about_type=ContentType.objects.get_for_model(thing), about_id=thing.pk)

    def to_judge(self, person) -> "ReportQuerySet":
        """What this person may decide, by seat: moderators, and where no other moderator is left the institution admin.

        Nobody judges a text of their own or one they have reported.
        """
        if not person.is_authenticated:
            return self.none()
        seats = Membership.objects.in_office().moderators().filter(person=person)
        admin_of = Appointment.objects.filter(person=person, role=Appointment.Role.ADMIN, until=None)
        by_office = Q(board__institution__in=admin_of.values("institution")) & ~Exists(judges())
        mine = self.filter(Q(board__in=seats.values("board")) | by_office)
        return mine.exclude(part_of(person))

    def visible_to(self, person) -> "ReportQuerySet":
        """Those who may decide, and who reported."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(Q(pk__in=self.to_judge(person).values("pk")) | Q(by=person))


class Report(models.Model):
    """One person reports one text under one rule, quoting the passage; `author` is who wrote it."""

    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="reports")
    about_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    about_id = models.PositiveBigIntegerField()
    thing: Any = GenericForeignKey("about_type", "about_id")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=3, choices=Rule)
    passage = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10, choices=Outcome, null=True)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about_type", "about_id", "by"],
                condition=Q(decided_at=None),
                name="one_open_report_per_person_and_text",
            ),
            models.CheckConstraint(
                condition=Q(outcome=None, decided_by=None, decided_at=None)
                | Q(outcome__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="a_decision_has_outcome_person_and_time",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=models.F("by")) & ~Q(decided_by=models.F("author")) | Q(decided_by=None),
                name="nobody_judges_their_own_text_or_report",
            ),
        ]
        indexes = [models.Index(fields=["board", "at"], condition=Q(decided_at=None), name="report_open")]

    def get_absolute_url(self) -> str:
        return f"/reports/{self.pk}/"

    @property
    def kind(self) -> str:
        return self.about_type.model

    @property
    def stream(self) -> str:
        return moderation_stream(self.board_id)


def moderation_stream(board: int) -> str:
    return f"moderation:{board}"
