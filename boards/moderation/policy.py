"""Who may take a measure on content."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards.membership.abilities import Ability, abilities
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
                % {"name": measure.by.name, "time": f"{timezone.localtime(measure.at):%Y. %m. %d. %H:%M}"}
            )
        return YES
