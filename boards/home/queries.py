"""What home and a board's pages read; they look at every feature and are looked at by none."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from boards.escalation.models import Commitment, Confirmation, Escalation
from boards.escalation.policy import EscalationPolicy
from boards.escalation.states import CommitmentState
from boards.home.models import Visit
from boards.membership.models import Board, Membership
from boards.membership.queries import boards_seen_by
from boards.membership.settings.queries import Figures, figures_of
from boards.moderation.reports.queries import queue_of
from boards.proposals.models import CoProposal, Proposal
from boards.proposals.queries import invitations_to
from boards.proposals.states import Sharing, State
from boards.voting.models import Ballot, NamedVote, SealedVote
from boards.voting.rolls import obstacles, waiting_for_ballot
from boards.voting.states import State as BallotState
from forum.events.models import Event, Stream
from forum.events.vocabulary import VERBS
from forum.notifications.telling import Address, address_of, sentence_of, with_addresses
from forum.prepared import Given, prepared
from forum.web.paging import Page, page_before

PAGE = 20
RECENT = 5000  # older events are no news to anybody
NEWS = {
    "proposals": ("proposal_opened", "proposal_improved"),
    "ballots": ("ballot_opened",),
    "results": ("ballot_passed", "ballot_failed"),
    "answers": ("escalation_answered",),
    "comments": ("comment_posted",),
}


def boards_with_news(person) -> list[Board]:
    """The boards a person sees, each with what is under way there and its `news` since they last looked."""
    boards: list[Any] = boards_seen_by(person)
    seen = dict(Visit.objects.filter(person=person).values_list("board", "seen"))
    news = _news({board: seen.get(board.pk, 0) for board in boards}, person)
    counts = _counts(boards)
    for board in boards:
        board.discussing, board.balloting = counts[board.pk, State.OPEN], counts[board.pk, State.BALLOTING]
        board.news = news.get(board.stream, {})
    return boards


def _counts(boards: list[Board]) -> Counter:
    """How many proposals of each board are in each state that is under way; other boards' are not looked at."""
    proposals = Proposal.objects.filter(board__in=[it.pk for it in boards], state__in=(State.OPEN, State.BALLOTING))
    counted = proposals.order_by().values_list("board", "state").annotate(Count("pk"))
    return Counter({(board, state): count for board, state, count in counted})


def _news(seen: dict[Board, int], person) -> dict[str, Counter]:
    """How much of each kind others did on the boards (by stream) after the event seen last, among the newest events.

    The boards' streams are named by their ids: joined to by name, the events of all proposals there are would be read.
    """
    newest = Event.objects.aggregate(newest=Max("pk"))["newest"] or 0
    since = {board.stream: max(last, newest - RECENT) for board, last in seen.items()}
    streams = dict(Stream.objects.filter(name__in=since).values_list("pk", "name"))
    if not streams:
        return {}
    after = reduce(or_, [Q(stream__parent=pk, pk__gt=since[name]) for pk, name in streams.items()])
    kinds = {verb: kind for kind, verbs in NEWS.items() for verb in verbs}
    others = Event.objects.filter(after, pk__gt=min(since.values()), verb__in=kinds).exclude(actor=person)
    news: dict[str, Counter] = defaultdict(Counter)
    for stream, verb, count in others.values_list("stream__parent", "verb").annotate(Count("pk")):
        news[streams[stream]][kinds[verb]] += count
    return news


def term_of(board: Board) -> dict:
    """The first and the last day its present cohort sits, None for both while nobody does."""
    [(first, last)] = _term(board.pk) or [(None, None)]
    return {"from": first, "until": last}


@prepared
def _term(board: Given) -> QuerySet:
    seats = Membership.objects.filter(board=board, ended_at=None).order_by().values("board")
    return seats.annotate(first=Min("term_from"), last=Max("term_until")).values_list("first", "last")


