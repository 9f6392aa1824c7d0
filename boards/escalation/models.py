"""The duty to answer: escalation, prepared and published answer, commitments with progress and confirmation."""

from datetime import timedelta
from functools import reduce
from itertools import pairwise
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards.escalation.rules import REMINDED_AT, days_over
from boards.escalation.states import COMMITMENT_NEXT, NEXT, CommitmentState, State
from boards.lifecycle import Lifecycle, state_check
from boards.proposals.models import CoProposal, Proposal


class EscalationQuerySet(models.QuerySet):
    def visible_to(self, person) -> "EscalationQuerySet":
        return self.filter(proposal__in=Proposal.objects.visible_to(person))

    def on_desk_of(self, person) -> "EscalationQuerySet":
        """What the offices the person holds must answer or have answered, first due first."""
        return self.filter(addressee__holder=person).order_by("due_on", "pk")

    def with_authors(self) -> "EscalationQuerySet":
        """With the authors of their proposals, asked for once."""
        partners = Prefetch("proposal__co_proposals", CoProposal.objects.accepted(), to_attr="partners")
        return self.prefetch_related(partners)

    def by_its_answerer(self) -> "EscalationQuerySet":
        """Those of which the holder of the office is an author, who may not answer them."""
        return self.filter(_by_its_answerer())

    def of_others(self) -> "EscalationQuerySet":
        return self.exclude(_by_its_answerer())

    def without_answerer(self) -> "EscalationQuerySet":
        """Those that wait and nobody may answer: the office is vacant, or its holder is an author."""
        vacant = Q(addressee__holder=None) | Q(addressee__holder__is_active=False)
        return self.unanswered().filter(vacant | _by_its_answerer())

    def unanswered(self) -> "EscalationQuerySet":
        return self.exclude(state=State.ANSWERED)

    def answered(self) -> "EscalationQuerySet":
        return self.filter(state=State.ANSWERED)

    def overdue(self) -> "EscalationQuerySet":
        return self.unanswered().filter(due_on__lt=timezone.localdate())

    def to_remind(self) -> "EscalationQuerySet":
        """Those whose last day is near, whose office has not been reminded of that yet, nor heard of it only today."""
        today = timezone.localdate()
        levels = [
            Q(due_on__gt=today + timedelta(next_days), due_on__lte=today + timedelta(days))
            & ~Exists(Reminder.objects.filter(escalation=OuterRef("pk"), days__lte=days))
            for days, next_days in pairwise((*REMINDED_AT, -1))
        ]
        near = reduce(or_, levels)
        return self.unanswered().filter(near, escalated_at__date__lt=today)


def _by_its_answerer() -> Q:
    shared = CoProposal.objects.accepted().filter(proposal=OuterRef("proposal"), person=OuterRef("addressee__holder"))
    return Q(proposal__author=F("addressee__holder")) | Q(Exists(shared))


class Escalation(Lifecycle):
    """A passed round on the desk of an office; `due_on` is the last day to answer, weekends and holidays moved."""

    NEXT = NEXT

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="escalations")
    round = models.PositiveSmallIntegerField()
    addressee = models.ForeignKey("forum.Office", on_delete=models.PROTECT, related_name="escalations")
    state = models.CharField(max_length=12, choices=State, default=State.ESCALATED)
    escalated_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    overdue_marked_at = models.DateTimeField(null=True)

    objects = EscalationQuerySet.as_manager()

    class Meta:
        constraints = [
            state_check(State, "state_of_an_escalation"),
            models.UniqueConstraint(fields=["proposal", "round"], name="one_escalation_per_round"),
            models.CheckConstraint(
                condition=Q(state=State.ESCALATED) | Q(received_at__isnull=False, received_by__isnull=False),
                name="a_receipt_has_a_receiver",
            ),
        ]

    @property
    def stream(self) -> str:
        return f"proposal:{self.proposal_id}"

    @property
    def overdue(self) -> bool:
        return self.state != State.ANSWERED and timezone.localdate() > self.due_on

    @property
    def days_left(self) -> int:
        """Calendar days until the last day; negative when it is over."""
        return (self.due_on - timezone.localdate()).days

    @property
    def days_over(self) -> int:
        return days_over(self.due_on, timezone.localdate())

    def get_absolute_url(self) -> str:
        return f"/escalations/{self.pk}/"


