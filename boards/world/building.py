"""The demo's three months, made by the same acts people use, then moved back in time."""

import uuid
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
from boards.escalation.models import Commitment, Decision
from boards.escalation.states import CommitmentState
from boards.membership.models import Mode
from boards.proposals.actions import open_proposal, start_draft
from boards.proposals.models import Proposal
from boards.rooms.actions import post_message
from boards.support.actions import support
from boards.voting.actions import call_ballot, cast_ballot, close_ballot, open_ballot
from boards.voting.counting import count_ballot
from boards.voting.models import Ballot, Choice
from boards.world import texts
from boards.world.ageing import age
from boards.world.cast import World, find_cast, found_cast
from boards.world.texts import Text
from forum.accounts.models import User
from forum.notifications.models import Letter, Notification
from forum.notifications.telling import tell
from forum.sealing.keystore import KeyStore

FIRST_BALLOT_CLOSES_AFTER = timedelta(minutes=3)


def make_world(keys: KeyStore) -> World:
    """Make the demo world, or find it when it is there already."""
    return find_cast() or _Builder(found_cast(), keys).build()


class _Builder:
    def __init__(self, world: World, keys: KeyStore) -> None:
        self.world = world
        self.keys = keys

    def build(self) -> World:
        self._answered()
        self._overdue()
        self._passed()
        self._failed()
        self._balloting_sealed()
        self._open()
        self._drafts_and_neighbours()
        self._talk()
        self._closing_soon()
        while tell():
            pass
        Notification.objects.filter(created_at__lte=timezone.now(), must=False).update(read_at=timezone.now())
        Letter.objects.all().update(sent_at=timezone.now())  # what happened before the first start was mailed long ago
        return self.world

    # --- The proposals -------------------------------------------------------------------------------------------

    def _answered(self) -> None:
        proposal = self._published(texts.RICE_CAKES)
        self._balloted(proposal, Mode.SEALED, yes=8, no=3)
        escalation = proposal.escalations.get()
        hana = self.world.hana
        receive(escalation, by=hana)
        today = timezone.localdate()
        draft = prepare_answer(
            escalation, by=hana, decision=Decision.ADOPTED, implement_on=today + timedelta(days=30),
            reason="신규 직원에게 비용을 지우는 관행은 이어갈 이유가 없습니다. 제안하신 문안을 운영 규정에 넣고, "
            "축하 편지는 제가 먼저 쓰겠습니다.",
            promises=[
                Promise("부서 운영 규정에 ‘시보 해제 답례 금지’ 조항 신설", "총무과", today + timedelta(days=20)),
                Promise("시보 해제 축하 편지 시범 운영(3개 부서)", "인사과", today + timedelta(days=45)),
            ],
        )  # fmt: skip
        publish_answer(escalation, by=hana, seen=draft.prepared_at)
        first, second = Commitment.objects.filter(answer__escalation=escalation)
        report_progress(first, by=hana, state=CommitmentState.DONE, reason="규정 개정안이 시행되었습니다.")
        confirm_commitment(first, by=self.world.sora)
        report_progress(second, by=hana, state=CommitmentState.IN_PROGRESS, reason="총무과와 인사과에서 시작했습니다.")
        age(proposal, opened=80)

    def _overdue(self) -> None:
        proposal = self._published(texts.LUNCH_DAYS)
        self._balloted(proposal, Mode.SEALED, yes=9, no=2)
        receive(proposal.escalations.get(), by=self.world.hana)
        age(proposal, opened=59)

    def _passed(self) -> None:
        proposal = self._published(texts.SMART_MEETINGS)
        self._balloted(proposal, Mode.NAMED, yes=7, no=2, abstain=1)
        age(proposal, opened=26)

    def _failed(self) -> None:
        proposal = self._published(texts.CEREMONY)
        self._balloted(proposal, Mode.NAMED, yes=3, no=5, abstain=2)
        age(proposal, opened=33)

    def _balloting_sealed(self) -> None:
        proposal = self._published(texts.AVOIDED_WORK)
        ballot = self._opened(proposal, Mode.SEALED)
        for voter in self.world.members[3:7]:
            cast_ballot(ballot, voter=voter, choice=Choice.YES)
        age(proposal, opened=7)

    def _open(self) -> None:
        self._published(texts.HANDOVER, supporters=3)
        proposal = self._published(texts.SHORT_REPORTS, supporters=8)
        age(proposal, opened=2)

    def _drafts_and_neighbours(self) -> None:
        self._draft(texts.AFTER_HOURS)
        village = start_draft(self.world.garam, by=self.world.rio, **_texts(texts.VILLAGE))
        open_proposal(village, by=self.world.rio)

    def _closing_soon(self) -> None:
        """A ballot that is sure to pass and closes soon after the first start."""
        proposal = self._published(texts.NO_WAITING)
        ballot = self._opened(proposal, Mode.NAMED)
        self._cast(ballot, yes=6, no=1)
        age(proposal, opened=16)
        Ballot.objects.filter(pk=ballot.pk).update(closes_at=timezone.now() + FIRST_BALLOT_CLOSES_AFTER)

    def _talk(self) -> None:
        for who, words in texts.CHAT:
            post_message(self.world.room, author=self.world.people[who], body=words, client_id=uuid.uuid4())

    # --- How they come about -------------------------------------------------------------------------------------

    def _draft(self, text: Text) -> Proposal:
        return start_draft(self.world.board, by=self.world.people[text.author], **_texts(text))

    def _published(self, text: Text, supporters: int = 4) -> Proposal:
        author = self.world.people[text.author]
        proposal = open_proposal(self._draft(text), by=author)
        for who, stance, words in text.talk:
            post_comment(proposal, author=self.world.people[who], stance=stance, body=words, client_id=uuid.uuid4())
        for person in [*self.world.members, self.world.staff][:supporters]:
            support(proposal, by=person)
        return proposal

    def _opened(self, proposal: Proposal, mode: Mode) -> Ballot:
        call_ballot(proposal, by=self.world.minji, mode=mode, reason="토론이 충분히 무르익어 위원들의 뜻을 묻습니다.")
        return open_ballot(proposal, keys=self.keys)

    def _balloted(self, proposal: Proposal, mode: Mode, *, yes: int, no: int, abstain: int = 0) -> None:
        ballot = self._opened(proposal, mode)
        self._cast(ballot, yes=yes, no=no, abstain=abstain)
        Ballot.objects.filter(pk=ballot.pk).update(closes_at=timezone.now())
        count_ballot(close_ballot(ballot), keys=self.keys)
        proposal.refresh_from_db()

    def _cast(self, ballot: Ballot, *, yes: int, no: int, abstain: int = 0) -> None:
        choices = [Choice.YES] * yes + [Choice.NO] * no + [Choice.ABSTAIN] * abstain
        # Taken in another order than the roll's, so that every choice comes from several teams.
        voters: list[User] = self.world.members[::2] + self.world.members[1::2]
        for voter, choice in zip(voters, choices, strict=False):
            cast_ballot(ballot, voter=voter, choice=choice)


def _texts(text: Text) -> dict[str, Any]:
    return {"title": text.title, "problem": text.problem, "remedy": text.remedy, "effect": text.effect}
