"""Live rooms and the messages in them."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from boards.lifecycle import Lifecycle, state_check
from boards.membership.models import Board, Membership
from boards.moderation.models import Moderated
from boards.rooms.states import NEXT, State


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
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)

    objects = RoomQuerySet.as_manager()

    class Meta:
        constraints = [
            state_check(State, "state_of_a_room"),
            models.UniqueConstraint(fields=["board", "name"], name="one_room_per_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> str:
        return f"room:{self.pk}"

    def get_absolute_url(self) -> str:
        return f"/rooms/{self.pk}/"


class MessageQuerySet(models.QuerySet):
    def visible_to(self, person) -> "MessageQuerySet":
        return self.filter(room__in=Room.objects.visible_to(person))

    def shown(self) -> "MessageQuerySet":
        return self.select_related("author", "measure", "room")


class Message(Moderated):
    """A message; a deleted one keeps its place and loses its text."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="messages")
    body = models.TextField()
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

    def get_absolute_url(self) -> str:
        return f"/rooms/{self.room_id}/#message-{self.pk}"
