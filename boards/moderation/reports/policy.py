"""Who may read a report, and who may decide it."""

from django.utils.translation import gettext_lazy as _

from boards.moderation.reports.models import Report
from boards.policy import YES, Policy, Verdict, no, not_now, right


class ReportPolicy(Policy):
    """Rights on a Report."""

    @right
    def read(self) -> Verdict:
        seen = Report.objects.visible_to(self.person).filter(pk=self.thing.pk).exists()
        return YES if seen else no(_("이 신고를 볼 수 있는 사람이 아닙니다."))

    @right
    def decide(self) -> Verdict:
        if self.thing.by_id == self.person.pk or self._reported_too:
            return no(_("본인이 낸 신고는 다른 운영자가 심사합니다."))
        if self.thing.thing.is_by(self.person):
            return no(_("본인이 쓴 글은 본인이 심사할 수 없습니다. 다른 운영자에게 맡겨 주세요."))
        if not Report.objects.to_judge(self.person).filter(pk=self.thing.pk).exists():
            return no(_("신고는 이 보드의 다른 운영자가 심사합니다."))
        if self.thing.decided_at is not None:
            return not_now(_("이미 결정한 신고입니다."))
        return YES

    @property
    def _reported_too(self) -> bool:
        """Whether the person has an open report of their own about the same text."""
        return Report.objects.about(self.thing.thing).open().filter(by=self.person).exists()
