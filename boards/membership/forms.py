"""What a moderator writes about a seat."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards.membership.models import Board, Membership, Team
from boards.membership.rules import nobody_vouches_for, officials_known
from forum.accounts.models import User
from forum.institutions.addresses import domain_of, mail_domain
from forum.web.forms import ComposedCharField, ComposedEmailField, DateInput, EditForm, Form


class AddingForm(Form):
    """Makes an account for an address, `outside` the domains of officials only when that is confirmed.

    The box to confirm it appears with the first such address.
    """

    outside = forms.BooleanField(
        label=gettext_lazy("공직 메일 주소가 아닌 것을 알고 추가합니다."), required=False, widget=forms.HiddenInput
    )
    address = "email"

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        confirmed, typed = cleaned.pop("outside", False), cleaned.get(self.address)
        person = User.objects.filter(email__iexact=typed).first() if typed else None
        if typed and nobody_vouches_for(person, mail_domain(typed), known=officials_known()):
            self.fields["outside"].widget = forms.CheckboxInput()
            if not confirmed:
                refusal = _(
                    "기관의 공직 메일 주소가 아닙니다(%(domain)s). "
                    "누구나 만들 수 있는 주소로는 본인인지 알 수 없습니다. "
                    "주소를 다시 확인하고, 맞으면 아래에 표시해 주세요."
                )
                self.add_error("outside", refusal % {"domain": domain_of(typed)})
        return cleaned


class SeatForm(Form):
    """Role, team and term of a seat."""

    role = forms.ChoiceField(
        label=gettext_lazy("역할"), choices=Membership.Role.choices, initial=Membership.Role.MEMBER
    )
    team = forms.ModelChoiceField(
        label=gettext_lazy("분임조"), queryset=Team.objects.none(), required=False, empty_label=gettext_lazy("없음")
    )
    term_from = forms.DateField(label=gettext_lazy("임기 시작"), widget=DateInput(), initial=timezone.localdate)
    term_until = forms.DateField(label=gettext_lazy("임기 끝"), widget=DateInput())

    def __init__(self, *args, board: Board, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.board = board
        self.fields["team"].queryset = board.teams.current().order_by("name")  # type: ignore[attr-defined]


class SeatedForm(EditForm, SeatForm):
    """Another role, team or term for who sits there already."""


class NewSeatForm(AddingForm, SeatForm):
    """A seat for a person of the institution, named by their address; whoever has no account yet needs a name."""

    email = ComposedEmailField(
        label=gettext_lazy("기관 이메일"),
        help_text=gettext_lazy("추가하면 이 주소로 알림을 보냅니다. 본인만 쓰는 기관 이메일을 써 주세요."),
    )
    name = ComposedCharField(
        label=gettext_lazy("이름"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("아직 계정이 없는 사람이면 써 주세요. 계정을 만들고, 비밀번호는 본인이 정합니다."),
    )
    field_order = ("email", "outside", "name", "role", "team", "term_from", "term_until")

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        address = cleaned.get("email")
        here = User.objects.filter(institution=self.board.institution_id)
        if address and not cleaned.get("name") and not here.filter(email__iexact=address).exists():
            self.add_error("name", _("그 이메일을 쓰는 계정이 없습니다. 이름을 써 주시면 계정을 만들어 추가합니다."))
        return cleaned
