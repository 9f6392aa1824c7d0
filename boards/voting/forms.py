"""What voters and moderators write about a ballot."""

from django import forms
from django.utils.translation import gettext_lazy as _

from boards.membership.models import Mode
from boards.voting.models import Choice
from forum.web.forms import ComposedCharField, Form


class VoteForm(Form):
    choice = forms.TypedChoiceField(
        label=_("어떻게 투표하시겠어요?"),
        choices=Choice.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("찬성, 반대, 기권 가운데 하나를 골라 주세요.")},
    )


class CallForm(Form):
    mode = forms.TypedChoiceField(label=_("표결 방식"), choices=Mode.choices, coerce=int, widget=forms.RadioSelect)
    reason = ComposedCharField(
        label=_("표결에 부치는 이유"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("제안을 보는 모든 사람이 이름과 함께 읽습니다."),
        error_messages={"required": _("표결에 부치는 이유를 써 주세요.")},
    )


class VoidForm(Form):
    reason = ComposedCharField(
        label=_("무효로 하는 이유"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "제안을 보는 모든 사람이 읽습니다. 지금까지 낸 표는 세지 않고, 다음 회차를 새로 시작할 수 있습니다."
        ),
        error_messages={"required": _("무효로 하는 이유를 써 주세요.")},
    )
