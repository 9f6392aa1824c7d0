"""Who hears of what, and where it leads. One page; nothing else decides it."""

from dataclasses import replace

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from boards.discussion.models import Comment
from boards.escalation.models import Commitment, Escalation
from boards.membership.invitations.models import Invitation
from boards.membership.models import Board, Membership, Team
from boards.moderation.reports.models import Report, part_of
from boards.proposals.models import CoProposal, Proposal
from boards.rooms.models import Message, Room
from boards.voting.models import Ballot
from forum.accounts.models import User
from forum.events.models import Event
from forum.institutions.models import Appointment
from forum.notifications.telling import Address, Hearers

NOBODY: frozenset[User] = frozenset()
OF_NO_PROPOSAL = ("member", "addressee", "draft_discarded", "invitation", "report")  # what begins so
OWN = (*OF_NO_PROPOSAL, "co_proposer_", "content_kept")  # what begins so concerns the hearer


def audience(event: Event) -> Hearers:
    """Return who must and who may hear of the event: of those it concerns, who may still read what it is about.

    The actor never hears of their own act. Whose seat changed, whose text was hidden, or who is asked to share a
    proposal hears of it in any case.
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
    """Return the ids of the events of which the person may read what they are about, in one query a kind.

    Of a hidden text of one's own the title shown is that of the proposal or room it stands in. An invitation opens a
    draft to who can still answer it.
    """
    asked = {event.pk: event.about_id for event in events if isinstance(event.about, CoProposal)}
    open_to = CoProposal.objects.answerable().filter(person=person, pk__in=asked.values())
    invitations = set(open_to.values_list("pk", flat=True))
    own = {event.pk for event in events if event.verb.startswith(OF_NO_PROPOSAL) or asked.get(event.pk) in invitations}
    rooms = {event.pk: event.about.room_id for event in events if isinstance(event.about, Message)}
    roots = {event.pk: _root(event.about).pk for event in events if event.pk not in own | rooms.keys()}
    seen = set(Proposal.objects.visible_to(person).filter(pk__in=roots.values()).values_list("pk", flat=True))
    entered = set(Room.objects.visible_to(person).filter(pk__in=rooms.values()).values_list("pk", flat=True))
    shown = {event for event, root in roots.items() if root in seen}
    return own | shown | {event for event, room in rooms.items() if room in entered}


def _concerns_the_hearer(event: Event) -> bool:
    """Whether it is about the hearer's own seat, text or invitation, which they hear of in any case."""
    return event.verb.startswith(OWN) or event.verb.endswith(("_hidden", "_restored"))


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
        case "addressee_named":
            return may(*moderators(about.pk))
        case "invitation_accepted":
            return may(about.invited_by)
        case "proposal_opened" | "proposal_improved" | "proposal_withdrawn":
            return may(*about.authors, *moderators(about.board))
        case "proposal_revised":
            return may(*about.authors, *talkers(about))
        case "co_proposer_invited":
            return Hearers(may=members(about.proposal.board) & {about.person})
        case "co_proposer_cancelled":
            return may(about.person)
        case "co_proposer_accepted" | "co_proposer_declined" | "co_proposer_lapsed" | "co_proposer_left":
            return may(about.proposal.author)
        case "draft_discarded":
            return may(*User.objects.filter(pk=event.data["person"]))
        case "comment_posted":
            concerned = may(*about.proposal.authors, *([about.parent.author] if about.parent else []))
            return Hearers(may=concerned.may - mentioned(about, version=1))
        case "people_mentioned":
            return Hearers(may=mentioned(about, version=event.data["version"]))
        case "proposal_hidden":
            return must(*about.authors)
        case "comment_hidden" | "message_hidden":
            return must(about.author)
        case "proposal_restored" | "comment_restored" | "message_restored":
            return must(*about.authors) if isinstance(about, Proposal) else must(about.author)
        case "report_filed":
            return must(*judges_of(about))
        case "report_upheld" | "report_dismissed":
            return must(about.by)
        case "content_kept":
            return may(about.author)
        case "threshold_met" | "ballot_called":
            return may(*about.authors, *moderators(about.board))
        case "ballot_opened" | "ballot_passed" | "ballot_failed" | "ballot_voided":
            return may(*about.proposal.authors, *voters(about))
        case "ballot_closing_soon":
            return may(*voters(about))
        case "ballot_alarmed":
            return must(*moderators(about.proposal.board))
        case "proposal_escalated" | "escalation_handed_over":
            return Hearers(must=who_acts(about), may=frozenset(about.proposal.authors))
        case "escalation_overdue":
            return Hearers(must=who_acts(about) | frozenset(about.proposal.authors))
        case "answer_due_soon":
            return Hearers(must=who_acts(about))
        case "escalation_received" | "escalation_under_review":
            return may(*about.proposal.authors)
        case "escalation_answered":
            return Hearers(must=frozenset(about.proposal.authors), may=members(about.proposal.board))
        case "commitment_progressed":
            return may(*about.answer.escalation.proposal.authors)
        case "commitment_done":
            return must(*about.answer.escalation.proposal.authors)
        case "commitment_confirmed":
            return Hearers(may=holder(about.answer.escalation))
        case "commitment_disputed":
            return Hearers(must=holder(about.answer.escalation))
    raise LookupError(f"Nobody has decided who hears of {event.verb}.")


