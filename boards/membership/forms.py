"""What a moderator writes about a seat."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards.membership.models import Board, Membership, Team
from forum.accounts.models import User
from forum.web.forms import ComposedCharField, ComposedEmailField, DateInput, EditForm, Form


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


class NewSeatForm(SeatForm):
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
    field_order = ("email", "name", "role", "team", "term_from", "term_until")

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        address = cleaned.get("email")
        here = User.objects.filter(institution=self.board.institution_id)
        if address and not cleaned.get("name") and not here.filter(email__iexact=address).exists():
            self.add_error("name", _("그 이메일을 쓰는 계정이 없습니다. 이름을 써 주시면 계정을 만들어 추가합니다."))
        return cleaned
