"""How a proposal of the Hanbit board gets as far as a test of home needs it."""

from datetime import timedelta

from django.utils import timezone

from boards.escalation.actions import Promise, prepare_answer, publish_answer, receive, report_progress
from boards.escalation.models import Commitment, Decision, Escalation
from boards.escalation.states import CommitmentState
from boards.membership.models import Mode
from boards.proposals.models import Proposal
from boards.voting.actions import call_ballot, cast_ballot, close_ballot, open_ballot
from boards.voting.counting import count_ballot
from boards.voting.models import Ballot, Choice
from forum.sealing.keystore import KeyStore
from tests.boards.browsing import published


def called(hanbit, *, mode: Mode = Mode.NAMED, **texts: str) -> Proposal:
    """Jun's proposal, put to the ballot by the moderator."""
    proposal = published(hanbit.jun, hanbit.board, **texts)
    call_ballot(proposal, by=hanbit.minji, mode=mode, reason="위원들의 뜻을 묻습니다.")
    return proposal


def balloted(hanbit, keys: KeyStore, *, mode: Mode = Mode.NAMED, **texts: str) -> Ballot:
    return open_ballot(called(hanbit, mode=mode, **texts), keys=keys)


def passed(hanbit, keys: KeyStore, **texts: str) -> Escalation:
    ballot = balloted(hanbit, keys, **texts)
    for voter in hanbit.members:
        cast_ballot(ballot, voter=voter, choice=Choice.YES)
    Ballot.objects.filter(pk=ballot.pk).update(closes_at=timezone.now())
    count_ballot(close_ballot(ballot), keys=keys)
    return ballot.proposal.escalations.get()


def done(hanbit, keys: KeyStore, **texts: str) -> Commitment:
    """A commitment the office reports as done, so that the proposer has the word."""
    escalation = passed(hanbit, keys, **texts)
    receive(escalation, by=hanbit.hana)
    today = timezone.localdate()
    draft = prepare_answer(
        escalation, by=hanbit.hana, decision=Decision.ADOPTED, reason="좋은 제안입니다.", implement_on=today,
        promises=[Promise("축하 편지 시범 운영", "총무과", today + timedelta(days=7))],
    )  # fmt: skip
    publish_answer(escalation, by=hanbit.hana, seen=draft.prepared_at)
    commitment = escalation.answer.commitments.get()
    report_progress(commitment, by=hanbit.hana, state=CommitmentState.DONE, reason="마쳤습니다.")
    return commitment
