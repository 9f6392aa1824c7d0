"""Acts in a live room."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from boards.discussion.actions import post_comment
from boards.discussion.models import Comment
from boards.membership.models import Board
from boards.membership.policy import BoardPolicy
from boards.policy import demand
from boards.proposals.actions import start_draft
from boards.proposals.models import Proposal
from boards.rooms.models import Kind, Message, Place, Reaction, Room, Turn
from boards.rooms.policy import MessagePolicy, RoomPolicy
from boards.rooms.states import State
from forum.events.models import Stream
from forum.events.recording import record, verb
from forum.locks import own
from forum.web.errors import Invalid, WrongState
from forum.web.repeats import body_hash, same_again, saved_once

LONGEST_TITLE = 60


def open_room(board: Board, *, by, name: str, purpose: str = "", proposal: Proposal | None = None) -> Room:
    """Make a room with its stream, of the board or of one proposal; raise WrongState when name or proposal has one."""
    with verb():
        demand(BoardPolicy(by, board).manage)
        return found_room(board, by=by, name=name, purpose=purpose, proposal=proposal)


def found_room(board: Board, *, by, name: str, purpose: str = "", proposal: Proposal | None = None) -> Room:
    """Make a room without asking a policy: for `open_room` and for the founding of a board."""
    with verb():
        try:
            with transaction.atomic():
                room = Room.objects.create(board=board, name=name, purpose=purpose, proposal=proposal, opened_by=by)
        except IntegrityError as error:
            if proposal is not None and proposal.rooms.exists():
                raise WrongState(_("이 제안에는 이미 토론방이 있습니다. 그 방에서 이야기해 주세요.")) from error
            raise WrongState(_("같은 이름의 토론방이 이미 있습니다. 다른 이름을 써 주세요.")) from error
        Stream.objects.create(name=room.stream, parent=Stream.objects.get(name=board.stream))
        record("room_opened", about=room, by=by, stream=room.stream)
    return room


def pause_room(room: Room, *, by, reason: str) -> Room:
    """Let nothing be written for a while: what was said stays readable, and so does the reason."""
    return _turn(room, by=by, state=State.PAUSED, name="room_paused", reason=reason)


def close_room(room: Room, *, by, reason: str) -> Room:
    """Close the room: it stays readable, with the reason."""
    return _turn(room, by=by, state=State.CLOSED, name="room_closed", reason=reason)


def reopen_room(room: Room, *, by, reason: str = "") -> Room:
    return _turn(room, by=by, state=State.OPEN, name="room_opened", reason=reason)


def _turn(room: Room, *, by, state: State, name: str, reason: str) -> Room:
    with verb():
        room = own(room)
        demand(RoomPolicy(by, room).manage)
        room.move_to(state)
        Turn.objects.create(room=room, state=state, reason=reason, by=by)
        record(name, about=room, by=by, stream=room.stream)
    return room


def post_message(room: Room, *, author, body: str, client_id: UUID, quoted: Message | None = None) -> Message:
    """Add a message; the same `client_id` again returns the first one, `repeated`; with another body it is a Conflict.

    Hot: the own row is written first, the stream's lock is taken last.
    """
    with verb():
        policy = RoomPolicy(author, room)
        demand(policy.read)
        if quoted is not None and quoted.room_id != room.pk:
            raise Invalid(_("다른 토론방의 메시지는 인용할 수 없습니다."))
        digest = body_hash(body, *([str(quoted.pk)] if quoted else []))
        mine = Message.objects.filter(room=room, author=author, client_id=client_id)
        if (earlier := _again(mine, digest)) is not None:
            return earlier
        demand(policy.post)
        message = Message(
            room=room, author=author, body=body, quoted=quoted, client_id=client_id, body_hash=digest
        )  # fmt: skip
        if not saved_once(message):
            return _again(mine, digest)  # type: ignore[return-value] # it is there: that kept ours out
        record("message_posted", about=message, by=author, stream=room.stream)
    return message


def _again(mine: QuerySet[Message], digest: str) -> Message | None:
    earlier = same_again(mine, digest)
    if earlier is not None:
        earlier.repeated = True
    return earlier


def edit_message(message: Message, *, by, body: str) -> Message:
    """Replace the text of one's own message and mark it as edited; the same text again changes nothing."""
    with verb():
        message = own(message)
        demand(MessagePolicy(by, message).edit)
        if message.body == body:
            return message
        message.body, message.edited_at = body, timezone.now()
        message.save(update_fields=["body", "edited_at"])
        record("message_edited", about=message, by=by, stream=message.stream)
    return message


def delete_message(message: Message, *, by) -> Message:
    """Take the text of one's own message away; its place stays."""
    with verb():
        message = own(message)
        demand(MessagePolicy(by, message).delete)
        message.body, message.deleted_at = "", timezone.now()
        message.save(update_fields=["body", "deleted_at"])
        record("message_deleted", about=message, by=by, stream=message.stream)
    return message


def react(message: Message, *, by, kind: Kind) -> None:
    """Put one's sign under a message; a second time changes nothing."""
    with verb():
        demand(MessagePolicy(by, message).react)
        if saved_once(Reaction(message=message, person=by, kind=kind)):
            record("message_reacted", about=message, by=by, stream=message.stream)


def withdraw_reaction(message: Message, *, by, kind: Kind) -> None:
    """Take one's sign back; where there is none, nothing changes."""
    with verb():
        demand(MessagePolicy(by, message).react)
        gone, _rows = message.reactions.filter(person=by, kind=kind).delete()
        if gone:
            record("reaction_withdrawn", about=message, by=by, stream=message.stream)


def keep_place(room: Room, *, by, message: Message) -> None:
    """Remember how far the person has read in the room; it moves forward only, and nobody is told."""
    with verb():
        demand(RoomPolicy(by, room).read)
        Place.objects.bulk_create([Place(room=room, person=by, message=message)], ignore_conflicts=True)
        Place.objects.filter(room=room, person=by, message__lt=message).update(message=message)


def draft_from(message: Message, *, by, window: UUID | None = None) -> Proposal:
    """Begin a draft of one's own with what the message says, and a link to where it was said.

    From the same window it is the same draft, as it has been written on since.
    """
    with verb():
        demand(MessagePolicy(by, message).draft)
        begun = Proposal.objects.filter(author=by, made_in=window).first() if window else None
        title, words = message.excerpt[:LONGEST_TITLE], cited(message)
        return begun or start_draft(message.board, by=by, window=window, title=title, problem=words)


def comment_from(message: Message, *, proposal: Proposal, author, stance: str, body: str, client_id: UUID) -> Comment:
    """Comment on a proposal of the message's board, on the message's occasion."""
    with verb():
        demand(MessagePolicy(author, message).comment)
        return post_comment(proposal, author=author, stance=stance, body=body, client_id=client_id)


def cited(message: Message) -> str:
    """The message's words as a citation with a link that opens it in its place; it names nobody."""
    words = "\n".join(f"> {line}".rstrip() for line in message.body.splitlines())
    return f"{words}\n\n[{_('출처: 토론방의 메시지')}]({message.get_absolute_url()})"