def duties(person) -> dict:
    """What the person has to do, each kind in the order of its time; only an office or a moderator has some of them."""
    seats = Membership.objects.in_office().moderators().filter(person=person)
    moderated = list(seats.values_list("board", flat=True))
    desk = Escalation.objects.on_desk_of(person).unanswered().select_related("proposal", "addressee")
    own = desk.by_its_answerer().with_authors() if person.holds_office else []
    return {
        "to_vote": list(_to_vote(person)),
        "to_answer": list(desk.of_others()) if person.holds_office else [],
        "own_to_answer": [(it, EscalationPolicy(person, it).decide) for it in own],
        "to_share": list(invitations_to(person)),
        "to_confirm": list(_to_confirm(person)),
        "stuck": _stuck(moderated) if moderated else [],
        "to_judge": queue_of(person) if moderated or person.administers else [],
        "unaddressed": list(_unaddressed(moderated)) if moderated else [],
        "to_appoint": list(_to_appoint(person.administers)) if person.administers else [],
        "to_address": list(Board.objects.looked_after_by(person).filter(addressee=None)) if person.administers else [],
    }


def _to_vote(person):
    """Open ballots whose roll names the person and that have no vote of theirs."""
    mine = {"entry__ballot": OuterRef("pk"), "entry__person": person}
    return (
        Ballot.objects.filter(
            state=BallotState.OPEN,
            closes_at__gt=timezone.now(),
            roll__person=person,
            proposal__board__in=_boards_in_office(person),
        )
        .exclude(Exists(SealedVote.objects.filter(**mine)))
        .exclude(Exists(NamedVote.objects.filter(**mine)))
        .select_related("proposal")
        .order_by("closes_at")
    )


def _boards_in_office(person):
    return Membership.objects.in_office().members().filter(person=person).values("board")


def _to_confirm(person):
    confirmed = Confirmation.objects.filter(progress__commitment=OuterRef("pk"), confirmed=True)
    return (
        Commitment.objects.filter(
            state=CommitmentState.DONE,
            answer__escalation__proposal__in=Proposal.objects.by(person).visible_to(person),
        )
        .exclude(Exists(confirmed) | Q(answer__escalation__addressee__holder=person))
        .select_related("answer__escalation__proposal")
        .order_by("pk")
    )


def _stuck(boards: list[int]) -> list[tuple[Proposal, str]]:
    """Proposals of these boards that wait for a ballot that cannot open, with the reason."""
    return obstacles(waiting_for_ballot().filter(board__in=boards))


def _unaddressed(boards: list[int]):
    """For a moderator: escalations on the desk of an office with nobody who may answer them."""
    waiting = Escalation.objects.without_answerer().filter(proposal__board__in=boards)
    return waiting.select_related("proposal__board", "addressee__holder").order_by("due_on", "pk")


def _to_appoint(institutions: frozenset[int]):
    """For an institution's admin: the offices with something on the desk that nobody may answer; not what it is."""
    waiting = Escalation.objects.without_answerer().filter(addressee__institution__in=institutions)
    offices = waiting.values("addressee__title").annotate(count=Count("pk"), due_on=Min("due_on"))
    return offices.order_by("due_on", "addressee__title")


def drafts_of(person) -> list[Proposal]:
    """Drafts the person writes, alone or with others, each with who reads it."""
    drafts = Proposal.objects.by(person).filter(state=State.DRAFT).select_related("board", "author").order_by("-pk")
    found = list(drafts.prefetch_related(Prefetch("co_proposals", CoProposal.objects.reading())))
    for draft in found:
        shared = draft.co_proposals.all()
        draft.partners = [it for it in shared if it.state == Sharing.ACCEPTED]
        draft.asked = [it for it in shared if it.state == Sharing.INVITED]
    return found


@dataclass(frozen=True)
class Entry:
    """One line of a board's log."""

    event: Event
    sentence: str
    address: Address
    figures: Figures


def log_of(board: Board, before: str | None) -> Page:
    """One page of the events below a board that are worth proving, newest first."""
    verbs = [verb for verb, word in VERBS.items() if word.proof and word.stream]
    events = Event.objects.filter(Q(stream__name=board.stream) | Q(stream__parent__name=board.stream), verb__in=verbs)
    events = events.select_related("actor", "about_type").prefetch_related(with_addresses("about"))
    page = page_before(events, before, PAGE)
    told, figures = [(event, address_of(event)) for event in page.items], figures_of(page.items)
    entries = [Entry(event, sentence_of(event, place), place, figures.get(event.pk, [])) for event, place in told]
    return Page(entries, page.before)
