"""What people write about a proposal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from boards.proposals.models import Field
from forum.web.forms import ComposedCharField, Form

LONGEST_TEXT = 10_000


class ProposalForm(Form):
    """A draft: everything but the title may still be empty."""

    title = ComposedCharField(
        label=_("제목"),
        max_length=120,
        help_text=_("무엇을 바꾸자는 제안인지 한 줄로 써 주세요."),
        error_messages={"required": _("제목을 써 주세요. 나머지는 나중에 채워도 됩니다.")},
    )
    field = forms.ChoiceField(label=_("분야"), choices=Field.choices, initial=Field.CULTURE)
    problem = ComposedCharField(
        label=_("현황 및 문제점"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("지금 어떤 점이 불편하거나 잘못되었는지 써 주세요. 특정 개인을 지목하지 말아 주세요."),
    )
    remedy = ComposedCharField(
        label=_("개선방안"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("누가 무엇을 어떻게 바꾸면 되는지 써 주세요."),
    )
    effect = ComposedCharField(
        label=_("기대효과"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("바뀌면 무엇이 좋아지는지 써 주세요."),
    )


class ImprovementForm(ProposalForm):
    """A failed proposal written anew: nothing may be empty."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("problem", "remedy", "effect"):
            self.fields[name].required = True


class WithdrawalForm(Form):
    reason = ComposedCharField(
        label=_("철회하는 이유"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("제안 화면에 그대로 남아 위원과 직원이 함께 읽습니다."),
        error_messages={"required": _("철회하는 이유를 써 주세요.")},
    )
