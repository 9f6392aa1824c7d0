"""What an institution's admin writes to found a board."""

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boards.membership.forms import AddingForm
from boards.membership.models import Board
from forum.institutions.models import Institution, Office
from forum.web.forms import ComposedCharField, ComposedEmailField, DateInput, EditForm


class FoundingForm(AddingForm):
    address = "moderator_email"
    field_order = ("name", "slug", "code", "cohort", "addressee", "moderator_email", "outside")

    name = ComposedCharField(label=_("보드 이름"), max_length=60)
    slug = forms.CharField(
        label=_("주소에 쓸 이름"), max_length=40,
        validators=[
            RegexValidator(r"^[a-z0-9-]+\Z", _("영문 소문자와 숫자, 붙임표(-)만 쓸 수 있습니다. 예: hanbit-4"))
        ],
        help_text=_("영문 소문자와 숫자, 붙임표로 써 주세요. 나중에 바꿀 수 없습니다."),
    )  # fmt: skip
    code = ComposedCharField(
        label=_("제안 번호의 머리말"), max_length=20, help_text=_("제안 번호가 ‘한빛-2026-001’처럼 이 말로 시작합니다.")
    )
    cohort = forms.IntegerField(label=_("기수"), min_value=1, max_value=99, initial=1)
    addressee = forms.ModelChoiceField(
        label=_("답변할 직위"), queryset=Office.objects.none(), required=False, empty_label=_("나중에 정하기"),
        help_text=_("가결된 제안이 이 직위에 상정됩니다. 정해질 때까지 표결을 시작할 수 없습니다."),
    )  # fmt: skip
    moderator_email = ComposedEmailField(
        label=_("운영자의 이메일"), help_text=_("계정이 없으면 만들어지고, 비밀번호는 본인이 메일로 정합니다.")
    )
    moderator_name = ComposedCharField(
        label=_("운영자의 이름"), required=False, max_length=60, help_text=_("아직 계정이 없는 사람이면 써 주세요.")
    )
    term_from = forms.DateField(label=_("임기 시작"), widget=DateInput(), initial=timezone.localdate)
    term_until = forms.DateField(label=_("임기 끝"), widget=DateInput())

    def __init__(self, *args, institution: Institution | None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offices = Office.objects.filter(institution=institution).order_by("title")
        self.fields["addressee"].queryset = offices  # type: ignore[attr-defined]


class AddresseeForm(EditForm):
    """Which office answers; one that nobody holds may be named, and waits for its holder."""

    addressee = forms.ModelChoiceField(
        label=_("답변할 직위"), queryset=Office.objects.none(), empty_label=_("직위를 골라 주세요"),
        help_text=_("이제부터 시작하는 표결에서 가결된 제안이 이 직위에 상정됩니다."),
        error_messages={"required": _("답변할 직위를 골라 주세요.")},
    )  # fmt: skip

    def __init__(self, *args, board: Board, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offices = Office.objects.filter(institution=board.institution_id).select_related("holder").order_by("title")
        self.fields["addressee"].queryset = offices  # type: ignore[attr-defined]
        self.fields["addressee"].label_from_instance = _named  # type: ignore[attr-defined]


def _named(office: Office) -> str:
    return f"{office.title} – {office.holder.name if office.holder else gettext('비어 있음')}"
