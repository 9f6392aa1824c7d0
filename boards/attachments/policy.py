"""Who may attach a file to a proposal, and who may take one away."""

from django.utils.translation import gettext_lazy as _

from boards.attachments.models import Attachment
from boards.membership.abilities import Ability, abilities
from boards.policy import YES, Policy, Verdict, no, not_now, right
from boards.proposals.states import State

CLOSED = {
    State.BALLOTING: _("표결하는 동안에는 파일을 첨부하거나 뺄 수 없습니다."),
    State.PASSED: _("가결된 제안이라 표결에 부친 첨부파일이 그대로 남습니다."),
    State.FAILED: _("표결에 부친 제안이라 첨부파일이 그대로 남습니다. 보완해서 다시 내면 더할 수 있습니다."),
    State.WITHDRAWN: _("철회한 제안이라 파일을 첨부하거나 뺄 수 없습니다. 올린 첨부파일은 그대로 남습니다."),
}


class FilesPolicy(Policy):
    """Rights on the files of a Proposal."""

    @right
    def attach(self) -> Verdict:
        if not self.thing.is_by(self.person):
            return no(_("파일은 제안자와 부제안자만 첨부하거나 뺄 수 있습니다."))
        if self.thing.state == State.DRAFT:
            return YES
        if Ability.PROPOSE not in abilities(self.person, self.thing.board):
            return no(_("공개한 제안의 파일은 임기 중인 위원만 첨부하거나 뺄 수 있습니다."))
        if self.thing.hidden:
            return not_now(_("운영원칙에 따라 가린 제안이라 파일을 첨부하거나 뺄 수 없습니다."))
        return not_now(CLOSED[self.thing.state]) if self.thing.state in CLOSED else YES


class AttachmentPolicy(Policy):
    """Rights on one Attachment."""

    @right
    def read(self) -> Verdict:
        seen = Attachment.objects.visible_to(self.person).filter(pk=self.thing.pk).exists()
        return YES if seen else no(_("이 파일을 볼 수 있는 사람이 아닙니다."))

    @right
    def remove(self) -> Verdict:
        return FilesPolicy(self.person, self.thing.proposal).attach and self.fresh

    @right
    def fresh(self) -> Verdict:
        """Whether no board has voted on it; who may take it away at all is not asked."""
        if self.thing.round != self.thing.proposal.round:
            return not_now(_("앞 회차의 표결에 함께 부친 파일이라 그대로 남습니다."))
        return YES
