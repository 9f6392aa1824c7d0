"""Many rows quickly: a few are written by the product's own verbs, the rest are copies of these, made by PostgreSQL."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from boards.discussion.actions import post_comment
from boards.discussion.models import Comment
from boards.discussion.rules import ID_WIDTH
from boards.escalation.actions import escalate
from boards.escalation.models import Answer, Decision, Escalation
from boards.escalation.states import State as Answered
from boards.membership.actions import found_board
from boards.membership.models import Board
from boards.proposals.actions import open_proposal, start_draft
from boards.proposals.models import Proposal
from boards.proposals.states import State
from boards.rooms.actions import found_room, post_message
from boards.rooms.models import Message, Room
from boards.world.cast import World
from forum.events.models import Event, Stream
from forum.events.recording import SYSTEM, verb
from forum.notifications.models import Notification

TEXTS = {
    "title": "보고서를 한 쪽으로 줄입니다",
    "problem": "간단한 보고에도 열 쪽이 넘는 문서를 만듭니다. 글자 모양을 맞추는 데에 하루가 갑니다.",
    "remedy": "- 간단한 보고는 **한 쪽**으로 합니다.\n- 표지와 목차는 만들지 않습니다.",
    "effect": "한 사람이 한 주에 세 시간을 아낍니다.",
}
SAID = [
    "저희 과는 작년부터 이렇게 하고 있습니다. 처음에는 어색했지만 **두 달** 만에 모두 익숙해졌습니다.",
    "취지에는 동의합니다.\n\n다만 감사 자료는 기준이 따로 있어서, 그 부분은 빼고 시작하면 좋겠습니다.",
    "한 쪽의 기준이 글자 크기까지 정하는 것인가요? 정하지 않으면 글씨만 작아질 것 같습니다.",
    "- 보고 전에 말로 먼저 묻기\n- 받은 사람이 더 필요한 것만 다시 묻기\n\n이 두 가지를 함께 하면 좋겠습니다.",
]
ON_THE_BOARD = 40  # proposals of the measured board that everybody sees first, at every size
DUE = 20  # of them wait on the desk
COMMENTS = 500  # of the one that is much discussed
MESSAGES = 60  # of the measured room
NOTICES = 60  # in the measured inbox


def found(world: World) -> Proposal:
    """Make what is measured, the same at every size; return the proposal that is much discussed."""
    first = open_proposal(start_draft(world.board, by=world.jun, **TEXTS), by=world.jun)
    comment = post_comment(first, author=world.sora, stance="for", body=SAID[0], client_id=uuid4())
    message = post_message(world.room, author=world.sora, body=SAID[0], client_id=uuid4())
    _proposals(world, first, [world.board], ON_THE_BOARD - 1, minutes=1)
    for due in Proposal.objects.order_by("pk")[1 : DUE + 1]:
        due.move_to(State.BALLOTING)
        due.move_to(State.PASSED)
        with verb():
            escalate(due, addressee=world.board.addressee)
    _comments(world, comment, [first.pk], COMMENTS // 5 - 1)
    _replies(world, comment, COMMENTS - COMMENTS // 5)
    _messages(world, message, [world.room], MESSAGES - 1)
    _log(first, comment, message)
    _notices(world)
    return first


def grow(world: World, first: Proposal, rows: int) -> int:
    """Add older proposals with comments, talk and events until there are about so many rows; return how many."""
    comment, message = Comment.objects.order_by("pk")[0], Message.objects.order_by("pk")[0]
    there = sum(model.objects.count() for model in (Proposal, Comment, Message, Event))
    if (missing := (rows - there) // 2) > 0:  # the other half is their events
        rooms = _boards(world, missing // 15_000)
        boards = [room.board for room in rooms]
        last = Proposal.objects.order_by("-pk")[0].pk
        _proposals(world, first, boards, missing * 6 // 100, minutes=3000)
        added = list(Proposal.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True))
        _answers(world, added[::3])
        _comments(world, comment, added, missing * 74 // 100)
        _messages(world, message, rooms, missing * 20 // 100)
        _log(first, comment, message)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return sum(model.objects.count() for model in (Proposal, Comment, Message, Event))


def _boards(world: World, more: int) -> list[Room]:
    """The measured board's room and those of other institutions' boards."""
    made, there = [world.room], Board.objects.count()
    for turn in range(there, there + more):
        with verb():
            board = found_board(
                by=SYSTEM, institution=world.garam.institution, name=f"가람 {turn}기", slug=f"other-{turn}",
                code=f"다른{turn}", cohort=turn + 1, addressee=world.garam.addressee, support_percent=1,
            )  # fmt: skip
            made.append(found_room(board, by=SYSTEM, name="이야기방"))
    return made


def _proposals(world: World, first: Proposal, boards: Sequence[Board], count: int, *, minutes: int) -> None:
    last = Proposal.objects.order_by("-pk")[0].pk
    _copies(
        first, _series(Proposal, count), id="new.id", number="'N-' || new.id",
        board_id=_one_of([it.pk for it in boards]), author_id=_one_of([it.pk for it in world.members]),
        state=f"'{State.OPEN}'", team_id="NULL", made_in="NULL",
        title="one.title || ' ' || new.id", support_count="new.g % 11",
        opened_at=f"one.opened_at - (new.g * 2 + {minutes}) * interval '1 minute'",
    )  # fmt: skip
    pattern = Stream.objects.get(name=first.stream)
    rows = f"""SELECT proposal.id, parent.id AS parent FROM boards_proposal proposal
        JOIN forum_stream parent ON parent.name = 'board:' || proposal.board_id WHERE proposal.id > {last}"""
    _copies(
        pattern, rows, id=_next(Stream), name="'proposal:' || new.id", parent_id="new.parent",
        head="0", epoch="gen_random_uuid()",
    )  # fmt: skip


def _answers(world: World, proposals: Sequence[int]) -> None:
    """Let the office have answered some of the old ones."""
    now = timezone.now()
    Escalation.objects.bulk_create(
        [
            Escalation(
                proposal_id=pk, round=1, addressee=world.board.addressee, state=Answered.ANSWERED,
                due_on=timezone.localdate(now), received_at=now, received_by=world.hana,
                escalated_at=now - timedelta(days=20),
            )
            for pk in proposals
        ],
        batch_size=5000,
    )  # fmt: skip
    answered = Escalation.objects.filter(proposal__in=proposals).values_list("pk", flat=True)
    Answer.objects.bulk_create(
        [
            Answer(
                escalation_id=pk, decision=Decision.NOT_ADOPTED, reason=TEXTS["problem"],
                prepared_by=world.hana, published_by=world.hana, published_at=now,
            )
            for pk in answered
        ],
        batch_size=5000,
    )  # fmt: skip


def _comments(world: World, pattern: Comment, proposals: Sequence[int], count: int) -> None:
    _copies(
        pattern, _series(Comment, count), **_said(world), proposal_id=_one_of(proposals), path=_path("new.id"),
        stance="(ARRAY['for', 'against', 'question', 'addition'])[1 + new.g % 4]",
    )  # fmt: skip


def _replies(world: World, pattern: Comment, count: int) -> None:
    """Answer the first-level comments of the pattern's proposal, each as often as the others."""
    roots = pattern.proposal.comments.filter(depth=0).values_list("pk", flat=True)
    parent = _one_of(list(roots))
    _copies(
        pattern, _series(Comment, count), **_said(world), parent_id=parent, depth="1",
        path=f"{_path(parent)} || {_path('new.id')}",
    )  # fmt: skip