def must(*people: User) -> Hearers:
    return Hearers(must=frozenset(people))


def may(*people: User) -> Hearers:
    return Hearers(may=frozenset(people))


def mentioned(comment: Comment, *, version: int) -> frozenset[User]:
    """Those whom this version of a comment called and none before it."""
    return frozenset(it.person for it in comment.mentions.filter(version=version).select_related("person"))


def members(board: Board) -> frozenset[User]:
    return frozenset(User.objects.filter(memberships__in=Membership.objects.in_office().filter(board=board)))


def talkers(proposal: Proposal) -> frozenset[User]:
    """Who has commented on the text that is another one now."""
    return frozenset(User.objects.filter(comments__proposal=proposal))


def moderators(board: Board | int) -> frozenset[User]:
    seats = Membership.objects.in_office().moderators().filter(board=board)
    return frozenset(User.objects.filter(memberships__in=seats))


def judges_of(report: Report) -> frozenset[User]:
    """Those who may decide a report: moderators without a part in it, and with none left the institution's admins."""
    has_part = Exists(Report.objects.filter(pk=report.pk).filter(part_of(OuterRef("pk"))))
    seats = Membership.objects.in_office().moderators().filter(board=report.board)
    judges = frozenset(User.objects.filter(memberships__in=seats).exclude(has_part))
    if judges:
        return judges
    current = Appointment.objects.filter(institution=report.board.institution_id, until=None)
    admins = User.objects.filter(appointments__in=current.filter(role=Appointment.Role.ADMIN))
    return frozenset(admins.exclude(has_part))


def voters(ballot) -> frozenset[User]:
    return frozenset(User.objects.filter(pk__in=ballot.roll.values("person")))


def holder(escalation) -> frozenset[User]:
    holder = escalation.addressee.holder
    return frozenset({holder}) if holder and holder.is_active else NOBODY


def who_acts(escalation) -> frozenset[User]:
    """The office's holder; where that is nobody, or an author, the moderators must know."""
    answerer = holder(escalation) - frozenset(escalation.proposal.authors)
    return answerer or moderators(escalation.proposal.board)


def address(event: Event, reader: User | None = None) -> Address:
    """Return the title and the path of the page an event leads its reader to.

    The title of a hidden text is not repeated.
    """
    about = event.about
    match event.about_type.model:
        case "proposal":
            return replace(_proposal(about), fact=_measure(event))
        case "coproposal":
            return Address(_proposal(about.proposal).title, about.get_absolute_url())
        case "comment":
            return Address(_proposal(about.proposal).title, about.get_absolute_url(), _measure(event))
        case "ballot":
            return replace(_proposal(about.proposal), sentence=_call_to_vote(event) if reader else "")
        case "escalation":
            return _escalation(event, reader)
        case "commitment":
            proposal = about.answer.escalation.proposal
            return Address(_proposal(proposal).title, reverse("answer", args=[proposal.pk]), about.what)
        case "message":
            return Address(about.room.name, about.get_absolute_url(), _measure(event))
        case "room":
            return Address(about.name, about.get_absolute_url())
        case "membership":
            return _seat(event, reader)
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
        Proposal.objects.select_related("measure"),
        Comment.objects.select_related("proposal", "measure"),
        CoProposal.objects.select_related("proposal"),
        Ballot.objects.select_related("proposal"),
        Escalation.objects.select_related("proposal", "addressee", "answer"),
        Commitment.objects.select_related("answer__escalation__proposal"),
        Message.objects.select_related("room", "measure"),
        Membership.objects.select_related("board", "person"),
        Invitation.objects.select_related("board", "invited_by"),
        Report.objects.select_related("board"),
        Team.objects.select_related("board"),
    ]


