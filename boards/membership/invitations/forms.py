"""What a moderator writes about an invitation."""

from django.utils.translation import gettext_lazy as _

from boards.membership.forms import SeatForm
from forum.web.forms import ClientIdField, ComposedEmailField


class InvitationForm(SeatForm):
    """The address, and the seat that waits for whoever has it."""

    email = ComposedEmailField(
        label=_("초대할 이메일"),
        help_text=_("이 주소로만 받아들일 수 있습니다. 여러 기관이 함께 쓰는 주소(korea.kr)도 초대할 수 있습니다."),
    )
    client_id = ClientIdField()
    field_order = ("email", "role", "team", "term_from", "term_until")
