"""A list of people, pasted or from a file, and the seat they all get."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards.membership.forms import SeatForm
from boards.membership.mail_lists.rules import MOST_LINES, decoded, parse
from forum.web.forms import ComposedCharField

MOST_BYTES = 100_000


class MailListForm(SeatForm):
    """What a file holds is put into the text field, where it can be mended before it is confirmed."""

    lines = ComposedCharField(
        label=gettext_lazy("명단"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "한 줄에 한 사람씩 이름, 이메일, 분임조를 쉼표로 나누어 써 주세요. 분임조는 없어도 됩니다."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("명단 파일"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
        help_text=gettext_lazy("엑셀에서 CSV로 저장한 파일을 올리면 위의 칸에 옮겨 드립니다."),
    )
    field_order = ("lines", "file", "role", "term_from", "term_until")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["team"]  # each line names its own

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file is None:
            return None
        text = decoded(file.read()) if file.size <= MOST_BYTES else None
        if text is None or "\0" in text:
            raise forms.ValidationError(_("글자로 된 CSV 파일이 아니거나 너무 큽니다. 엑셀에서 CSV로 저장해 주세요."))
        return text

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        text = "\n".join(filter(None, [cleaned.get("lines", ""), cleaned.pop("file", None)]))
        cleaned["lines"] = self.fields["lines"].clean(text)
        typed: Any = self.data.copy()  # type: ignore[attr-defined] # what came with a request cannot be written to
        typed["lines"] = cleaned["lines"]
        self.data = typed
        if "file" not in self.errors and not 0 < len(parse(cleaned["lines"])) <= MOST_LINES:
            self.add_error("lines", _("한 사람 이상, 200명 이하의 명단을 써 주세요."))
        return cleaned
