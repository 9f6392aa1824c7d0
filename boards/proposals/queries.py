"""What the pages of a proposal read."""

from dataclasses import dataclass
from datetime import datetime

from boards.proposals.models import Proposal
from forum.events.models import Event
from forum.events.vocabulary import VERBS, Live
from forum.notifications.telling import sentence_of


@dataclass(frozen=True)
class Step:
    """One line of the timeline."""

    sentence: str
    at: datetime
    verb: str


def timeline(proposal: Proposal) -> list[Step]:
    """What happened to the proposal, oldest first; the discussion is not part of it."""
    verbs = [verb for verb, word in VERBS.items() if word.stream == "proposal" and word.live is Live.PANELS]
    events = Event.objects.on(proposal.stream).filter(verb__in=verbs).select_related("actor")
    return [Step(sentence_of(event), event.at, event.verb) for event in events]


def shown(person):
    """Proposals the person may see, with what every view of one shows."""
    return Proposal.objects.visible_to(person).select_related(
        "author", "board__institution", "board__addressee__holder", "measure__by"
    )