def _messages(world: World, pattern: Message, rooms: Sequence[Room], count: int) -> None:
    _copies(pattern, _series(Message, count), **_said(world), room_id=_one_of([it.pk for it in rooms]))


def _said(world: World) -> dict[str, str]:
    texts = ", ".join(f"'{it}'" for it in SAID)
    return {
        "id": "new.id",
        "author_id": _one_of([it.pk for it in world.members]),
        "body": f"(ARRAY[{texts}])[1 + new.g % {len(SAID)}]",
        "client_id": "gen_random_uuid()",
    }


def _log(first: Proposal, comment: Comment, message: Message) -> None:
    """Write the event of everything that has none, numbered on its stream."""
    for thing, stream in (
        (first, "'proposal:' || thing.id"),
        (comment, "'proposal:' || thing.proposal_id"),
        (message, "'room:' || thing.room_id"),
    ):
        events = Event.objects.filter(about_type__model=thing._meta.model_name, about_id=thing.pk)
        pattern = events.order_by("pk")[0]
        rows = f"""SELECT thing.id, thing.author_id, stream.id AS stream,
            stream.head + row_number() OVER (PARTITION BY stream.id ORDER BY thing.id) AS number
            FROM {thing._meta.db_table} thing JOIN forum_stream stream ON stream.name = {stream}
            WHERE NOT EXISTS (SELECT FROM forum_event event
                WHERE event.about_type_id = {pattern.about_type_id} AND event.about_id = thing.id)"""
        _copies(
            pattern, rows, id=_next(Event), about_id="new.id", stream_id="new.stream", number="new.number",
            actor_id="new.author_id" if pattern.actor_id else "NULL", told_at="one.at",
        )  # fmt: skip
        _run(
            """UPDATE forum_stream stream SET head = newest.number
            FROM (SELECT stream_id, max(number) AS number FROM forum_event GROUP BY stream_id) newest
            WHERE newest.stream_id = stream.id AND newest.number > stream.head"""
        )


def _notices(world: World) -> None:
    """Let one person have heard of the newest of it."""
    newest = Event.objects.exclude(stream=None).order_by("-pk").values_list("pk", flat=True)[:NOTICES]
    Notification.objects.bulk_create([Notification(person=world.jun, event_id=pk) for pk in newest])


# --- SQL -----------------------------------------------------------------------------------------------------------


def _copies(one: Model, rows: str, **values: str) -> None:
    """Copy a row once for each of `rows`, called `new`, with other values in the columns named."""
    columns = [field.column for field in one._meta.concrete_fields]
    assert not values.keys() - set(columns), values.keys() - set(columns)
    chosen = ", ".join(values.get(column, f"one.{column}") for column in columns)
    table = one._meta.db_table
    into = f"INSERT INTO {table} ({', '.join(columns)})"
    _run(f"{into} SELECT {chosen} FROM {table} one, ({rows}) new WHERE one.id = {one.pk}")


def _series(model: type[Model], count: int) -> str:
    return f"SELECT {_next(model)} AS id, g FROM generate_series(1, {count}) g"


def _next(model: type[Model]) -> str:
    return f"nextval(pg_get_serial_sequence('{model._meta.db_table}', 'id'))"


def _one_of(ids: Sequence[int]) -> str:
    return f"('{{{','.join(map(str, ids))}}}'::bigint[])[1 + new.g % {len(ids)}]"


def _path(pk: str) -> str:
    return f"lpad(({pk})::text, {ID_WIDTH}, '0')"


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
