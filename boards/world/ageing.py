"""Moving what the demo tells back in time: each step to a plausible day and hour, with all rows that tell it."""

from collections import Counter
from datetime import datetime, timedelta

from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.utils import timezone

from boards.escalation.models import Answer, Confirmation, Escalation, Progress
from boards.escalation.rules import due_on
from boards.membership.models import Board, Membership, NumberSeries
from boards.proposals.models import CoProposal, Proposal
from boards.proposals.states import State
from boards.rooms.models import Room
from boards.world.hours import by_day
from forum.events.models import Event

# Days after the opening on which each step is told; a step that is not named shares the one before.
DAYS = {
    "proposal_opened": 0.0,
    "proposal_revised": 2.0,
    "ballot_called": 3.1,
    "ballot_opened": 3.1,
    "ballot_closed": 17.1,
    "proposal_improved": 21.0,
    "escalation_received": 18.3,
    "escalation_under_review": 21.2,
    "escalation_answered": 38.0,
    "commitment_done": 52.2,
    "commitment_confirmed": 53.1,
    "commitment_progressed": 54.0,
}
TALK_EVERY = timedelta(hours=7)  # or as often as it takes to have said all by now
# The step that published a revision, by whether it is not the first, and whether the proposal is in another round.
REVISED_BY = {
    (False, False): "proposal_opened",
    (False, True): "proposal_opened",
    (True, False): "proposal_revised",
    (True, True): "proposal_improved",
}


def age(proposal: Proposal, *, opened: float) -> None:
    """Let the proposal have been opened so many days ago, and all else have followed in its own time."""
    proposal.refresh_from_db()
    now = timezone.now()
    start = now - timedelta(days=opened)
    at = {event.verb: event.at for event in _events(proposal, start, now)}
    written = by_day(start - timedelta(days=1), now)
    Proposal.objects.filter(pk=proposal.pk).update(created_at=written, opened_at=at["proposal_opened"])
    proposal.co_proposals.exclude(decided_at=None).update(invited_at=written, decided_at=written)
    _age_talk(proposal, start, opened, now)
    proposal.attachments.update(at=at["proposal_opened"])
    for revision in proposal.revisions.all():
        revision.at = at[REVISED_BY[revision.number > 1, proposal.round > 1]]
        revision.save(update_fields=["at"])
    _age_ballots(proposal, at)
    _age_answers(proposal, at)


def number_by_age() -> None:
    """Number the proposals of each board anew, in the order and by the year of their opening."""
    last: Counter[tuple[int, int]] = Counter()
    opened = list(Proposal.objects.published().select_related("board").order_by("opened_at"))
    Proposal.objects.published().update(number=Concat(Value("old-"), "number"))
    for proposal in opened:
        year = timezone.localtime(proposal.opened_at).year
        last[proposal.board_id, year] += 1
        proposal.number = f"{proposal.board.code}-{year}-{last[proposal.board_id, year]:03d}"
    Proposal.objects.bulk_update(opened, ["number"])
    for (board, year), serial in last.items():
        NumberSeries.objects.update_or_create(board_id=board, year=year, defaults={"last": serial})


def order_by_age() -> None:
    """Write the events anew in the order of their times, as the log and the inbox show them; nobody was told yet."""
    events = list(Event.objects.order_by("at", "pk"))
    for event, pk in zip(events, sorted(event.pk for event in events), strict=True):
        event.pk = pk
    Event.objects.all().delete()
    Event.objects.bulk_create(events, batch_size=500)


def age_room(room: Room, *, opened: float) -> None:
    """Let the room have been opened so many days ago, and what was said there have come at equal distances since."""
    now, events = timezone.now(), list(Event.objects.on(room.stream).order_by("number"))
    pause = timedelta(days=opened) / (len(events) + 1)
    for turn, event in enumerate(events, start=1):
        event.at = by_day(now - timedelta(days=opened) + turn * pause, now)
    Event.objects.bulk_update(events, ["at"])
    at = {(event.verb, event.about_id): event.at for event in events}
    messages = list(room.messages.all())
    for message in messages:
        message.created_at = at["message_posted", message.pk]
    room.messages.bulk_update(messages, ["created_at"])
    room.turns.update(at=events[-1].at)
    Room.objects.filter(pk=room.pk).update(opened_at=events[0].at)


