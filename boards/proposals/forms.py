"""What people write about a proposal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from boards.membership.models import Board, Team
from boards.proposals.actions import MISSING, Incomplete
from boards.proposals.models import Field, Kind
from forum.accounts.models import User
from forum.web.errors import Conflict, Refusal
from forum.web.forms import ComposedCharField, Form

LONGEST_TEXT = 10_000


class ProposalForm(Form):
    """A draft: everything but the title may still be empty.

    `version` and `window` are what the form was opened with, so that two windows do not overwrite each other; `crossed`
    is whether they would have.
    """

    crossed = False

    title = ComposedCharField(
        label=_("제목"),
        max_length=120,
        help_text=_("무엇을 바꾸자는 제안인지 한 줄로 써 주세요."),
        error_messages={"required": _("제목을 써 주세요. 나머지는 나중에 채워도 됩니다.")},
    )
    field = forms.ChoiceField(label=_("분야"), choices=Field.choices, initial=Field.CULTURE)
    kind = forms.ChoiceField(
        label=_("과제 구분"),
        choices=Kind.choices,
        initial=Kind.FREE,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("분임조가 함께 정한 과제면 대표과제, 스스로 고른 과제면 자율과제입니다."),
    )
    team = forms.ModelChoiceField(
        label=_("분임조"), queryset=Team.objects.none(), required=False, empty_label=_("분임조 없이")
    )
    problem = ComposedCharField(
        label=_("현황 및 문제점"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("지금 어떤 점이 불편하거나 잘못되었는지 써 주세요. 특정 개인을 지목하지 말아 주세요."),
    )
    remedy = ComposedCharField(
        label=_("개선방안"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("누가 무엇을 어떻게 바꾸면 되는지 써 주세요."),
    )
    effect = ComposedCharField(
        label=_("기대효과"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("바뀌면 무엇이 좋아지는지 써 주세요."),
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    window = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, board: Board, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = board.teams.order_by("name")  # type: ignore[attr-defined]

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Kind.FREE

    def clean(self) -> None:
        """Who publishes without a title learns at once of all that is missing."""
        if "open" in self.data and "title" in self.errors:
            self._mark([name for name in MISSING if name != "title" and not self.cleaned_data.get(name, "").strip()])

    def refuse(self, error: Refusal) -> None:
        """Mark each part that is missing, and remember whether another text was saved meanwhile."""
        self.crossed = isinstance(error, Conflict)
        if not isinstance(error, Incomplete):
            return super().refuse(error)
        self._mark(error.missing)
        self.status = error.status

    def _mark(self, missing: list[str]) -> None:
        for name in missing:
            if name not in self.errors:
                self.add_error(name, MISSING[name])

    def texts(self) -> dict[str, str]:
        """What is typed in the parts that are shown as rich text, valid or not."""
        names = ("title", "problem", "remedy", "effect")
        return {name: str(self.fields[name].to_python(self[name].value())) for name in names}


class AutosaveForm(ProposalForm):
    """A draft as it is while somebody types: not even a title is needed."""

    title = ComposedCharField(required=False, max_length=120)


class RevisionForm(ProposalForm):
    """A published text written anew: nothing may be empty; `copy` is how often its copy was saved by then."""

    note = ComposedCharField(
        label=_("무엇을 왜 고쳤나요?"),
        required=False,
        max_length=200,
        help_text=_("개정본 목록에 함께 남습니다. 읽는 사람이 바뀐 까닭을 알 수 있게 한 줄로 써 주세요."),
    )

    copy = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("problem", "remedy", "effect"):
            self.fields[name].required = True

    def rewritten(self) -> dict:
        """What a revision is made of; how often its copy was saved is of no account."""
        return {name: value for name, value in self.cleaned_data.items() if name != "copy"}


class CopyForm(RevisionForm):
    """A revision as it is while somebody types: everything may still be empty."""

    title = ComposedCharField(required=False, max_length=120)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("problem", "remedy", "effect"):
            self.fields[name].required = False


class InvitationForm(Form):
    """Who is asked to be named as co-proposer, for which part."""

    person = forms.ModelChoiceField(
        label=_("초대할 위원"),
        queryset=User.objects.none(),
        empty_label=_("위원을 골라 주세요"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("이 보드의 위원 가운데 함께 제안할 사람을 골라 주세요.")
        ),
    )
    share = forms.IntegerField(
        label=_("기여도(%)"),
        min_value=1,
        max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("기여도를 써 주세요."),
            "invalid": _("기여도는 1부터 100까지의 정수로 써 주세요."),
            "min_value": _("기여도는 1부터 100까지의 정수로 써 주세요."),
            "max_value": _("기여도는 1부터 100까지의 정수로 써 주세요."),
        },
    )

    def __init__(self, *args, candidates, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = candidates  # type: ignore[attr-defined]


class WithdrawalForm(Form):
    reason = ComposedCharField(
        label=_("철회하는 이유"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("제안 화면에 그대로 남아 위원과 직원이 함께 읽습니다."),
        error_messages={"required": _("철회하는 이유를 써 주세요.")},
    )
