"""The form that takes files, many at a time; each is examined, and a bad one keeps no good one out."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from boards.attachments.actions import attach
from boards.attachments.names import clean_name
from boards.attachments.rules import Examined, demand_size, examine
from boards.proposals.models import Proposal
from forum.web.errors import Invalid
from forum.web.forms import Form


class FilesInput(forms.FileInput):
    """The browser's own chooser, for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; what is wrong with one is left to the form, which tells it beside its name."""

    widget = FilesInput

    def clean(self, data, initial=None) -> list[UploadedFile]:
        if not data:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(data)


class UploadForm(Form):
    file = FilesField(
        label=_("첨부할 파일"),
        error_messages={"required": _("첨부할 파일을 먼저 골라 주세요. 이름이 없는 파일은 올라가지 않습니다.")},
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.refused: list[str] = []

    def clean_file(self) -> list[Examined]:
        """Return the files that may be attached; the sentences about the others wait in `refused`."""
        good = []
        for upload in self.cleaned_data["file"]:
            try:
                demand_size(clean_name(upload.name), upload.size)
                good.append(examine(upload.name, upload.content_type or "", upload.read()))
            except Invalid as error:
                self.refused.append(str(error))
            finally:
                upload.close()
        return good

    def attach_to(self, proposal: Proposal, *, by) -> None:
        """Attach the files that are good; what was refused becomes the form's errors."""
        for file in self.cleaned_data["file"]:
            self.attempt(attach, proposal, file, by=by)
        for sentence in self.refused:
            self.add_error("file", sentence)
            self.status = Invalid.status


class RemovalForm(Form):
    """Nothing to fill in; it carries the refusal."""
