"""The rules of a board, each with what follows from it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from boards.membership.models import Mode
from forum.web.forms import ComposedCharField, EditForm, Form


def _number(label, help_text, *, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, min_value=least, max_value=most)


class SettingsForm(EditForm):
    support_absolute = _number(
        _("공감 기준(명)"), least=1, most=100_000,
        help_text=_("이만큼 공감하면 표결이 저절로 시작됩니다. 이미 공개한 제안은 공개할 때의 기준을 그대로 씁니다."),
    )  # fmt: skip
    support_percent = _number(
        _("공감 기준(직원 수의 %)"), least=0, most=100,
        help_text=_("위의 수와 이 비율 가운데 많은 쪽이 기준입니다. 0이면 위의 수만 봅니다."),
    )  # fmt: skip
    quorum_percent = _number(
        _("의결정족수(%)"), least=1, most=100,
        help_text=_("위원 가운데 이만큼이 투표해야 성립합니다. 기권도 셉니다. 모자라면 열어 보지 않고 부결됩니다."),
    )  # fmt: skip
    pass_percent = _number(
        _("가결 기준(%)"), least=1, most=99,
        help_text=_("찬성이 찬성과 반대를 더한 수의 이 비율을 넘어야 가결됩니다. 높일수록 가결되기 어렵습니다."),
    )  # fmt: skip
    breadth = _number(
        _("함께해야 하는 분임조 수"), least=0, most=50,
        help_text=_("한 분임조의 표만으로 가결되지 않게 합니다. 있는 분임조 수보다 많을 수 없고, 0이면 보지 않습니다."),
    )  # fmt: skip
    ballot_days = _number(
        _("표결 기간(일)"), least=1, most=60,
        help_text=_("시작한 때부터 이만큼 지나면 마감합니다. 모두 투표해도 일찍 끝나지 않습니다."),
    )  # fmt: skip
    ballot_mode = forms.TypedChoiceField(
        label=_("표결 방식"), choices=Mode.choices, coerce=int, widget=forms.RadioSelect,
        help_text=_("따로 정하지 않은 표결의 방식입니다. 비밀 표결은 투표할 위원이 10명 이상이어야 시작됩니다."),
    )  # fmt: skip
    closed = forms.BooleanField(
        label=_("위원만 보는 보드"), required=False,
        help_text=_("켜면 기관의 다른 직원은 제안을 읽거나 공감할 수 없게 됩니다."),
    )  # fmt: skip


class TeamForm(Form):
    name = ComposedCharField(
        label=_("분임조 이름"), max_length=40, error_messages={"required": _("분임조 이름을 써 주세요.")}
    )


class RenamingForm(EditForm, TeamForm):
    """Another name for a team."""
