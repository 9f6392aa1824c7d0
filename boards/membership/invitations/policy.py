"""Who may accept an invitation, and who may take it back."""

from django.utils.translation import gettext_lazy as _

from boards.membership.policy import BoardPolicy
from boards.policy import YES, Policy, Verdict, no, not_now, right


class InvitationPolicy(Policy):
    """Rights on an Invitation; who holds the link but not the address learns neither address nor board."""

    @right
    def accept(self) -> Verdict:
        person, invitation = self.person, self.thing
        if person.email.lower() != invitation.email.lower():
            return no(
                _(
                    "이 초대는 다른 이메일 주소로 보낸 것입니다. "
                    "초대를 받은 주소로 로그인하거나 가입한 뒤 다시 열어 주세요."
                )
            )
        if invitation.accepted_at is not None:
            return not_now(_("이미 받아들인 초대입니다. 링크는 한 번만 쓸 수 있습니다."))
        if invitation.revoked_at is not None:
            return not_now(_("운영자가 취소한 초대입니다. 필요하면 운영자에게 다시 초대해 달라고 요청해 주세요."))
        if invitation.expired:
            return not_now(_("기한이 지난 초대입니다. 운영자에게 다시 초대해 달라고 요청해 주세요."))
        if person.institution_id not in (None, invitation.board.institution_id):
            return no(_("다른 기관에 소속된 계정입니다. 보드의 위원은 그 기관의 직원만 될 수 있습니다."))
        return YES

    @right
    def revoke(self) -> Verdict:
        if not BoardPolicy(self.person, self.thing.board).manage:
            return no(_("초대는 이 보드의 운영자만 취소할 수 있습니다."))
        if self.thing.accepted_at is not None:
            return not_now(_("이미 받아들인 초대입니다. 위원 명단에서 임기를 바꿔 주세요."))
        if self.thing.revoked_at is not None:
            return not_now(_("이미 취소한 초대입니다."))
        return YES
