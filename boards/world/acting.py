"""How the demo's proposals come about: by the same acts people use, on one board and with one moderator."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from boards.discussion.actions import post_comment
from boards.escalation.actions import (
    Promise,
    confirm_commitment,
    prepare_answer,
    publish_answer,
    receive,
    report_progress,
)
from boards.escalation.models import ADOPTING, Answer
from boards.escalation.states import CommitmentState
from boards.membership.models import Board, Mode, Team
from boards.proposals.actions import open_proposal, start_draft
from boards.proposals.models import Proposal
from boards.support.actions import support
from boards.voting.actions import call_ballot, cast_ballot, close_ballot, open_ballot
from boards.voting.counting import count_ballot
from boards.voting.models import Ballot, Choice
from boards.world.texts import Text
from forum.accounts.models import User
from forum.sealing.keystore import KeyStore

WHY = {
    CommitmentState.DONE: "약속한 일을 마쳤습니다.",
    CommitmentState.IN_PROGRESS: "담당 부서에서 시작했습니다.",
    CommitmentState.DELAYED: "관련 규정의 심의가 미뤄져 다음 분기에 마치겠습니다.",
    CommitmentState.INFEASIBLE: "올해 예산에 담지 못했습니다. 다른 방법으로 먼저 시작하겠습니다.",
}


@dataclass
class Acting:
    """A board with who acts on it; members support and vote in this order."""

    board: Board
    people: dict[str, User]
    members: Sequence[User]
    moderator: User
    executive: User
    keys: KeyStore

    def draft(self, text: Text) -> Proposal:
        author = self.people[text.author]
        team = Team.objects.filter(board=self.board, memberships__person=author).first()
        return start_draft(self.board, by=author, team=team, **_parts(text))

    def published(self, text: Text, supporters: int = 4) -> Proposal:
        return self.open_with_talk(self.draft(text), text, supporters)

    def open_with_talk(self, draft: Proposal, text: Text, supporters: int) -> Proposal:
        proposal = open_proposal(draft, by=draft.author)
        for who, stance, words in text.talk:
            post_comment(proposal, author=self.people[who], stance=stance, body=words, client_id=uuid.uuid4())
        for person in self.members[:supporters]:
            support(proposal, by=person)
        return proposal

    def opened(self, proposal: Proposal, mode: Mode) -> Ballot:
        call_ballot(proposal, by=self.moderator, mode=mode, reason="토론이 충분히 무르익어 위원들의 뜻을 묻습니다.")
        return open_ballot(proposal, keys=self.keys)

    def balloted(self, proposal: Proposal, mode: Mode, *, yes: int, no: int, abstain: int = 0) -> None:
        ballot = self.opened(proposal, mode)
        self.cast(ballot, yes=yes, no=no, abstain=abstain)
        Ballot.objects.filter(pk=ballot.pk).update(closes_at=timezone.now())
        count_ballot(close_ballot(ballot), keys=self.keys)
        proposal.refresh_from_db()

    def cast(self, ballot: Ballot, *, yes: int, no: int, abstain: int = 0) -> None:
        choices = [Choice.YES] * yes + [Choice.NO] * no + [Choice.ABSTAIN] * abstain
        # Taken in another order than the roll's, so that every choice comes from several teams.
        voters = [*self.members[::2], *self.members[1::2]]
        for voter, choice in zip(voters, choices, strict=False):
            cast_ballot(ballot, voter=voter, choice=choice)

    def answered(self, proposal: Proposal, decision: str, reason: str, promises: Sequence[tuple[str, str]]) -> Answer:
        """Receive the passed proposal, answer it, and promise (what, who)."""
        escalation = receive(proposal.escalations.get(), by=self.executive)
        today = timezone.localdate()
        draft = prepare_answer(
            escalation, by=self.executive, decision=decision, reason=reason,
            implement_on=today + timedelta(days=30) if decision in ADOPTING else None,
            promises=[
                Promise(what, who, today + timedelta(days=30 * turn)) for turn, (what, who) in enumerate(promises, 1)
            ],
        )  # fmt: skip
        return publish_answer(escalation, by=self.executive, seen=draft.prepared_at)

    def reported(self, answer: Answer, states: Sequence[CommitmentState]) -> None:
        """Report where each commitment stands; what is done the proposer confirms."""
        for commitment, state in zip(answer.commitments.order_by("pk"), states, strict=True):
            if state == CommitmentState.PLANNED:
                continue
            report_progress(commitment, by=self.executive, state=state, reason=WHY[state])
            if state == CommitmentState.DONE:
                confirm_commitment(commitment, by=answer.escalation.proposal.author)


def _parts(text: Text) -> dict[str, Any]:
    words = {"title": text.title, "problem": text.problem, "remedy": text.remedy, "effect": text.effect}
    return {**words, "field": text.area, "kind": text.kind}
