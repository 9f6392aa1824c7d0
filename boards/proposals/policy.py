"""What a person may do with a proposal and with a share in it, and in which state."""

from functools import cached_property

from django.utils.translation import gettext_lazy as _

from boards.membership.abilities import Ability, abilities
from boards.policy import YES, Policy, Verdict, no, not_now, right
from boards.proposals.models import CoProposal, Proposal
from boards.proposals.states import WRITABLE, Sharing, State


class ProposalPolicy(Policy):
    """Rights on a Proposal that need nothing but the proposal itself."""

    @cached_property
    def _may(self) -> frozenset[Ability]:
        return abilities(self.person, self.thing.board)

    @cached_property
    def _mine(self) -> bool:
        return self.thing.is_by(self.person)

    @property
    def _not_hidden(self) -> Verdict:
        if self.thing.hidden:
            return not_now(_("운영원칙에 따라 가린 제안은 고칠 수 없습니다. 가린 운영자에게 물어봐 주세요."))
        return YES

    @property
    def _is_main(self) -> bool:
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
            return not_now(
                _("이미 공개한 제안입니다. 쓰신 글은 아래에 그대로 있으니, 제안 화면의 ‘글 고치기’에서 내 주세요.")
            )
        return YES

    @right
    def revise(self) -> Verdict:
        """Publish another text of an open proposal."""
        if not self._mine:
            return no(_("제안의 글은 제안자와 부제안자만 고칠 수 있습니다."))
        if Ability.PROPOSE not in self._may:
            return no(_("제안의 글은 임기 중인 위원만 고칠 수 있습니다."))
        if self.thing.state == State.BALLOTING:
            return not_now(_("표결하는 동안에는 제안의 글을 고칠 수 없습니다. 표결이 끝난 뒤에 다시 해 주세요."))
        if self.thing.state != State.OPEN:
            return not_now(_("토론·공감 단계의 제안만 고칠 수 있습니다."))
        return self._not_hidden

    @right
    def open(self) -> Verdict:
        if not self._is_main:
            return no(_("제안은 주제안자만 공개할 수 있습니다."))
        if Ability.PROPOSE not in self._may:
            return no(_("제안은 임기 중인 위원만 공개할 수 있습니다."))
        if self.thing.state != State.DRAFT:
            return not_now(_("이미 공개한 제안입니다."))
        return YES

    @right
    def discard(self) -> Verdict:
        if not self._is_main:
            return no(_("초안은 주제안자만 버릴 수 있습니다."))
        if self.thing.state != State.DRAFT:
            return not_now(_("이미 공개한 제안은 버릴 수 없습니다. 그만두려면 이유를 남기고 철회해 주세요."))
        return YES

    @right
    def improve(self) -> Verdict:
        if not self._mine:
            return no(_("부결된 제안은 제안자와 부제안자만 보완해서 다시 낼 수 있습니다."))
        if Ability.PROPOSE not in self._may:
            return no(_("제안은 임기 중인 위원만 다시 낼 수 있습니다."))
        if self.thing.state != State.FAILED:
            return not_now(_("부결된 제안만 보완해서 다시 낼 수 있습니다."))
        return self._not_hidden

    @right
    def rewrite(self) -> Verdict:
        """Work on another text, which will be a revision or a new round."""
        return self.improve if self.thing.state == State.FAILED else self.revise

    @right
    def withdraw(self) -> Verdict:
        if not self._is_main:
            return no(_("제안은 주제안자만 철회할 수 있습니다."))
        if self.thing.state == State.BALLOTING:
            return not_now(_("표결이 진행되는 동안에는 철회할 수 없습니다. 표결이 끝난 뒤에 다시 해 주세요."))
        if self.thing.state not in (State.OPEN, State.FAILED):
            return not_now(_("토론 중이거나 부결된 제안만 철회할 수 있습니다."))
        return YES

    @right
    def share(self) -> Verdict:
        """Invite co-proposers, and see who was invited."""
        if not self._is_main:
            return no(_("부제안자는 주제안자만 초대할 수 있습니다."))
        if Ability.PROPOSE not in self._may:
            return no(_("부제안자는 임기 중인 위원만 초대할 수 있습니다."))
        if self.thing.state not in WRITABLE:
            return not_now(_("표결이 시작된 뒤에는 함께 제안한 사람을 바꿀 수 없습니다."))
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
        if self.thing.hidden:
            return not_now(_("운영원칙에 따라 가린 제안입니다. 다시 보이게 되면 공감할 수 있습니다."))
        return YES


class CoProposalPolicy(Policy):
    """Rights on a CoProposal."""

    @right
    def read(self) -> Verdict:
        seen = CoProposal.objects.concerning(self.person).filter(pk=self.thing.pk).exists()
        return YES if seen else no(_("이 초대를 볼 수 있는 사람이 아닙니다."))

    @right
    def answer(self) -> Verdict:
        """Accept or decline; whoever accepts must still be a member."""
        if self.thing.person_id != self.person.pk:
            return no(_("부제안자 초대에는 초대받은 사람만 답할 수 있습니다."))
        if Ability.PROPOSE not in abilities(self.person, self.thing.proposal.board):
            return no(_("부제안자는 임기 중인 위원만 될 수 있습니다."))
        return self._open_question

    @right
    def cancel(self) -> Verdict:
        if self.thing.proposal.author_id != self.person.pk:
            return no(_("초대는 초대한 주제안자만 취소할 수 있습니다."))
        return self._open_question

    @right
    def leave(self) -> Verdict:
        """Step down as co-proposer of a draft; nobody needs a seat for it."""
        if self.thing.person_id != self.person.pk:
            return no(_("부제안자는 본인만 그만둘 수 있습니다."))
        if self.thing.state != Sharing.ACCEPTED:
            return not_now(_("지금 부제안자인 사람만 그만둘 수 있습니다."))
        if self.thing.proposal.state != State.DRAFT:
            return not_now(_("공개한 제안의 부제안자는 그만둘 수 없습니다. 이미 이름과 기여도가 함께 올라갔습니다."))
        return YES

    @property
    def _open_question(self) -> Verdict:
        if self.thing.state == Sharing.CANCELLED:
            return not_now(_("주제안자가 취소한 초대입니다."))
        if self.thing.state == Sharing.LAPSED:
            return not_now(_("초대받은 위원의 임기가 끝나 닫힌 초대입니다."))
        if self.thing.state != Sharing.INVITED:
            return not_now(_("이미 답한 초대입니다."))
        if self.thing.proposal.state not in WRITABLE:
            return not_now(_("표결이 시작된 뒤에는 함께 제안한 사람을 바꿀 수 없습니다."))
        return YES