class Reminder(models.Model):
    """The office was told that so many days, or fewer, are left to answer."""

    escalation = models.ForeignKey(Escalation, on_delete=models.PROTECT, related_name="reminders")
    days = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["escalation", "days"], name="one_reminder_of_a_kind")]


class Decision(models.TextChoices):
    ADOPTED = "adopted", _("채택")
    PARTLY = "partly_adopted", _("일부 채택")
    NOT_ADOPTED = "not_adopted", _("불채택")
    CLOSED = "closed", _("종결")


ADOPTING = (Decision.ADOPTED, Decision.PARTLY)


class Answer(models.Model):
    """An answer: prepared by the office, seen by nobody else until `published_at`, immutable from then on.

    `prepared_in` is the window it was saved in last.
    """

    escalation = models.OneToOneField(Escalation, on_delete=models.PROTECT, related_name="answer")
    decision = models.CharField(max_length=16, choices=Decision, blank=True)
    reason = models.TextField(blank=True)
    implement_on = models.DateField(null=True, blank=True)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(default=timezone.now)
    prepared_in = models.UUIDField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None) | (Q(decision__in=Decision.values) & ~Q(reason="")),
                name="a_published_answer_has_decision_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None)
                | ~Q(decision__in=[decision.value for decision in ADOPTING])
                | Q(implement_on__isnull=False),
                name="an_adopting_answer_has_a_date",
            ),
        ]

    @property
    def days_taken(self) -> int:
        """Calendar days from the escalation to the answer."""
        return (timezone.localdate(self.published_at) - timezone.localdate(self.escalation.escalated_at)).days

    @property
    def days_late(self) -> int:
        return days_over(self.escalation.due_on, timezone.localdate(self.published_at))


class DeskNoteQuerySet(models.QuerySet):
    def visible_to(self, person) -> "DeskNoteQuerySet":
        """Those of the offices the person holds, but none about a proposal of their own."""
        return self.filter(office__holder=person).exclude(escalation__proposal__in=Proposal.objects.by(person))


class DeskNote(models.Model):
    """What an office keeps for itself while it decides: a thought of its own, or what a department thinks of it."""

    escalation = models.ForeignKey(Escalation, on_delete=models.PROTECT, related_name="notes")
    office = models.ForeignKey("forum.Office", on_delete=models.PROTECT, related_name="+")
    department = models.CharField(max_length=80, blank=True)
    body = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    client_id = models.UUIDField(null=True)
    body_hash = models.CharField(max_length=64, blank=True)

    objects = DeskNoteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(body=""), name="a_desk_note_says_something"),
            models.UniqueConstraint(fields=["escalation", "by", "client_id"], name="one_desk_note_per_client_id"),
        ]

    @property
    def stream(self) -> str:
        return f"desk:{self.office_id}"


class Commitment(Lifecycle):
    """A part of an adopted answer: what, who, by when; it is closed only when a proposer confirms it."""

    NEXT = COMMITMENT_NEXT

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="commitments")
    what = models.CharField(max_length=200)
    who = models.CharField(max_length=80)
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=CommitmentState, default=CommitmentState.PLANNED)

    class Meta:
        constraints = [state_check(CommitmentState, "state_of_a_commitment")]
        ordering = ["pk"]

    @property
    def stream(self) -> str:
        return self.answer.escalation.stream

    @property
    def overdue(self) -> bool:
        open_ended = self.state not in (CommitmentState.DONE, CommitmentState.INFEASIBLE)
        return open_ended and timezone.localdate() > self.due_on

    @property
    def closed(self) -> bool:
        """Whether a proposer has confirmed the completion."""
        if self.state != CommitmentState.DONE:
            return False
        judged = (getattr(step, "confirmation", None) for step in self.progress.all())
        return any(it is not None and it.confirmed for it in judged)


class Progress(models.Model):
    """One change of a commitment's state, with a reason and the day it is about."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="progress")
    state = models.CharField(max_length=12, choices=CommitmentState)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]


class Confirmation(models.Model):
    """A proposer confirms or disputes one report of completion; the row belongs to that report."""

    progress = models.OneToOneField(Progress, on_delete=models.PROTECT, related_name="confirmation")
    confirmed = models.BooleanField()
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(confirmed=True) | ~Q(reason=""), name="a_dispute_has_a_reason"),
        ]