def age_board(board: Board, *, founded: float) -> None:
    """Let the board have been founded and its seats taken so many days ago; what is not public is of yesterday."""
    now = timezone.now()
    then, yesterday = (by_day(now - timedelta(days=days), now) for days in (founded, 1))
    Event.objects.filter(stream__name=board.stream).exclude(verb="member_invited").update(at=then)
    Membership.objects.filter(board=board).update(added_at=then)
    board.proposals.filter(state=State.DRAFT).update(created_at=yesterday, saved_at=yesterday)
    CoProposal.objects.filter(proposal__board=board, proposal__state=State.DRAFT).update(invited_at=yesterday)
    board.invitations.update(invited_at=yesterday)
    board.reports.update(at=yesterday)


def age_rest() -> None:
    """Let what only some hear of have come yesterday, and what else was made just now by the end of the last day."""
    now = timezone.now()
    made = Event.objects.filter(at__gt=now - timedelta(hours=1))
    private = Q(verb__in=("member_invited", "report_filed")) | Q(verb__startswith="co_proposer_")
    made.filter(private).update(at=by_day(now - timedelta(days=1), now))
    made.update(at=by_day(now, now))


def _age_talk(proposal: Proposal, start: datetime, opened: float, now: datetime) -> None:
    comments = list(proposal.comments.order_by("pk"))
    pause = min(TALK_EVERY, timedelta(days=opened) / (len(comments) + 1))
    for turn, comment in enumerate(comments, start=1):
        comment.created_at = by_day(start + turn * pause, now)
    proposal.comments.bulk_update(comments, ["created_at"])


def _events(proposal: Proposal, start: datetime, now: datetime) -> list[Event]:
    day, events = 0.0, list(Event.objects.on(proposal.stream))
    for minute, event in enumerate(events):
        day = max(day, DAYS.get(event.verb, day))
        moment = start + timedelta(days=day, minutes=minute if day else minute * 40)
        event.at = by_day(min(moment, now), now)
    Event.objects.bulk_update(events, ["at"])
    return events


def _age_ballots(proposal: Proposal, at: dict[str, datetime]) -> None:
    for ballot in proposal.ballots.all():
        ballot.opened_at = at["ballot_opened"]
        ballot.closes_at = ballot.opened_at + timedelta(days=14)
        if ballot.closed_at is not None:
            ballot.closed_at = ballot.decided_at = at["ballot_closed"]
        ballot.save(update_fields=["opened_at", "closes_at", "closed_at", "decided_at"])


def _age_answers(proposal: Proposal, at: dict[str, datetime]) -> None:
    for escalation in Escalation.objects.filter(proposal=proposal):
        escalation.escalated_at = at["proposal_escalated"]
        escalation.due_on = due_on(timezone.localdate(escalation.escalated_at))
        escalation.received_at = at.get("escalation_received")
        escalation.save(update_fields=["escalated_at", "due_on", "received_at"])
    for answer in Answer.objects.filter(escalation__proposal=proposal):
        ago = timedelta(days=(timezone.now() - at["escalation_answered"]).days)
        answer.prepared_at = answer.published_at = at["escalation_answered"]
        answer.implement_on = answer.implement_on and answer.implement_on - ago
        answer.save(update_fields=["prepared_at", "published_at", "implement_on"])
        for commitment in answer.commitments.all():
            commitment.due_on -= ago
            commitment.save(update_fields=["due_on"])
    for progress in Progress.objects.filter(commitment__answer__escalation__proposal=proposal):
        progress.at = at[f"commitment_{'done' if progress.state == 'done' else 'progressed'}"]
        progress.save(update_fields=["at"])
        Confirmation.objects.filter(progress=progress).update(at=at.get("commitment_confirmed"))
