"""What a person may do with a proposal, and in which state."""

from functools import cached_property

from django.utils.translation import gettext_lazy as _

from boards.membership.abilities import Ability, abilities
from boards.policy import YES, Policy, Verdict, no, not_now, right
from boards.proposals.models import Proposal
from boards.proposals.states import State


class ProposalPolicy(Policy):
    """Rights on a Proposal that need nothing but the proposal itself."""

    @cached_property
    def _may(self) -> frozenset[Ability]:
        return abilities(self.person, self.thing.board)

    @property
    def _mine(self) -> bool:
        return self.thing.author_id == self.person.pk

    @right
    def read(self) -> Verdict:
        seen = Proposal.objects.visible_to(self.person).filter(pk=self.thing.pk).exists()
        return YES if seen else no(_("이 제안을 볼 수 있는 사람이 아닙니다."))

    @right
    def edit(self) -> Verdict:
        if not self._mine:
            return no(_("임시저장한 제안은 쓴 사람만 고칠 수 있습니다."))
        if self.thing.state != State.DRAFT:
            return not_now(_("이미 공개한 제안입니다. 공개한 글은 그대로 남습니다."))
        return YES

    @right
    def open(self) -> Verdict:
        if not self._mine:
            return no(_("제안은 쓴 사람만 공개할 수 있습니다."))
        if Ability.PROPOSE not in self._may:
            return no(_("제안은 임기 중인 위원만 공개할 수 있습니다."))
        if self.thing.state != State.DRAFT:
            return not_now(_("이미 공개한 제안입니다."))
        return YES

    @right
    def improve(self) -> Verdict:
        if not self._mine:
            return no(_("부결된 제안은 제안자만 보완해서 다시 낼 수 있습니다."))
        if Ability.PROPOSE not in self._may:
            return no(_("제안은 임기 중인 위원만 다시 낼 수 있습니다."))
        if self.thing.state != State.FAILED:
            return not_now(_("부결된 제안만 보완해서 다시 낼 수 있습니다."))
        return YES

    @right
    def withdraw(self) -> Verdict:
        if not self._mine:
            return no(_("제안은 제안자만 철회할 수 있습니다."))
        if self.thing.state == State.BALLOTING:
            return not_now(_("표결이 진행되는 동안에는 철회할 수 없습니다. 표결이 끝난 뒤에 다시 해 주세요."))
        if self.thing.state not in (State.OPEN, State.FAILED):
            return not_now(_("토론 중이거나 부결된 제안만 철회할 수 있습니다."))
        return YES

    @right
    def comment(self) -> Verdict:
        if Ability.COMMENT not in self._may:
            return no(_("댓글은 이 보드의 위원과 기관 직원만 쓸 수 있습니다."))
        if self.thing.state in (State.DRAFT, State.WITHDRAWN):
            return not_now(_("공개 중인 제안에만 댓글을 쓸 수 있습니다."))
        return YES

    @right
    def support(self) -> Verdict:
        if Ability.SUPPORT not in self._may:
            return no(_("공감은 이 보드의 위원과 기관 직원만 할 수 있습니다."))
        if self.thing.state != State.OPEN:
            return not_now(_("공감은 토론·공감 단계에서만 할 수 있습니다."))
        return YES
