"""Live rooms and the messages in them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards.lifecycle import Lifecycle, state_check
from boards.membership.models import Board, Membership
from boards.moderation.models import Moderated
from boards.proposals.models import Proposal
from boards.rooms.states import NEXT, State
from forum.web.richtext import plain

LONGEST_EXCERPT = 90


class RoomQuerySet(models.QuerySet):
    def visible_to(self, person) -> "RoomQuerySet":
        """A room is the board's own: its members and moderators in office, nobody else."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(board__in=Membership.objects.in_office().filter(person=person).values("board"))


class Room(Lifecycle):
    NEXT = NEXT

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=60)
    purpose = models.CharField(max_length=200, blank=True)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="rooms")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)

    objects = RoomQuerySet.as_manager()

    class Meta:
        constraints = [
            state_check(State, "state_of_a_room"),
            models.UniqueConstraint(fields=["board", "name"], name="one_room_per_name"),
            models.UniqueConstraint(fields=["proposal"], name="one_room_per_proposal"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> str:
        return f"room:{self.pk}"

    @property
    def last_turn(self) -> "Turn | None":
        """Who last paused, closed or reopened the room, and why; None while it is as it was first opened."""
        return self.turns.select_related("by").order_by("-pk").first()

    def get_absolute_url(self) -> str:
        return f"/rooms/{self.pk}/"


class Turn(models.Model):
    """A moderator paused, closed or reopened a room, and said why."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="turns")
    state = models.CharField(max_length=8, choices=State)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=State.OPEN) | ~models.Q(reason=""), name="a_room_is_shut_for_a_reason"
            )
        ]


class Kind(models.TextChoices):
    """The signs somebody can put under a message."""

    LIKE = "like", _("좋아요")
    CURIOUS = "curious", _("궁금해요")
    CHECKED = "checked", _("확인")


class MessageQuerySet(models.QuerySet):
    def visible_to(self, person) -> "MessageQuerySet":
        return self.filter(room__in=Room.objects.visible_to(person))

    def shown(self) -> "MessageQuerySet":
        """Messages with all that their partial shows."""
        reactions = models.Prefetch("reactions", Reaction.objects.select_related("person").order_by("pk"))
        return self.select_related("author", "measure", "room", "quoted__author").prefetch_related(reactions)

    def readable(self) -> "MessageQuerySet":
        """Those whose text is there."""
        return self.filter(deleted_at=None, measure=None)


class Message(Moderated):
    """A message; a deleted one keeps its place and loses its text."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="messages")
    body = models.TextField()
    quoted = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="quotes")
    client_id = models.UUIDField()
    body_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    repeated = False  # set on what `post_message` returns when this client id had arrived before

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "author", "client_id"], name="one_message_per_client_id"),
            models.CheckConstraint(
                condition=models.Q(deleted_at=None) | models.Q(body=""), name="a_deleted_message_has_no_text"
            ),
        ]
        indexes = [models.Index(fields=["room", "-id"], name="message_of_room")]

    @property
    def board(self) -> Board:
        return self.room.board

    @property
    def stream(self) -> str:
        return self.room.stream

    @property
    def readable(self) -> bool:
        return self.deleted_at is None and not self.hidden

    @property
    def excerpt(self) -> str:
        """The beginning of the text without its marks, empty when the text is gone; what quotes it shows this."""
        text = " ".join(plain(self.body).split()) if self.readable else ""
        return text if len(text) <= LONGEST_EXCERPT else f"{text[: LONGEST_EXCERPT - 1]}…"

    @property
    def reacted(self) -> list[tuple[Kind, list[str]]]:
        """Each kind of reaction somebody has given, with their names in the order they came."""
        names: dict[str, list[str]] = {}
        for reaction in self.reactions.all():
            names.setdefault(reaction.kind, []).append(reaction.person.name)
        return [(kind, names[kind]) for kind in Kind if kind in names]

    def get_absolute_url(self) -> str:
        """The address that is sent and cited; it leads to the message's place in its room, also through signing in."""
        return f"/messages/{self.pk}/place/"


class Reaction(models.Model):
    """One person's sign under one message."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="reactions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "person", "kind"], name="one_reaction_of_a_kind"),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="kind_of_a_reaction"),
        ]


class Place(models.Model):
    """How far one person has read in one room; private, and nobody is told."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "person"], name="one_place_per_room")]
