"""The base of every form: text in NFC, and a refusal of the action becomes the form's own error."""

import json
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _

from forum.web.edits import Overtaken, plain
from forum.web.errors import Refusal
from forum.web.signs import line, lines


class AtMost(MaxLengthValidator):
    """Says by how much a text is too long."""

    def __call__(self, value: str) -> None:
        """Raise ValidationError when there are more characters than the limit."""
        now, most = len(value), int(self.limit_value)
        if now > most:
            numbers = {"most": f"{most:,}", "now": f"{now:,}", "over": f"{now - most:,}"}
            raise ValidationError(
                _("%(most)s자까지 쓸 수 있는데 %(now)s자입니다. %(over)s자를 줄여 주세요."),
                code="max_length", params=numbers,
            )  # fmt: skip


class ComposedCharField(forms.CharField):
    """Text in NFC without signs that cannot be seen: of several lines where there is room for them, else of one.

    A browser would cut off without a word what is too long: it is told the limit to count (counting.js), not to cut.
    """

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        self.validators = [
            AtMost(it.limit_value) if isinstance(it, MaxLengthValidator) else it for it in self.validators
        ]

    def widget_attrs(self, widget: forms.Widget) -> dict:
        attrs = super().widget_attrs(widget)
        most = attrs.pop("maxlength", None)
        return attrs | ({"data-most": most} if most else {})

    def to_python(self, value):
        text = super().to_python(value) or ""
        return (lines(text) if isinstance(self.widget, forms.Textarea) else line(text)).strip()


class ComposedEmailField(forms.EmailField):
    """An address in NFC: its domain may be Korean."""

    def to_python(self, value):
        return line(super().to_python(value) or "")


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class FreshId(forms.HiddenInput):
    """Another id each time the form is drawn, so that a refused text can be changed and sent again."""

    def format_value(self, value) -> str:
        return str(uuid.uuid4())


class ClientIdField(forms.UUIDField):
    """Names the write a form makes, so that it is made once however often it arrives (see forum.web.repeats)."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=FreshId)

    def clean(self, value) -> uuid.UUID:
        """Return the id that was sent; what came without one is a write of its own."""
        return super().clean(value) or uuid.uuid4()


class Form(forms.Form):
    """A form that can carry out an action; `status` is the HTTP status of its answer (200, 422, 403 or 409)."""

    status = 200
    required_css_class = "required"

    def attempt[Result](self, action: Callable[..., Result], *args, **kwargs) -> Result | None:
        """Return what the action returns; a refusal becomes the form's error and None is returned."""
        try:
            return action(*args, **kwargs)
        except Refusal as error:
            self.refuse(error)
            return None

    def refuse(self, error: Refusal) -> None:
        """Take the refusal as the form's own error."""
        self.add_error(None, str(error))
        self.status = error.status

    def is_valid(self) -> bool:
        valid = super().is_valid()
        if self.is_bound and not valid:
            self.status = 422
        return valid


class EditForm(Form):
    """A form of what others may change meanwhile: it carries what it was `drawn` with, and starts with what is `saved`.

    Refused as Overtaken it says what is saved by now and carries that from then on: sent again, it overwrites.
    """

    drawn = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, saved: dict[str, Any], **kwargs) -> None:
        kwargs["initial"] = {**saved, "drawn": plain(saved)}
        super().__init__(*args, **kwargs)

    def clean_drawn(self) -> dict | None:
        drawn = self.cleaned_data["drawn"]
        return drawn if drawn is None or isinstance(drawn, dict) else {}

    def refuse(self, error: Refusal) -> None:
        if isinstance(error, Overtaken):
            error.told = ", ".join(f"{self.fields[it].label} {self._said(it, error.saved[it])}" for it in error.changed)
            typed: Any = self.data.copy()  # type: ignore[attr-defined] # what came with a request cannot be written to
            typed[self.add_prefix("drawn")] = json.dumps(plain(error.saved))
            self.data = typed
        super().refuse(error)

    def _said(self, name: str, value: Any) -> str:
        """A saved value in the words of its field."""
        if isinstance(value, bool):
            return "✓" if value else "–"
        if value is None:
            return _("없음")
        if isinstance(value, date):
            return f"{value:%Y. %-m. %-d.}"
        field = self.fields[name]
        plain_choice = isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField)
        return str(dict(field.choices)[value]) if plain_choice else str(value)  # type: ignore[attr-defined]
