"""What people write in a discussion."""

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from boards.discussion.models import Stance
from forum.web.forms import ComposedCharField, Form


class WordsForm(Form):
    """A stance and what is said; all it takes to edit."""

    stance = forms.ChoiceField(
        label=_("어떤 의견인가요?"),
        choices=Stance.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("찬성, 반대, 질문, 보완 의견 가운데 하나를 골라 주세요.")
        ),
    )
    body = ComposedCharField(
        label=_("내용"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("내용을 써 주세요.")},
    )

    def stances(self) -> list[tuple[BoundWidget, Stance]]:
        """The choices with their stance, whose shape is drawn beside the word."""
        return [(choice, Stance(choice.data["value"])) for choice in self["stance"]]


class CommentForm(WordsForm):
    client_id = forms.UUIDField(widget=forms.HiddenInput)
