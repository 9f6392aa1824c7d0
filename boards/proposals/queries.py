"""What the pages of a proposal read."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from boards.membership.models import Board, Membership
from boards.proposals.differences import Piece, differences
from boards.proposals.models import CoProposal, Proposal, Revision
from forum.accounts.models import User
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
        "author", "team", "board__institution", "board__addressee__holder", "measure__by"
    )


def revisions_of(proposal: Proposal) -> list[Revision]:
    """Every revision of a proposal, newest first."""
    return list(proposal.revisions.select_related("by").order_by("-number"))


@dataclass(frozen=True)
class Part:
    """One part of two revisions, beside each other; `pieces` is empty where nothing changed."""

    label: str | Promise
    pieces: list[Piece]


def changes(older: Revision | Proposal, newer: Revision | Proposal) -> list[Part]:
    """What each part of the newer text changed."""
    shown = [
        (_("제목"), older.title, newer.title),
        (_("분야"), older.get_field_display(), newer.get_field_display()),
        (_("과제 구분"), older.get_kind_display(), newer.get_kind_display()),
        (_("분임조"), _team(older), _team(newer)),
        (_("현황 및 문제점"), older.problem, newer.problem),
        (_("개선방안"), older.remedy, newer.remedy),
        (_("기대효과"), older.effect, newer.effect),
    ]
    return [Part(label, differences(old, new) if old != new else []) for label, old, new in shown]


def _team(text: Revision | Proposal) -> str:
    return text.team.name if text.team else str(_("분임조 없이"))


def candidates(board: Board, author):
    """Members in office who can be invited to share the author's proposal."""
    seats = Membership.objects.in_office().members().filter(board=board)
    return User.objects.filter(memberships__in=seats).exclude(pk=author.pk).order_by("name")


def invitations_shown(person):
    """Invitations from the person or to them, with what every view of one shows."""
    return CoProposal.objects.concerning(person).select_related(
        "person",
        "invited_by",
        "proposal__board__institution",
        "proposal__author",
        "proposal__team",
        "proposal__measure__by",
    )


def invitations_to(person):
    """Invitations the person can still answer."""
    return (
        CoProposal.objects.answerable()
        .filter(person=person)
        .select_related("proposal__board", "invited_by")
        .order_by("invited_at")
    )
