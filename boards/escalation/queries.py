"""What the desk, the page to decide on and the answer read."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards.discussion.models import Comment, Stance
from boards.escalation.models import Answer, Commitment, Confirmation, DeskNote, Escalation, Progress
from boards.escalation.policy import CommitmentPolicy, EscalationPolicy
from boards.escalation.states import CommitmentState
from boards.proposals.models import CoProposal, Proposal
from forum.web.paging import page_before

PAGE = 20
AUTHORS = Prefetch("answer__escalation__proposal__co_proposals", CoProposal.objects.accepted(), to_attr="partners")
PROGRESS = Prefetch("progress", Progress.objects.select_related("by", "confirmation__by"))
MOST_SAID = 5  # opinions of a stance that are shown to who decides; the discussion has all


def escalations_shown():
    commitments = Commitment.objects.prefetch_related(PROGRESS)
    return Escalation.objects.select_related(
        "proposal__board__institution", "proposal__author", "addressee__holder", "addressee__institution", "answer",
        "answer__published_by", "received_by",
    ).prefetch_related(Prefetch("answer__commitments", commitments))  # fmt: skip


class Pile(TextChoices):
    """The piles on a desk."""

    WAITING = "waiting", _("답변할 제안")
    COMMITMENTS = "commitments", _("이행과제")
    ANSWERED = "answered", _("답변한 제안")


def desk(person, *, show: str, before: str | None) -> dict:
    """One pile of the desk: what must be answered or kept, first due first, or what was answered, newest first."""
    mine = Escalation.objects.on_desk_of(person)
    due = dict(mine.unanswered().values_list("pk", "due_on"))
    pile = Pile(show) if show in Pile.values else Pile.WAITING
    counts = {
        Pile.WAITING: len(due),
        Pile.COMMITMENTS: promised(person).count(),
        Pile.ANSWERED: mine.answered().count(),
    }
    today = timezone.localdate()
    desk = {"pile": pile, "piles": list(counts.items()), "overdue": sum(day < today for day in due.values())}
    if pile == Pile.COMMITMENTS:
        rows = promised(person).prefetch_related(AUTHORS, PROGRESS)
        return desk | {"commitments": [(it, CommitmentPolicy(person, it).report) for it in rows]}
    if pile == Pile.ANSWERED:
        rows = escalations_shown().filter(pk__in=mine.answered().order_by().values("pk"))
        return desk | {"page": page_before(rows, before, PAGE)}
    # By their ids: joined to so much, all would be read.
    rows = escalations_shown().filter(pk__in=due).with_authors().order_by("due_on", "pk")
    return desk | {"waiting": [(it, EscalationPolicy(person, it).decide) for it in rows]}


def promised(person) -> QuerySet[Commitment]:
    """What the person's offices promised and no proposer has confirmed yet, first due first."""
    confirmed = Confirmation.objects.filter(progress__commitment=OuterRef("pk"), confirmed=True)
    published = Commitment.objects.filter(
        answer__published_at__isnull=False, answer__escalation__addressee__holder=person
    )
    still_open = published.exclude(state=CommitmentState.INFEASIBLE).exclude(Exists(confirmed))
    shown = still_open.select_related("answer__escalation__proposal__board", "answer__escalation__addressee")
    return shown.order_by("due_on", "pk")


def answer_panel(proposal: Proposal, person) -> dict:
    """Every escalation of a proposal, newest first, with the answer once it is published."""
    escalations = list(escalations_shown().filter(proposal=proposal).order_by("-round"))
    for escalation in escalations:
        escalation.proposal = proposal  # which knows its authors already
    return {"escalations": [_shown(escalation, person) for escalation in escalations]}


def _shown(escalation: Escalation, person) -> dict:
    answer, holder = published_answer(escalation), escalation.addressee.holder
    commitments = commitment_lines(answer, person)
    return {
        "escalation": escalation,
        "answer": answer,
        "commitments": commitments,
        "closed": sum(line["closed"] for line in commitments),
        "to_confirm": any(line["may_confirm"] for line in commitments),
        "may_receive": EscalationPolicy(person, escalation).receive,
        "may_decide": EscalationPolicy(person, escalation).decide,
        "is_addressee": escalation.addressee.holder_id == person.pk,
        "is_authors": holder is not None and escalation.proposal.is_by(holder),
    }


def published_answer(escalation: Escalation) -> Answer | None:
    """The answer, once everybody may read it; a draft is the office's own."""
    answer = getattr(escalation, "answer", None)
    return answer if answer is not None and answer.published_at is not None else None


def commitment_lines(answer: Answer | None, person) -> list[dict]:
    """The commitments of a published answer, each with its progress and what the person may do with it."""
    return [_commitment(it, person) for it in answer.commitments.all()] if answer else []


def _commitment(commitment: Commitment, person) -> dict:
    policy = CommitmentPolicy(person, commitment)
    return {
        "commitment": commitment,
        "progress": commitment.progress.all(),
        "closed": commitment.closed,
        "may_report": policy.report,
        "may_confirm": policy.confirm,
        "waits_for_others": commitment.state == CommitmentState.DONE and not commitment.closed and policy.own_promise,
    }


def decision(escalation: Escalation, person) -> dict:
    """What the office weighs and what it has written so far; the ballot and the timeline are read beside it."""
    published = published_answer(escalation)
    return {
        "escalation": escalation,
        "proposal": escalation.proposal,
        "may_receive": EscalationPolicy(person, escalation).receive,
        "may_answer": EscalationPolicy(person, escalation).answer,
        "may_note": EscalationPolicy(person, escalation).note,
        "sides": sides(escalation.proposal),
        "notes": notes_of(escalation, person),
        "answer": published,
        "commitments": commitment_lines(published, person),
    }


def notes_of(escalation: Escalation, person):
    return DeskNote.objects.visible_to(person).filter(escalation=escalation).select_related("by")


@dataclass(frozen=True)
class Side:
    """What speaks with one stance: how many opinions there are, and those that were answered most."""

    stance: Stance
    count: int
    said: list[Comment]

    @property
    def more(self) -> int:
        return self.count - len(self.said)


def sides(proposal: Proposal) -> list[Side]:
    """The visible first-level comments of each stance, the most answered first, for who must weigh them."""
    visible = Comment.objects.readable().filter(proposal=proposal, depth=0)
    counts = Counter(visible.values_list("stance", flat=True))
    answered = visible.select_related("author").annotate(
        answers=Count("replies", filter=Q(replies__measure=None, replies__deleted_at=None), distinct=True)
    )
    ranked = answered.order_by("-answers", "path")
    return [Side(it, counts[it.value], list(ranked.filter(stance=it)[:MOST_SAID])) for it in Stance]