def _escalation(event: Event, reader: User | None) -> Address:
    """Lead the office to the page to decide on, and others to the proposal or, once it is there, to the answer."""
    escalation = event.about
    title = _proposal(escalation.proposal).title
    if event.verb == "escalation_answered":
        decision = _("결정: %(decision)s") % {"decision": escalation.answer.get_decision_display()}
        return Address(title, reverse("answer", args=[escalation.proposal_id]), decision)
    mine = reader is not None and escalation.addressee.holder_id == reader.pk
    due = _("답변 기한: %(day)s") % {"day": f"{escalation.due_on:%Y. %-m. %-d.}"}
    return Address(title, (escalation if mine else escalation.proposal).get_absolute_url(), due)


def _call_to_vote(event: Event) -> str:
    """What a notice asks of who is on the roll; the proposal's history only tells that it was so."""
    match event.verb:
        case "ballot_opened":
            return _("표결이 시작되었습니다. 투표해 주세요.")
        case "ballot_closing_soon":
            return _("표결이 하루 안에 끝납니다. 아직 투표하지 않으셨다면 투표해 주세요.")
    return ""


def _seat(event: Event, reader: User | None) -> Address:
    """Speak to whom the seat is, of what it is now; others read whose it is."""
    seat = event.about
    path = seat.board.get_absolute_url()
    if reader is None or seat.person_id != reader.pk:
        moderator = event.verb == "member_added" and event.data.get("role") == Membership.Role.MODERATOR
        sentence = _("{actor} 님이 운영자를 추가했습니다.") if moderator else ""
        return Address(f"{seat.board.name} · {seat.person.name}", path, sentence=sentence)
    sentences = {
        "member_added": _("위원으로 추가되셨습니다."),
        "membership_changed": _("{actor} 님이 보드에서 맡은 역할이나 임기를 바꿨습니다."),
        "membership_ended": _("{actor} 님이 보드에서 맡은 임기를 끝냈습니다."),
    }
    if event.verb == "member_added" and seat.role == Membership.Role.MODERATOR:
        sentences["member_added"] = _("운영자로 추가되셨습니다.")
    facts = {
        "member_added": _("임기: %(first)s부터 %(last)s까지 · 추가한 사람: %(actor)s"),
        "membership_changed": _("역할: %(role)s · 임기: %(first)s부터 %(last)s까지"),
        "membership_ended": "",
    }
    told = {
        "role": seat.get_role_display(),
        "first": f"{seat.term_from:%Y. %-m. %-d.}",
        "last": f"{seat.term_until:%Y. %-m. %-d.}",
        "actor": event.actor.name if event.actor else _("설치 담당자"),
    }
    return Address(seat.board.name, path, facts[event.verb] % told, sentences[event.verb])


def _measure(event: Event) -> str:
    """The rule and the reason of the measure an event of hiding took, while it stands."""
    measure = event.about.measure if event.verb.endswith("_hidden") else None
    if measure is None or measure.pk != event.data["measure"]:
        return ""
    return _("운영원칙 %(rule)s ‘%(name)s’. 이유: %(reason)s") % {
        "rule": measure.rule,
        "name": measure.get_rule_display(),
        "reason": measure.reason,
    }


def _proposal(proposal: Proposal) -> Address:
    shown = (proposal.number, "" if proposal.hidden else proposal.title)
    return Address(" ".join(it for it in shown if it), proposal.get_absolute_url())
