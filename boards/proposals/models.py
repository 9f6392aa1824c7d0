"""Proposals, their numbered revisions, and who proposes them together."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from boards.lifecycle import Lifecycle, state_check
from boards.membership.models import Board, Membership, Team
from boards.moderation.models import Moderated
from boards.proposals.states import NEXT, SHARING_NEXT, WRITABLE, Sharing, State


class Field(models.TextChoices):
    PARTICIPATION = "participation", _("참여·협력")
    SERVICE = "service", _("공공서비스")
    WORK = "work", _("일하는 방식")
    CULTURE = "culture", _("조직문화")


class Kind(models.TextChoices):
    """A team's main task, or one its members chose freely."""

    MAIN = "main", _("대표과제")
    FREE = "free", _("자율과제")


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, person) -> "ProposalQuerySet":
        """Drafts: the authors. Once open: they and who sees the board. An executive: what is escalated to them.

        Authors keep reading their own after their term, to confirm what was promised; one who has become an executive
        reads it like any other executive.
        """
        if not person.is_authenticated:
            return self.none()
        published = ~Q(state=State.DRAFT)
        own = _by(person) & Q(state=State.DRAFT) if person.holds_office else _by(person)
        return self.filter(
            own
            | published & Q(board__in=Board.objects.visible_to(person))
            | published & Q(pk__in=Proposal.objects.filter(escalations__addressee__holder=person).values("pk"))
        )

    def by(self, person) -> "ProposalQuerySet":
        """Those the person is an author of; a union, for with OR the database reads all proposals there are."""
        authored = Proposal.objects.filter(author=person).order_by().values("pk")
        return self.filter(pk__in=authored.union(_shared_by(person)))

    def published(self) -> "ProposalQuerySet":
        return self.exclude(state=State.DRAFT)


def _by(person) -> Q:
    return Q(author=person) | Q(pk__in=_shared_by(person))


def _shared_by(person):
    return CoProposal.objects.filter(person=person, state=Sharing.ACCEPTED).values("proposal")


class Proposal(Moderated, Lifecycle):
    """A proposal; title and texts are those of the newest revision, the support it needs is copied at opening.

    `author` is the main proposer; `version` counts how often the text was saved, so that a form that was opened before
    the last time is found out; `made_in` and `saved_in` are the windows it was first and last saved in.
    """

    NEXT = NEXT

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="proposals")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proposals")
    number = models.CharField(max_length=40, unique=True, null=True, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    field = models.CharField(max_length=16, choices=Field, default=Field.CULTURE)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.FREE)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals")
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
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_in = models.UUIDField(null=True)
    made_in = models.UUIDField(null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            state_check(State, "state_of_a_proposal"),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT)
                | Q(number__isnull=False, opened_at__isnull=False, support_needed__gte=1),
                name="an_opened_proposal_has_number_and_threshold",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="kind_of_a_proposal"),
            models.UniqueConstraint(fields=["author", "made_in"], name="one_draft_per_window"),
        ]
        indexes = [
            models.Index(fields=["board", "-id"], name="proposal_of_board"),
            models.Index(fields=["board", "-opened_at", "-id"], name="proposal_newest_of_board"),
            models.Index(fields=["board", "state", "-opened_at", "-id"], name="proposal_newest_in_state"),
            models.Index(fields=["board", "-support_count", "-id"], name="proposal_most_supported"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stream(self) -> str:
        return f"proposal:{self.pk}"

    def get_absolute_url(self) -> str:
        return f"/proposals/{self.pk}/"

    @cached_property
    def partners(self) -> list["CoProposal"]:
        """The co-proposers who have accepted, the greatest share first."""
        return list(self.co_proposals.accepted())

    @cached_property
    def asked(self) -> list["CoProposal"]:
        """Invitations that can still be answered; until then their people read the text of a draft, not its files."""
        return list(self.co_proposals.answerable().select_related("person").order_by("-share", "pk"))

    @property
    def authors(self) -> list:
        """The main proposer and the co-proposers who have accepted."""
        return [self.author, *(it.person for it in self.partners)]

    @property
    def names(self) -> str:
        """Under which it goes out."""
        return ", ".join(it.name for it in self.authors)

    @property
    def main_share(self) -> int:
        """The main proposer's part in percent: what the co-proposers who have accepted leave."""
        return 100 - sum(it.share for it in self.partners)

    @classmethod
    def partners_in(cls, thing, person) -> models.QuerySet:
        return CoProposal.objects.filter(proposal=thing, person=person, state=Sharing.ACCEPTED)

    def is_by(self, person) -> bool:
        return self.author_id == person.pk or any(it.person_id == person.pk for it in self.partners)


class RevisionQuerySet(models.QuerySet):
    def visible_to(self, person) -> "RevisionQuerySet":
        """Those of published proposals the person may see, unless a moderator has hidden the text."""
        proposals = Proposal.objects.visible_to(person).published().filter(measure=None)
        return self.filter(proposal__in=proposals)


class Revision(models.Model):
    """A proposal as published at one moment; number 1 is the opening, `note` says what was changed and why."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    field = models.CharField(max_length=16, choices=Field, default=Field.CULTURE)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.FREE)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    problem = models.TextField()
    remedy = models.TextField()
    effect = models.TextField()
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="one_revision_per_number")]

    def get_absolute_url(self) -> str:
        return f"/revisions/{self.pk}/"

    def neighbours(self) -> "tuple[Revision | None, Revision | None]":
        """The revision before this one and the one after it."""
        beside = Revision.objects.filter(proposal=self.proposal_id, number__in=(self.number - 1, self.number + 1))
        found = {it.number: it for it in beside.select_related("team")}
        return found.get(self.number - 1), found.get(self.number + 1)


class WorkingCopy(models.Model):
    """What an author has written of a proposal's next revision and not published; nobody else sees it.

    `version` is that of the text it was begun with, `saves` counts how often the copy was saved, `saved_in` is the
    window it was saved in last.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="working_copies")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=120, blank=True)
    field = models.CharField(max_length=16, choices=Field)
    kind = models.CharField(max_length=8, choices=Kind)
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, related_name="+")
    problem = models.TextField(blank=True)
    remedy = models.TextField(blank=True)
    effect = models.TextField(blank=True)
    note = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField()
    saves = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_in = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "person"], name="one_working_copy_per_author")]


