"""What a moderator writes about a seat."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards.membership.models import Board, Membership, Team
from forum.accounts.models import User
from forum.web.forms import DateInput, Form


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
        self.fields["team"].queryset = board.teams.order_by("name")  # type: ignore[attr-defined]


class NewSeatForm(SeatForm):
    """A seat for a person of the institution, named by their address."""

    person = forms.EmailField(
        label=gettext_lazy("기관 이메일"), help_text=gettext_lazy("이 기관에 계정이 있는 직원의 이메일을 써 주세요.")
    )
    field_order = ("person", "role", "team", "term_from", "term_until")

    def clean_person(self) -> User:
        address = self.cleaned_data["person"]
        person = User.objects.filter(email__iexact=address, institution=self.board.institution_id).first()
        if person is None:
            raise forms.ValidationError(_("이 기관에 그 이메일을 쓰는 계정이 없습니다. 주소를 다시 확인해 주세요."))
        return person
