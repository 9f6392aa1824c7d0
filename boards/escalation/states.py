"""The states of an escalation and of a commitment, and the tables they move along (공무원 제안 규정)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    ESCALATED = "escalated", _("상정")
    RECEIVED = "received", _("접수")
    UNDER_REVIEW = "under_review", _("심사")
    ANSWERED = "answered", _("답변 완료")


NEXT: dict[State, frozenset[State]] = {
    State.ESCALATED: frozenset({State.RECEIVED}),
    State.RECEIVED: frozenset({State.UNDER_REVIEW, State.ANSWERED}),
    State.UNDER_REVIEW: frozenset({State.ANSWERED}),
    State.ANSWERED: frozenset(),
}


class CommitmentState(models.TextChoices):
    PLANNED = "planned", _("추진 예정")
    IN_PROGRESS = "in_progress", _("추진 중")
    DELAYED = "delayed", _("지연")
    DONE = "done", _("완료")
    INFEASIBLE = "infeasible", _("추진 불가")


COMMITMENT_NEXT: dict[CommitmentState, frozenset[CommitmentState]] = {
    CommitmentState.PLANNED: frozenset(
        {CommitmentState.IN_PROGRESS, CommitmentState.DELAYED, CommitmentState.DONE, CommitmentState.INFEASIBLE}
    ),
    CommitmentState.IN_PROGRESS: frozenset({CommitmentState.DELAYED, CommitmentState.DONE, CommitmentState.INFEASIBLE}),
    CommitmentState.DELAYED: frozenset({CommitmentState.IN_PROGRESS, CommitmentState.DONE, CommitmentState.INFEASIBLE}),
    CommitmentState.DONE: frozenset({CommitmentState.IN_PROGRESS}),  # the proposer disputed
    CommitmentState.INFEASIBLE: frozenset({CommitmentState.IN_PROGRESS}),
}
