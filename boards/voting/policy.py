"""What a person may do with a ballot, and what keeps a proposal from getting one."""

from functools import cached_property

from django.utils.translation import gettext_lazy as _

from boards.membership.abilities import Ability, abilities
from boards.policy import YES, Policy, Verdict, no, not_now, right
from boards.proposals.states import State as ProposalState
from boards.voting.models import RollEntry
from boards.voting.rolls import obstacle
from boards.voting.states import State


class BallotCallPolicy(Policy):
    """Rights on a Proposal that lead to a ballot."""

    @right
    def call(self) -> Verdict:
        """Call the ballot of this round, or call it otherwise while something keeps it from opening."""
        if Ability.MODERATE not in abilities(self.person, self.thing.board):
            return no(_("표결에 부치는 일은 이 보드의 운영자만 할 수 있습니다."))
        if self.thing.is_by(self.person):
            return no(_("본인의 제안은 다른 운영자가 표결에 부칠 수 있습니다."))
        if self.thing.state != ProposalState.OPEN:
            return not_now(_("토론·공감 단계의 제안만 표결에 부칠 수 있습니다."))
        if self.thing.hidden:
            return not_now(_("가린 제안은 표결에 부칠 수 없습니다. 다시 보이게 한 뒤에 부쳐 주세요."))
        called = self.thing.ballot_calls.filter(round=self.thing.round).exists()
        if called and obstacle(self.thing) is None:
            return not_now(_("이미 표결에 부쳐져 곧 투표가 시작됩니다."))
        return YES


class BallotPolicy(Policy):
    """Rights on a Ballot."""

    @cached_property
    def entry(self) -> RollEntry | None:
        """The person's place on the roll, None if they are not on it."""
        return self.thing.roll.filter(person=self.person).first()

    @cached_property
    def _may(self) -> frozenset[Ability]:
        return abilities(self.person, self.thing.proposal.board)

    @right
    def vote(self) -> Verdict:
        if Ability.VOTE not in self._may:
            return no(_("투표는 임기 중인 위원만 할 수 있습니다."))
        if self.entry is None:
            return no(_("투표가 시작된 날의 선거인명부에 이름이 없어 이번 표결에는 참여할 수 없습니다."))
        if self.thing.state != State.OPEN or self.thing.over:
            return not_now(_("투표가 끝났습니다. 끝난 뒤에 낸 표는 받지 않습니다."))
        return YES

    @right
    def see_named_votes(self) -> Verdict:
        if Ability.READ_VOTES not in self._may:
            return no(_("기명 표결의 내용은 이 보드의 위원과 운영자만 볼 수 있습니다."))
        if self.thing.sealed:
            return no(_("비밀 표결은 누가 무엇을 골랐는지 아무도 볼 수 없습니다."))
        if self.thing.state not in (State.PASSED, State.FAILED):
            return not_now(_("기명 표결의 내용은 개표가 끝난 뒤에 볼 수 있습니다."))
        return YES

    @right
    def void(self) -> Verdict:
        if Ability.MODERATE not in self._may:
            return no(_("표결을 무효로 하는 일은 이 보드의 운영자만 할 수 있습니다."))
        if self.thing.proposal.is_by(self.person):
            return no(_("본인의 제안에 대한 표결은 다른 운영자가 무효로 할 수 있습니다."))
        if self.thing.state != State.OPEN and not (self.thing.state == State.COUNTING and self.thing.alarm):
            return not_now(_("진행 중이거나 개표가 멈춘 표결만 무효로 할 수 있습니다."))
        return YES
