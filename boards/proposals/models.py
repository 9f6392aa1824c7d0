"""Proposals and their numbered revisions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards.lifecycle import Lifecycle, state_check
from boards.membership.models import Board
from boards.moderation.models import Moderated
from boards.proposals.states import NEXT, State


class Field(models.TextChoices):
    PARTICIPATION = "participation", _("참여·협력")
    SERVICE = "service", _("공공서비스")
    WORK = "work", _("일하는 방식")
    CULTURE = "culture", _("조직문화")


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, person) -> "ProposalQuerySet":
        """Drafts: the author. Once open: the author and who sees the board. An executive: what is escalated to them.

        Authors keep reading their own after their term, to confirm what was promised; one who has become an executive
        reads it like any other executive.
        """
        if not person.is_authenticated:
            return self.none()
        published = ~Q(state=State.DRAFT)
        own = Q(author=person, state=State.DRAFT) if person.offices.exists() else Q(author=person)
        return self.filter(
            own
            | published & Q(board__in=Board.objects.visible_to(person))
            | published & Q(escalations__addressee__holder=person)
        ).distinct()

    def published(self) -> "ProposalQuerySet":
        return self.exclude(state=State.DRAFT)


class Proposal(Moderated, Lifecycle):
    """A proposal; title and texts are those of the newest revision, the support it needs is copied at opening."""

    NEXT = NEXT

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="proposals")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proposals")
    number = models.CharField(max_length=40, unique=True, null=True, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    field = models.CharField(max_length=16, choices=Field, default=Field.CULTURE)
    round = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=120, blank=True)
    problem = models.TextField(blank=True)
    remedy = models.TextField(blank=True)
    effect = models.TextField(blank=True)
    support_needed = models.PositiveIntegerField(null=True)
    support_count = models.PositiveIntegerField(default=0)
    threshold_met_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True)
    withdrawal_reason = models.CharField(max_length=500, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            state_check(State, "state_of_a_proposal"),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT)
                | Q(number__isnull=False, opened_at__isnull=False, support_needed__gte=1),
                name="an_opened_proposal_has_number_and_threshold",
            ),
        ]
        indexes = [models.Index(fields=["board", "-id"], name="proposal_of_board")]

    def __str__(self) -> str:
        return self.title

    @property
    def stream(self) -> str:
        return f"proposal:{self.pk}"

    def get_absolute_url(self) -> str:
        return f"/proposals/{self.pk}/"


class Revision(models.Model):
    """The text of a proposal as published at one moment; number 1 is the opening."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    problem = models.TextField()
    remedy = models.TextField()
    effect = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="one_revision_per_number")]
