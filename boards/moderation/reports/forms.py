"""What is written about a report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from boards.moderation.forms import HidingForm
from forum.web.forms import ComposedCharField, Form


class ReportForm(Form):
    rule = HidingForm.base_fields["rule"]
    passage = ComposedCharField(
        label=_("어긋나는 부분"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("글에서 문제가 되는 부분을 옮겨 적거나 어디인지 써 주세요. 심사하는 운영자만 읽습니다."),
        error_messages={"required": _("어느 부분이 어긋나는지 써 주세요.")},
    )


class DismissalForm(Form):
    reason = ComposedCharField(
        label=_("그대로 두는 이유"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("신고한 사람이 읽습니다."),
        error_messages={"required": _("그대로 두는 이유를 써 주세요.")},
    )
