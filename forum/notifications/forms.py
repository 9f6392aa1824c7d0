"""What a person wants to be told."""

from django import forms

from forum.notifications.kinds import kinds
from forum.web.forms import Form


class ChoiceForm(Form):
    """One box a kind, ticked for what the person is told."""

    def __init__(self, *args, silenced: set[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for kind in kinds():
            self.fields[kind.name] = forms.BooleanField(
                label=str(kind.label), required=False, initial=kind.name not in silenced
            )

    @property
    def off(self) -> set[str]:
        """The kinds the person does not want to hear of."""
        return {name for name, on in self.cleaned_data.items() if not on}
