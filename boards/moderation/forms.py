"""What a moderator writes about a measure."""

from django import forms
from django.utils.translation import gettext_lazy as _

from boards.moderation.rules import Rule
from forum.web.forms import ComposedCharField, Form


class RestorationForm(Form):
    reason = ComposedCharField(
        label=_("이유"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("조치의 기록에 남습니다. 왜 다시 보이게 하는지 써 주세요."),
        error_messages={"required": _("다시 보이게 하는 이유를 써 주세요.")},
    )


class HidingForm(Form):
    rule = forms.ChoiceField(
        label=_("적용한 운영원칙"),
        choices=lambda: [("", _("운영원칙을 골라 주세요")), *((it.value, f"{it.value} {it.label}") for it in Rule)],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("어느 운영원칙에 어긋나는지 골라 주세요.")),
    )
    reason = ComposedCharField(
        label=_("이유"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("글쓴이와 읽는 사람이 함께 읽습니다. 어느 부분이 왜 어긋나는지 써 주세요."),
        error_messages={"required": _("가리는 이유를 써 주세요.")},
    )
