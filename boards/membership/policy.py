"""What a person may do with a board and with a seat on it."""

from functools import cached_property

from django.utils.translation import gettext_lazy as _

from boards.membership.abilities import Ability, abilities
from boards.membership.models import Membership
from boards.policy import YES, Policy, Verdict, no, not_now, right


class BoardPolicy(Policy):
    """Rights on a Board."""

    @cached_property
    def _may(self) -> frozenset[Ability]:
        return abilities(self.person, self.thing)

    @right
    def read(self) -> Verdict:
        return YES if Ability.READ in self._may else no(_("이 보드를 볼 수 있는 사람이 아닙니다."))

    @right
    def propose(self) -> Verdict:
        return YES if Ability.PROPOSE in self._may else no(_("제안은 임기 중인 위원만 쓸 수 있습니다."))

    @right
    def read_log(self) -> Verdict:
        return (
            YES
            if Ability.READ_LOG in self._may
            else no(_("활동 기록은 이 보드의 위원과 운영자, 감사만 볼 수 있습니다."))
        )

    @right
    def manage(self) -> Verdict:
        return YES if Ability.MANAGE in self._may else no(_("위원과 토론방은 이 보드의 운영자만 관리할 수 있습니다."))

    @right
    def name_addressee(self) -> Verdict:
        """Whoever may found the board; a moderator would choose who answers them."""
        if self.thing.institution_id not in self.person.administers:
            return no(_("답변할 직위는 기관 관리자만 정할 수 있습니다."))
        return YES

    @right
    def chat(self) -> Verdict:
        return YES if Ability.CHAT in self._may else no(_("토론방에는 이 보드의 위원과 운영자만 들어갈 수 있습니다."))


class MembershipPolicy(Policy):
    """Rights on a Membership; a list asks them with the one `on_board` it has already."""

    def __init__(self, person, thing, on_board: BoardPolicy | None = None) -> None:
        super().__init__(person, thing)
        self.on_board = on_board or BoardPolicy(person, thing.board)

    @right
    def change(self) -> Verdict:
        if not self.on_board.manage:
            return no(_("위원의 임기와 역할은 이 보드의 운영자만 바꿀 수 있습니다."))
        if self.thing.person_id == self.person.pk:
            return no(_("본인의 임기와 역할은 다른 운영자가 바꿀 수 있습니다."))
        if self.thing.ended_at is not None:
            return not_now(_("이미 임기가 끝난 위원입니다."))
        return YES


class TeamPolicy(Policy):
    """Rights on a Team."""

    @right
    def manage(self) -> Verdict:
        if not BoardPolicy(self.person, self.thing.board).manage:
            return no(_("분임조는 이 보드의 운영자만 관리할 수 있습니다."))
        if self.thing.retired_at is not None:
            return not_now(_("이미 마친 분임조입니다."))
        return YES

    @right
    def retire(self) -> Verdict:
        if not self.manage:
            return self.manage
        if Membership.objects.filter(team=self.thing, ended_at=None).exists():
            return not_now(_("아직 위원이 있는 분임조입니다. 위원을 다른 분임조로 옮긴 뒤 마쳐 주세요."))
        if self.thing.board.teams.current().count() <= self.thing.board.breadth:
            return not_now(_("가결에 필요한 분임조 수보다 적어집니다. 규칙에서 그 수를 먼저 낮춰 주세요."))
        return YES

    @right
    def reopen(self) -> Verdict:
        if not BoardPolicy(self.person, self.thing.board).manage:
            return no(_("분임조는 이 보드의 운영자만 관리할 수 있습니다."))
        if self.thing.retired_at is None:
            return not_now(_("마치지 않은 분임조입니다."))
        return YES


class InstitutionPolicy(Policy):
    """Rights on an Institution; None is nobody's."""

    @right
    def found(self) -> Verdict:
        if self.thing is None or self.thing.pk not in self.person.administers:
            return no(
                _("주니어보드는 기관 관리자만 만들 수 있습니다. 만들고 싶으면 소속 기관의 관리자에게 요청해 주세요.")
            )
        return YES