class CoProposalQuerySet(models.QuerySet):
    def concerning(self, person) -> "CoProposalQuerySet":
        """Those the person invited to or was invited to."""
        return self.filter(Q(person=person) | Q(proposal__author=person))

    def to_answer(self) -> "CoProposalQuerySet":
        """Invitations that wait for an answer, while the authors are not fixed by a ballot."""
        return self.filter(state=Sharing.INVITED, proposal__state__in=WRITABLE)

    def answerable(self) -> "CoProposalQuerySet":
        """Those of them whose person may answer, and reads the draft until then: a member in office."""
        return self.to_answer().filter(Exists(_seat_of_the_invited()))

    def reading(self) -> "CoProposalQuerySet":
        """Those whose people read a draft: accepted, or to be answered by a member in office."""
        reading = self.answerable() | self.filter(state=Sharing.ACCEPTED)
        return reading.select_related("person").order_by("-share", "pk")

    def lapsed(self) -> "CoProposalQuerySet":
        """Those of them whose person is no member any more."""
        return self.to_answer().exclude(Exists(_seat_of_the_invited()))

    def accepted(self) -> "CoProposalQuerySet":
        """Co-proposers with their people, the greatest share first."""
        return self.filter(state=Sharing.ACCEPTED).select_related("person").order_by("-share", "pk")

    def standing(self) -> "CoProposalQuerySet":
        """Those that take their share: accepted, or still to be answered."""
        return self.filter(state__in=(Sharing.INVITED, Sharing.ACCEPTED))


def _seat_of_the_invited():
    seats = Membership.objects.in_office().members()
    return seats.filter(board=OuterRef("proposal__board"), person=OuterRef("person"))


class CoProposal(Lifecycle):
    """A person invited to be named as co-proposer with a share in percent, and what they answered."""

    NEXT = SHARING_NEXT

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="co_proposals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="co_proposals")
    share = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=Sharing, default=Sharing.INVITED)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)

    objects = CoProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            state_check(Sharing, "state_of_a_co_proposal"),
            models.CheckConstraint(condition=Q(share__gte=1, share__lte=100), name="share_of_a_co_proposer"),
            models.CheckConstraint(
                condition=Q(state=Sharing.INVITED, decided_at=None)
                | ~Q(state=Sharing.INVITED) & Q(decided_at__isnull=False),
                name="an_answered_invitation_has_its_time",
            ),
            models.UniqueConstraint(
                fields=["proposal", "person"],
                condition=Q(state__in=("invited", "accepted")),
                name="one_share_per_co_proposer",
            ),
        ]

    def get_absolute_url(self) -> str:
        return f"/co-proposals/{self.pk}/"
