"""Who may report content, and who may take a measure on it."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards.membership.abilities import Ability, abilities
from boards.moderation.reports.models import Report
from boards.policy import YES, Policy, Verdict, no, not_now, right


class ContentPolicy(Policy):
    """Rights on any Moderated content, beside those of its own policy."""

    @right
    def hide(self) -> Verdict:
        if Ability.MODERATE not in abilities(self.person, self.thing.board):
            return no(_("글을 가리는 일은 이 보드의 운영자만 할 수 있습니다. 문제가 있는 글은 운영자에게 알려 주세요."))
        if self.thing.is_by(self.person):
            return no(_("본인이 쓴 글은 본인이 심사할 수 없습니다. 다른 운영자에게 맡겨 주세요."))
        if self.thing.measure_id is not None:
            measure = self.thing.measure
            return not_now(
                _("%(name)s 님이 %(time)s에 이미 가린 글입니다.")
                % {"name": measure.by.name, "time": f"{timezone.localtime(measure.at):%Y. %-m. %-d. %H:%M}"}
            )
        if self._reported:
            return no(_("본인이 신고한 글은 다른 운영자가 심사합니다."))
        return YES

    @right
    def restore(self) -> Verdict:
        if Ability.MODERATE not in abilities(self.person, self.thing.board):
            return no(_("가린 글을 다시 보이게 하는 일은 이 보드의 운영자만 할 수 있습니다."))
        if self.thing.is_by(self.person):
            return no(_("본인이 쓴 글은 본인이 심사할 수 없습니다. 다른 운영자에게 맡겨 주세요."))
        if self.thing.measure_id is None:
            return not_now(_("가려져 있지 않은 글입니다."))
        return YES

    @right
    def report(self) -> Verdict:
        if not type(self.thing).objects.visible_to(self.person).filter(pk=self.thing.pk).exists():
            return no(_("이 글을 볼 수 있는 사람이 아닙니다."))
        if self.thing.is_by(self.person):
            return no(_("본인이 쓴 글은 신고할 수 없습니다."))
        if self.thing.measure_id is not None:
            return not_now(_("운영자가 이미 가린 글입니다."))
        if getattr(self.thing, "deleted_at", None) is not None:
            return not_now(_("쓴 사람이 이미 지운 글입니다."))
        if self._reported:
            return not_now(_("이미 신고한 글입니다. 운영자가 살펴보고 있습니다."))
        return YES

    @property
    def _reported(self) -> bool:
        return Report.objects.about(self.thing).open().filter(by=self.person).exists()
