"""What the office writes to answer, and the proposer to judge."""

import uuid
from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards.escalation.actions import Promise
from boards.escalation.models import Answer, Commitment, Decision
from boards.escalation.rules import is_past
from boards.escalation.states import CommitmentState
from forum.web.forms import ClientIdField, ComposedCharField, DateInput, Form


class PromisedDay(forms.DateField):
    """A day for which something can still be promised: a published answer cannot be changed."""

    widget = DateInput

    def validate(self, value) -> None:
        super().validate(value)
        if value is not None and is_past(value, timezone.localdate()):
            raise forms.ValidationError(
                _("지난 날은 약속할 수 없습니다. 오늘이나 그 뒤의 날을 써 주세요. 이미 한 일은 사유에 적어 주세요.")
            )


class AnswerForm(Form):
    """`window` is what the form was opened in, so that it goes on with its own draft."""

    decision = forms.ChoiceField(label=_("결정"), choices=Decision.choices, required=False, widget=forms.RadioSelect)
    reason = ComposedCharField(
        label=_("사유"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_("채택하지 않더라도 사유는 반드시 써야 합니다. 제안한 사람이 가장 먼저 읽습니다."),
    )
    implement_on = PromisedDay(
        label=_("실시 예정 시기"),
        required=False,
        help_text=_("채택·일부 채택이면 꼭 써 주세요. 오늘이나 그 뒤의 날이어야 합니다."),
    )
    window = forms.UUIDField(required=False, widget=forms.HiddenInput)


class NoteForm(Form):
    department = ComposedCharField(
        label=_("의견을 준 부서"),
        required=False,
        max_length=80,
        help_text=_("다른 부서의 의견을 옮길 때만 써 주세요."),
    )
    body = ComposedCharField(
        label=_("내부 메모"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("메모를 써 주세요.")},
    )
    client_id = ClientIdField()


class PublicationForm(Form):
    """Says which draft was seen: the one saved at this time."""

    seen = forms.CharField(widget=forms.HiddenInput(), required=False)

    def clean_seen(self) -> datetime | None:
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:  # a form that does not say it has seen nothing
            return None


class PromiseForm(Form):
    what = ComposedCharField(label=_("이행과제"), required=False, max_length=200)
    who = ComposedCharField(label=_("담당 부서"), required=False, max_length=80)
    due_on = PromisedDay(label=_("완료 기한"), required=False)

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        lacking = [name for name in ("what", "who", "due_on") if not cleaned.get(name)]
        if 0 < len(lacking) < len(self.fields) and not self.errors:
            self.add_error(lacking[0], _("이행과제는 내용, 담당 부서, 완료 기한을 모두 써 주세요."))
        return cleaned


PromiseFormSet = forms.formset_factory(PromiseForm, extra=1, max_num=30, validate_max=True)


def answer_forms(data, answer: Answer | None) -> tuple[AnswerForm, forms.BaseFormSet]:
    """Return the form of the answer and the rows of its commitments, filled from the draft unless they were sent."""
    if data is not None:  # held against the draft, a row sent again unchanged from another window would count as empty
        return AnswerForm(data), PromiseFormSet(data, prefix="promise")
    initial = {name: getattr(answer, name) for name in ("decision", "reason", "implement_on")} if answer else {}
    initial["window"] = uuid.uuid4()
    rows = list(answer.commitments.values("what", "who", "due_on")) if answer else []
    return AnswerForm(initial=initial), PromiseFormSet(initial=rows, prefix="promise")


def one_row_more(data) -> tuple[AnswerForm, forms.BaseFormSet]:
    """Return what was typed, unjudged, with another row for a commitment."""
    form, rows = answer_forms(data, None)
    typed = [{name: row[name].data for name in row.fields} for row in rows]
    more = PromiseFormSet(initial=typed, prefix="promise")
    more.forms[-1].fields["what"].widget.attrs["autofocus"] = True
    return AnswerForm(initial={name: form[name].data for name in form.fields}), more


def sentences_of(form: AnswerForm, rows: forms.BaseFormSet) -> list[str]:
    """Everything that is wrong with the answer and its commitments, each sentence once."""
    lists = [*form.errors.values(), rows.non_form_errors(), *(it for row in rows for it in row.errors.values())]
    return list(dict.fromkeys(str(sentence) for found in lists for sentence in found))


def promises_of(rows: forms.BaseFormSet) -> list[Promise]:
    return [Promise(**row) for row in rows.cleaned_data if row.get("what")]


class ProgressForm(Form):
    state = forms.ChoiceField(
        label=_("추진 상황"),
        choices=CommitmentState.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("추진 상황을 골라 주세요."),
            "invalid_choice": _("그 사이 추진 상황이 바뀌었습니다. 지금 고를 수 있는 것 가운데 골라 주세요."),
        },
    )
    reason = ComposedCharField(
        label=_("설명"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("무엇을 했고 무엇이 남았는지 써 주세요. 확인할 수 있는 근거가 있으면 함께 써 주세요."),
        error_messages={"required": _("추진 상황을 설명해 주세요.")},
    )

    def __init__(self, *args, commitment: Commitment, **kwargs) -> None:
        """Offer only the steps the commitment can take from where it is."""
        super().__init__(*args, **kwargs)
        steps = [(it.value, it.label) for it in CommitmentState if commitment.may_become(it)]
        self.fields["state"].choices = steps  # type: ignore[attr-defined]


class DisputeForm(Form):
    reason = ComposedCharField(
        label=_("아직 이행되지 않은 점"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("책임관이 읽고 다시 추진합니다."),
        error_messages={"required": _("무엇이 아직 이행되지 않았는지 써 주세요.")},
    )
