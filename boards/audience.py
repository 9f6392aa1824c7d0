"""Who hears of what, and where it leads. One page; nothing else decides it."""

from django.db.models import QuerySet

from boards.discussion.models import Comment
from boards.escalation.models import Commitment, Escalation
from boards.membership.invitations.models import Invitation
from boards.membership.models import Board, Membership, Team
from boards.moderation.reports.models import Report
from boards.proposals.models import Proposal
from boards.rooms.models import Message
from boards.voting.models import Ballot
from forum.accounts.models import User
from forum.events.models import Event
from forum.institutions.models import Appointment
from forum.notifications.telling import Address, Hearers

NOBODY: frozenset[User] = frozenset()


def audience(event: Event) -> Hearers:
    """Return who must and who may hear of the event: of those it concerns, who may still read what it is about.

    The actor never hears of their own act. Whose seat changed, or whose text was hidden, hears of it in any case.
    """
    hearers = _hearers(event)
    actor = frozenset({event.actor}) if event.actor else NOBODY
    must, may = hearers.must - actor, hearers.may - actor
    if _concerns_the_hearer(event):
        return Hearers(must=must, may=may)
    proposal = _root(event.about)
    readers = {it for it in must | may if Proposal.objects.visible_to(it).filter(pk=proposal.pk).exists()}
    return Hearers(must=must & readers, may=may & readers)


def readable(person: User, events: list[Event]) -> set[int]:
    """Return the ids of the events of which the person may read what they are about, in one query."""
    own = {event.pk for event in events if _concerns_the_hearer(event)}
    roots = {event.pk: _root(event.about).pk for event in events if event.pk not in own}
    seen = set(Proposal.objects.visible_to(person).filter(pk__in=roots.values()).values_list("pk", flat=True))
    return own | {event for event, root in roots.items() if root in seen}


def _concerns_the_hearer(event: Event) -> bool:
    """Whether it is about the hearer's own seat or own text, which they hear of in any case."""
    return event.verb.startswith(("member", "invitation", "report", "content_kept")) or event.verb.endswith(
        ("_hidden", "_restored")
    )


def _root(about) -> Proposal:
    """The proposal an event belongs to."""
    if isinstance(about, Proposal):
        return about
    return about.answer.escalation.proposal if isinstance(about, Commitment) else about.proposal


def _hearers(event: Event) -> Hearers:
    about = event.about
    match event.verb:
        case "member_added" | "membership_changed" | "membership_ended":
            return must(about.person)
        case "invitation_accepted":
            return may(about.invited_by)
        case "proposal_opened" | "proposal_improved" | "proposal_withdrawn":
            return may(*moderators(about.board))
        case "comment_posted":
            return may(about.proposal.author, *([about.parent.author] if about.parent else []))
        case "proposal_hidden" | "comment_hidden" | "message_hidden":
            return must(about.author)
        case "proposal_restored" | "comment_restored" | "message_restored":
            return must(about.author)
        case "report_filed":
            return must(*judges_of(about))
        case "report_upheld" | "report_dismissed":
            return must(about.by)
        case "content_kept":
            return may(about.author)
        case "threshold_met" | "ballot_called":
            return may(about.author, *moderators(about.board))
        case "ballot_opened" | "ballot_passed" | "ballot_failed" | "ballot_voided":
            return may(about.proposal.author, *voters(about))
        case "ballot_alarmed":
            return must(*moderators(about.proposal.board))
        case "proposal_escalated" | "escalation_overdue":
            who_acts = holder(about) or moderators(about.proposal.board)  # of a vacant office somebody must know
            return Hearers(must=who_acts, may=frozenset({about.proposal.author}))
        case "escalation_received" | "escalation_under_review":
            return may(about.proposal.author)
        case "escalation_answered":
            return Hearers(must=frozenset({about.proposal.author}), may=members(about.proposal.board))
        case "commitment_progressed":
            return may(about.answer.escalation.proposal.author)
        case "commitment_done":
            return must(about.answer.escalation.proposal.author)
        case "commitment_confirmed":
            return Hearers(may=holder(about.answer.escalation))
        case "commitment_disputed":
            return Hearers(must=holder(about.answer.escalation))
    raise LookupError(f"Nobody has decided who hears of {event.verb}.")


def must(*people: User) -> Hearers:
    return Hearers(must=frozenset(people))


def may(*people: User) -> Hearers:
    return Hearers(may=frozenset(people))


def members(board: Board) -> frozenset[User]:
    return frozenset(User.objects.filter(memberships__in=Membership.objects.in_office().filter(board=board)))


def moderators(board: Board) -> frozenset[User]:
    seats = Membership.objects.in_office().moderators().filter(board=board)
    return frozenset(User.objects.filter(memberships__in=seats))


def judges_of(report: Report) -> frozenset[User]:
    """Those who may decide a report: the other moderators, and with none in office the institution's admins."""
    apart = {report.by_id, report.author_id}
    judges = frozenset(it for it in moderators(report.board) if it.pk not in apart)
    if judges:
        return judges
    current = Appointment.objects.filter(institution=report.board.institution_id, until=None)
    admins = User.objects.filter(appointments__in=current.filter(role=Appointment.Role.ADMIN))
    return frozenset(admins.exclude(pk__in=apart))


def voters(ballot) -> frozenset[User]:
    return frozenset(User.objects.filter(pk__in=ballot.roll.values("person")))


def holder(escalation) -> frozenset[User]:
    return frozenset({escalation.addressee.holder}) if escalation.addressee.holder else NOBODY


def address(event: Event) -> Address:
    """Return the title and the path of the page an event leads to; the title of a hidden text is not repeated."""
    about = event.about
    match event.about_type.model:
        case "proposal":
            return _proposal(about)
        case "comment":
            return Address(_proposal(about.proposal).title, about.get_absolute_url())
        case "ballot" | "escalation":
            return _proposal(about.proposal)
        case "commitment":
            return _proposal(about.answer.escalation.proposal)
        case "message":
            return Address(about.room.name, about.get_absolute_url())
        case "room":
            return Address(about.name, about.get_absolute_url())
        case "membership":
            return Address(f"{about.board.name} · {about.person.name}", about.board.get_absolute_url())
        case "report":
            return Address(about.board.name, about.get_absolute_url())
        case "team":
            return Address(about.name, about.board.get_absolute_url())
        case "invitation":
            return Address(about.board.name, about.board.get_absolute_url())
        case "board":
            return Address(about.name, about.get_absolute_url())
    return Address(str(about), "/")


def things() -> list[QuerySet]:
    """The kinds of things whose address needs more than themselves, each with it, for lists of events."""
    return [
        Comment.objects.select_related("proposal"),
        Ballot.objects.select_related("proposal"),
        Escalation.objects.select_related("proposal"),
        Commitment.objects.select_related("answer__escalation__proposal"),
        Message.objects.select_related("room"),
        Membership.objects.select_related("board", "person"),
        Invitation.objects.select_related("board", "invited_by"),
        Report.objects.select_related("board"),
        Team.objects.select_related("board"),
    ]


def _proposal(proposal: Proposal) -> Address:
    title = proposal.number if proposal.hidden else f"{proposal.number} {proposal.title}"
    return Address(title or "", proposal.get_absolute_url())
