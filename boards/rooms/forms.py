"""What people write in a room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.web.forms import ComposedCharField, Form

LONGEST_MESSAGE = 2000


class MessageForm(Form):
    body = ComposedCharField(
        label=_("메시지"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("내용을 써 주세요.")},
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput)


class EditForm(Form):
    body = MessageForm.base_fields["body"]


class RoomForm(Form):
    name = ComposedCharField(
        label=_("토론방 이름"), max_length=60, error_messages={"required": _("토론방 이름을 써 주세요.")}
    )
