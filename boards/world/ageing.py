"""Moving a demo proposal back in time: each step to a plausible day after the opening, with all rows that tell it."""

from datetime import datetime, timedelta

from django.utils import timezone

from boards.escalation.models import Answer, Confirmation, Escalation, Progress
from boards.escalation.rules import due_on
from boards.proposals.models import Proposal
from forum.events.models import Event

# Days after the opening on which each step is told; a step that is not named shares the one before.
DAYS = {
    "proposal_opened": 0.0,
    "ballot_called": 3.1,
    "ballot_opened": 3.1,
    "ballot_closed": 17.1,
    "escalation_received": 18.3,
    "escalation_under_review": 21.2,
    "escalation_answered": 38.0,
    "commitment_done": 52.2,
    "commitment_confirmed": 53.1,
    "commitment_progressed": 54.0,
}
TALK_EVERY = timedelta(hours=7)


def age(proposal: Proposal, *, opened: float) -> None:
    """Let the proposal have been opened so many days ago, and all else have followed in its own time."""
    start = timezone.now() - timedelta(days=opened)
    at = {event.verb: event.at for event in _events(proposal, start)}
    Proposal.objects.filter(pk=proposal.pk).update(created_at=start - timedelta(days=1), opened_at=start)
    for turn, comment in enumerate(proposal.comments.order_by("pk"), start=1):
        comment.created_at = start + turn * TALK_EVERY
        comment.save(update_fields=["created_at"])
    _age_ballots(proposal, at)
    _age_answers(proposal, at)


def _events(proposal: Proposal, start: datetime) -> list[Event]:
    day, events = 0.0, list(Event.objects.on(proposal.stream))
    for minute, event in enumerate(events):
        day = max(day, DAYS.get(event.verb, day))
        event.at = start + timedelta(days=day, minutes=minute if day else minute * 40)
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
        answer.prepared_at = answer.published_at = at["escalation_answered"]
        answer.save(update_fields=["prepared_at", "published_at"])
    for progress in Progress.objects.filter(commitment__answer__escalation__proposal=proposal):
        progress.at = at[f"commitment_{'done' if progress.state == 'done' else 'progressed'}"]
        progress.save(update_fields=["at"])
        Confirmation.objects.filter(progress=progress).update(at=at.get("commitment_confirmed"))
