"""In the demo people act by day and on working days, whenever it is started, and in the order they acted in."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from boards.attachments.models import Attachment
from boards.discussion.models import Comment
from boards.membership.invitations.models import Invitation
from boards.proposals.models import CoProposal
from boards.rooms.models import Message
from boards.world.building import make_world
from boards.world.hours import by_day
from forum.events.models import Event

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
NIGHT = datetime(2026, 11, 22, 18, 7, tzinfo=UTC)  # of a Sunday in Korea


def plausible(moment: datetime) -> bool:
    local = timezone.localtime(moment)
    return local.weekday() < 5 and time(8) <= local.time() <= time(21)


@given(MOMENTS, st.lists(st.timedeltas(timedelta(), timedelta(days=40)), min_size=2))
@example(NIGHT, [timedelta(), timedelta(hours=1), timedelta(hours=30), timedelta(days=3)])
def test_every_moment_becomes_one_of_a_working_day_before_now_and_the_order_stays(now, ago):
    moments = sorted(now - it for it in ago)

    shown = [by_day(it, now) for it in moments]

    assert all(plausible(it) and it <= now for it in shown)
    assert shown == sorted(shown)


@pytest.mark.embedded
@pytest.mark.django_db
def test_the_demo_tells_of_nothing_at_night_and_nothing_to_come(keys):
    world = make_world(keys)

    now = timezone.now()
    moments = [
        *Event.objects.values_list("at", flat=True),
        *Comment.objects.values_list("created_at", flat=True),
        *Message.objects.values_list("created_at", flat=True),
        *Attachment.objects.values_list("at", flat=True),
    ]
    assert len(moments) > 1000
    assert [it for it in moments if not plausible(it) or it > now] == []
    told = list(Event.objects.order_by("pk").values_list("at", flat=True))  # as the log and the inbox show it
    assert told == sorted(told)
    for board in world.boards.values():
        numbers = Event.objects.filter(stream__parent__name=board.stream).order_by("pk")
        by_stream: dict[int, list[int]] = {}
        for stream, number in numbers.values_list("stream", "number"):
            by_stream.setdefault(stream, []).append(number)
        assert all(it == sorted(it) for it in by_stream.values())
    for room in world.rooms.values():
        said = list(room.messages.order_by("pk").values_list("created_at", flat=True))
        assert said == sorted(said)
    assert {it.kind for it in Attachment.objects.all()} == {"txt", "xlsx", "png"}
    assert CoProposal.objects.get(person=world.sora).state == "invited"
    assert Invitation.objects.unsettled().get().board == world.board
