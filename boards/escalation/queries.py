"""What the desk and the answer panel read."""

from django.db.models import Prefetch

from boards.discussion.models import Comment, Stance
from boards.escalation.models import Answer, Commitment, Escalation, Progress
from boards.escalation.policy import CommitmentPolicy, EscalationPolicy
from boards.escalation.states import State
from boards.proposals.models import Proposal


def escalations_shown():
    progress = Progress.objects.select_related("by", "confirmation__by")
    commitments = Commitment.objects.prefetch_related(Prefetch("progress", progress))
    return Escalation.objects.select_related(
        "proposal__board__institution", "proposal__author", "addressee__holder", "addressee__institution", "answer",
        "answer__published_by", "received_by",
    ).prefetch_related(Prefetch("answer__commitments", commitments))  # fmt: skip


def desk(person) -> dict:
    """What the person's offices must answer, first due first, and what they have answered, newest first."""
    mine = list(escalations_shown().on_desk_of(person))
    return {
        "waiting": [it for it in mine if it.state != State.ANSWERED],
        "answered": sorted((it for it in mine if it.state == State.ANSWERED), key=lambda it: -it.pk),
    }


def answer_panel(proposal: Proposal, person) -> dict:
    """Every escalation of a proposal, newest first, with the answer once it is published."""
    escalations = list(escalations_shown().filter(proposal=proposal).order_by("-round"))
    return {"escalations": [_shown(escalation, person) for escalation in escalations]}


def _shown(escalation: Escalation, person) -> dict:
    answer = published_answer(escalation)
    return {
        "escalation": escalation,
        "answer": answer,
        "commitments": commitment_lines(answer, person),
        "may_receive": EscalationPolicy(person, escalation).receive,
        "is_addressee": escalation.addressee.holder_id == person.pk,
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
    }


def reasons(proposal: Proposal) -> list[tuple[Stance, list[Comment]]]:
    """The visible first-level comments of each stance, for who must weigh them."""
    comments = list(proposal.comments.readable().filter(depth=0).select_related("author").order_by("path"))
    return [(stance, [it for it in comments if it.stance == stance]) for stance in Stance]
