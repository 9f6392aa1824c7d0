"""What a person may do with an escalation and its commitments."""

from django.utils.translation import gettext_lazy as _

from boards.escalation.models import Escalation
from boards.escalation.states import CommitmentState, State
from boards.policy import YES, Policy, Verdict, no, not_now, right


class EscalationPolicy(Policy):
    """Rights on an Escalation."""

    @property
    def _is_addressee(self) -> bool:
        return self.thing.addressee.holder_id == self.person.pk

    @right
    def decide(self) -> Verdict:
        """Act for the office on this one at all: its holder, unless it is their own proposal."""
        if not self._is_addressee:
            return no(_("답변은 이 제안을 받은 책임관만 쓸 수 있습니다."))
        if self.thing.proposal.is_by(self.person):
            return no(
                _(
                    "제안한 사람은 자기 제안에 답할 수 없습니다. "
                    "기관 관리자에게 이 자리를 다른 사람에게 맡겨 달라고 요청해 주세요."
                )
            )
        return YES

    @right
    def read(self) -> Verdict:
        seen = Escalation.objects.visible_to(self.person).filter(pk=self.thing.pk).exists()
        return YES if seen else no(_("이 상정 건을 볼 수 있는 사람이 아닙니다."))

    @right
    def receive(self) -> Verdict:
        if not self._is_addressee:
            return no(_("상정된 제안은 답변 책임관만 접수할 수 있습니다."))
        if not self.decide:
            return self.decide
        if self.thing.state != State.ESCALATED:
            return not_now(_("이미 접수한 제안입니다."))
        return YES

    @right
    def answer(self) -> Verdict:
        """Prepare, read and publish the answer: the addressee's office alone."""
        if not self.decide:
            return self.decide
        if self.thing.state == State.ESCALATED:
            return not_now(_("먼저 접수해 주세요. 접수한 뒤에 답변을 쓸 수 있습니다."))
        if self.thing.state == State.ANSWERED:
            return not_now(_("이미 공개한 답변입니다. 공개한 답변은 고칠 수 없습니다."))
        return YES

    @right
    def note(self) -> Verdict:
        """Keep and read notes of the desk."""
        if not self._is_addressee:
            return no(_("내부 메모는 이 제안을 받은 책임관만 쓸 수 있습니다."))
        return self.decide


class CommitmentPolicy(Policy):
    """Rights on a Commitment: who promised it is never who says that it was kept."""

    @property
    def _is_promiser(self) -> bool:
        return self.thing.answer.escalation.addressee.holder_id == self.person.pk

    @property
    def _is_author(self) -> bool:
        return self.thing.answer.escalation.proposal.is_by(self.person)

    @property
    def own_promise(self) -> bool:
        """Whether the person holds the office that promised something on their own proposal."""
        return self._is_promiser and self._is_author

    @right
    def report(self) -> Verdict:
        if not self._is_promiser:
            return no(_("이행 상황은 답변한 책임관만 알릴 수 있습니다."))
        if self.own_promise:
            return no(
                _(
                    "제안한 사람은 자기 제안의 이행 상황을 알릴 수 없습니다. "
                    "기관 관리자에게 이 자리를 다른 사람에게 맡겨 달라고 요청해 주세요."
                )
            )
        if self.thing.answer.published_at is None:
            return not_now(_("답변을 공개한 뒤에 이행 상황을 알릴 수 있습니다."))
        if self.thing.closed:
            return not_now(_("제안자가 확인해 끝난 이행과제입니다."))
        return YES

    @right
    def confirm(self) -> Verdict:
        """Confirm or dispute the newest report of completion."""
        if not self._is_author:
            return no(_("이행 결과는 제안자만 확인할 수 있습니다."))
        if self.own_promise:
            return no(
                _(
                    "약속한 자리를 맡은 사람은 이행 결과를 확인할 수 없습니다. "
                    "함께 제안한 사람이 확인하거나, 이 자리를 다른 사람이 맡은 뒤에 확인해 주세요."
                )
            )
        if self.thing.state != CommitmentState.DONE:
            return not_now(_("완료되었다고 알린 이행과제만 확인할 수 있습니다."))
        if self.thing.closed:
            return not_now(_("이미 확인한 이행과제입니다."))
        return YES
