"""Who may take a measure on content."""

from django.utils.translation import gettext_lazy as _

from boards.membership.abilities import Ability, abilities
from boards.policy import YES, Policy, Verdict, no, not_now, right


class ContentPolicy(Policy):
    """Rights on any Moderated content, beside those of its own policy."""

    @right
    def hide(self) -> Verdict:
        if Ability.MODERATE not in abilities(self.person, self.thing.board):
            return no(_("글을 가리는 일은 이 보드의 운영자만 할 수 있습니다. 문제가 있는 글은 운영자에게 알려 주세요."))
        if self.thing.author_id == self.person.pk:
            return no(_("본인이 쓴 글은 본인이 심사할 수 없습니다. 다른 운영자에게 맡겨 주세요."))
        if self.thing.measure_id is not None:
            return not_now(_("다른 운영자가 이미 가린 글입니다."))
        return YES
