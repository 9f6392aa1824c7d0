"""The base of every form: text in NFC, and a refusal of the action becomes the form's own error."""

import unicodedata
import uuid
from collections.abc import Callable

from django import forms

from forum.web.errors import Refusal


class ComposedCharField(forms.CharField):
    """Text normalised to NFC, without control characters other than line breaks and tabs."""

    def to_python(self, value):
        text = unicodedata.normalize("NFC", super().to_python(value) or "").replace("\r\n", "\n")
        return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc")


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
            self.add_error(None, str(error))
            self.status = error.status
            return None

    def is_valid(self) -> bool:
        valid = super().is_valid()
        if self.is_bound and not valid:
            self.status = 422
        return valid
