"""The call for a ballot, the ballot with its frozen rule, its roll, the named or sealed votes, and the tally."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards.lifecycle import Lifecycle, state_check
from boards.membership.models import Mode, Team
from boards.proposals.models import Proposal
from boards.voting.states import NEXT, State

LAST_DAY = timedelta(days=1)
SHORTEST_REMINDED = timedelta(days=3)


class Choice(models.IntegerChoices):
    YES = 1, _("찬성")
    NO = 2, _("반대")
    ABSTAIN = 3, _("기권")


class BallotCall(models.Model):
    """A moderator puts a proposal to the ballot with a reason; the counter opens it within a tick."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="ballot_calls")
    round = models.PositiveSmallIntegerField()
    mode = models.PositiveSmallIntegerField(choices=Mode)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "round"], name="one_call_per_round")]


class BallotQuerySet(models.QuerySet):
    def visible_to(self, person) -> "BallotQuerySet":
        return self.filter(proposal__in=Proposal.objects.visible_to(person))

    def to_remind(self) -> "BallotQuerySet":
        """Open ballots on their last day whose voters were not reminded of it; the shortest ones need no reminder."""
        now = timezone.now()
        last_day = self.filter(state=State.OPEN, closes_at__gt=now, closes_at__lte=now + LAST_DAY, reminded_at=None)
        return last_day.filter(closes_at__gte=F("opened_at") + SHORTEST_REMINDED)

    def current(self) -> "BallotQuerySet":
        """The newest ballot of each proposal's present round that was not voided."""
        return self.exclude(state=State.VOID).filter(round=F("proposal__round"))


class Ballot(Lifecycle):
    """A ballot of one round: roll, rule, mode and closing time are frozen when it opens."""

    NEXT = NEXT

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="ballots")
    round = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    mode = models.PositiveSmallIntegerField(choices=Mode)
    addressee = models.ForeignKey("forum.Office", on_delete=models.PROTECT, related_name="+")
    quorum_percent = models.PositiveSmallIntegerField()
    pass_percent = models.PositiveSmallIntegerField()
    breadth = models.PositiveSmallIntegerField()
    roll_size = models.PositiveIntegerField()
    public_key = models.BinaryField(null=True)
    opened_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    accepted_root = models.CharField(max_length=64, blank=True)
    box_root = models.CharField(max_length=64, blank=True)
    alarm = models.CharField(max_length=200, blank=True)
    void_reason = models.CharField(max_length=500, blank=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    key_destroyed_at = models.DateTimeField(null=True)

    objects = BallotQuerySet.as_manager()

    class Meta:
        constraints = [
            state_check(State, "state_of_a_ballot"),
            models.UniqueConstraint(
                fields=["proposal", "round"], condition=~Q(state=State.VOID), name="one_ballot_per_round"
            ),
            models.CheckConstraint(condition=Q(opened_at__lt=F("closes_at")), name="a_ballot_has_a_length"),
            models.CheckConstraint(
                condition=Q(mode=Mode.NAMED, public_key=None) | Q(mode=Mode.SEALED, public_key__isnull=False),
                name="a_sealed_ballot_has_a_key",
            ),
        ]
        indexes = [models.Index(fields=["closes_at"], condition=Q(state="open"), name="ballot_to_close")]

    @property
    def stream(self) -> str:
        return f"proposal:{self.proposal_id}"

    @property
    def sealed(self) -> bool:
        return self.mode == Mode.SEALED

    @property
    def over(self) -> bool:
        """Whether the closing time has passed, whatever the clock has done yet."""
        return timezone.now() >= self.closes_at


class RollEntry(models.Model):
    """One member in office on the day of opening, with the team the breadth rule counts."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="roll")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "person"], name="one_roll_entry_per_person")]


class NamedVote(models.Model):
    """A vote of mode 0; voting again replaces it and raises the version."""

    entry = models.OneToOneField(RollEntry, on_delete=models.PROTECT, primary_key=True, related_name="named_vote")
    choice = models.PositiveSmallIntegerField(choices=Choice)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="choice_of_a_named_vote"),
        ]


class SealedVote(models.Model):
    """A vote of mode 1: an envelope nobody but the counter opens, and only after the names are stripped.

    `envelope` is the framed container of forum.sealing; `mac` binds it to ballot, roll entry and version.
    """

    entry = models.OneToOneField(RollEntry, on_delete=models.PROTECT, primary_key=True, related_name="sealed_vote")
    envelope = models.BinaryField()
    version = models.PositiveIntegerField(default=1)
    mac = models.BinaryField(max_length=32)


class AcceptedHash(models.Model):
    """The hash of every envelope part a ballot ever accepted, superseded ones included and unmarked."""

    hash = models.CharField(max_length=64, primary_key=True)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="accepted")


class Tally(models.Model):
    """The result as it may be published: what a small sealed ballot must not tell is not stored either.

    `yes`, `no` and `abstain` are None where only `yes_at_least` or `yes_at_most` may be told.
    """

    ballot = models.OneToOneField(Ballot, on_delete=models.PROTECT, primary_key=True, related_name="tally")
    cast = models.PositiveIntegerField()
    teams = models.PositiveSmallIntegerField()
    yes = models.PositiveIntegerField(null=True)
    no = models.PositiveIntegerField(null=True)
    abstain = models.PositiveIntegerField(null=True)
    yes_at_least = models.PositiveIntegerField(null=True)
    yes_at_most = models.PositiveIntegerField(null=True)
    shortfalls = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)
