"""Boards, their teams, and who sits on them in which role and term."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Expression, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Mode(models.IntegerChoices):
    """How a ballot is cast, chosen before it opens (trust.md's modes 0 and 1)."""

    NAMED = 0, _("기명 표결")
    SEALED = 1, _("비밀 표결(운영 서버가 개표)")


class BoardQuerySet(models.QuerySet):
    def visible_to(self, person) -> "BoardQuerySet":
        """Members in office, and the institution's staff unless the board is closed; never an executive."""
        if not person.is_authenticated:
            return self.none()
        mine = Q(pk__in=Membership.objects.in_office().filter(person=person).values("board"))
        if person.institution_id is None or person.holds_office:
            return self.filter(mine)
        return self.filter(mine | Q(institution=person.institution_id, closed=False))

    def looked_after_by(self, person) -> "BoardQuerySet":
        """Those of the institutions a person administers, closed or not; it says nothing of what is read there."""
        return self.filter(institution__in=person.administers) if person.is_authenticated else self.none()


class Board(models.Model):
    """A junior board of one cohort; the numbers are the defaults its proposals and ballots copy."""

    institution = models.ForeignKey("forum.Institution", on_delete=models.PROTECT, related_name="boards")
    name = models.CharField(max_length=60)
    slug = models.SlugField(max_length=40, unique=True)
    code = models.CharField(max_length=20, unique=True)
    cohort = models.PositiveSmallIntegerField(default=1)
    addressee = models.ForeignKey(
        "forum.Office", on_delete=models.PROTECT, null=True, blank=True, related_name="boards"
    )
    closed = models.BooleanField(default=False)
    support_absolute = models.PositiveIntegerField(default=10)
    support_percent = models.PositiveSmallIntegerField(default=5)
    quorum_percent = models.PositiveSmallIntegerField(default=50)
    pass_percent = models.PositiveSmallIntegerField(default=50)
    breadth = models.PositiveSmallIntegerField(default=2)
    ballot_days = models.PositiveSmallIntegerField(default=14)
    ballot_mode = models.PositiveSmallIntegerField(choices=Mode, default=Mode.SEALED)
    answer_days = models.PositiveSmallIntegerField(default=30)

    objects = BoardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quorum_percent__lte=100, pass_percent__lte=99, support_percent__lte=100),
                name="percentages_of_a_board",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/boards/{self.slug}/"

    @property
    def stream(self) -> str:
        return f"board:{self.pk}"


class NumberSeries(models.Model):
    """The last proposal number a board gave out in a year; the row is the lock."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "year"], name="one_series_per_year")]


class TeamQuerySet(models.QuerySet):
    def current(self) -> "TeamQuerySet":
        """Those people can be put in."""
        return self.filter(retired_at=None)


class Team(models.Model):
    """A team of a board; a retired one keeps its name on what it did and takes nobody in."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=40)
    retired_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "name"], name="one_team_per_name"),
            models.CheckConstraint(
                condition=Q(retired_by=None, retired_at=None) | Q(retired_by__isnull=False, retired_at__isnull=False),
                name="a_retired_team_has_person_and_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet):
    def in_office(self, on: date | Expression | None = None) -> "MembershipQuerySet":
        """Those whose term covers that day, or today in the site's zone."""
        day = on or timezone.localdate()
        return self.filter(term_from__lte=day, term_until__gte=day, ended_at=None)

    def seated(self, board: Board) -> "MembershipQuerySet":
        """Seats of a board that have not ended, moderators first, then by team and name."""
        seats = self.filter(board=board, ended_at=None).select_related("person", "team")
        return seats.order_by("-role", "team__name", "person__name")

    def members(self) -> "MembershipQuerySet":
        return self.filter(role=Membership.Role.MEMBER)

    def moderators(self) -> "MembershipQuerySet":
        return self.filter(role=Membership.Role.MODERATOR)


class Membership(models.Model):
    """A person sits on a board in a role for a term; ending it early says who ended it and when."""

    class Role(models.TextChoices):
        MEMBER = "member", _("위원")
        MODERATOR = "moderator", _("운영자")

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role, default=Role.MEMBER)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    term_from = models.DateField()
    term_until = models.DateField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["board", "person"], condition=Q(ended_at=None), name="one_membership_per_person"
            ),
            models.CheckConstraint(condition=Q(term_from__lte=F("term_until")), name="a_term_has_a_length"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}@{self.board_id}"

    @property
    def in_office(self) -> bool:
        return self.ended_at is None and self.term_from <= timezone.localdate() <= self.term_until
