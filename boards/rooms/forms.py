"""What people write in a room, and about it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from boards.discussion.forms import CommentForm
from boards.proposals.models import Proposal
from boards.proposals.states import State as ProposalState
from boards.rooms.models import Kind, Message, Room
from forum.web.forms import ClientIdField, ComposedCharField, Form

LONGEST_MESSAGE = 2000


class MessageForm(Form):
    """A message in one room; what it quotes must have been said there."""

    body = ComposedCharField(
        label=_("메시지"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("내용을 써 주세요.")},
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput)
    quoted = forms.ModelChoiceField(
        queryset=Message.objects.none(),
        required=False,
        error_messages={"invalid_choice": _("인용한 메시지를 이 토론방에서 찾을 수 없습니다.")},
    )

    def __init__(self, *args, room: Room, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        said: forms.ModelChoiceField = self.fields["quoted"]  # type: ignore[assignment]
        said.queryset = room.messages.select_related("author")


class DraftForm(Form):
    """Nothing to fill in; `window` makes it one draft however often it is sent."""

    window = ClientIdField()


class EditForm(Form):
    """The words of a message, with the cursor in them."""

    body = MessageForm.base_fields["body"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].widget.attrs["autofocus"] = True


class RoomForm(Form):
    name = ComposedCharField(
        label=_("토론방 이름"), max_length=60, error_messages={"required": _("토론방 이름을 써 주세요.")}
    )
    purpose = ComposedCharField(
        label=_("목적"),
        required=False,
        max_length=200,
        help_text=_("무엇을 이야기하는 방인지 한 줄로 써 주세요. 방의 제목 아래에 늘 보입니다."),
    )


class ReasonForm(Form):
    """Why a room is paused or closed; opening it again explains itself."""

    reason = ComposedCharField(
        label=_("이유"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("이 방의 모두가 읽습니다. 언제 다시 열리는지도 알고 있다면 함께 써 주세요."),
        error_messages={"required": _("토론방을 멈추거나 닫는 이유를 써 주세요.")},
    )


class ReactionForm(Form):
    kind = forms.ChoiceField(
        choices=Kind.choices,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("좋아요, 궁금해요, 확인 가운데 하나를 골라 주세요.")
        ),
    )


class PlaceForm(Form):
    message = forms.IntegerField(min_value=1)


class CitingForm(CommentForm):
    """A comment on a proposal of the message's board, with the message's words to begin with."""

    proposal = forms.ModelChoiceField(
        label=_("댓글을 달 제안"),
        queryset=Proposal.objects.none(),
        empty_label=_("제안을 골라 주세요"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("댓글을 달 제안을 골라 주세요.")),
    )
    field_order = ("proposal", "stance", "body", "client_id")

    def __init__(self, *args, message: Message, person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        discussed = Proposal.objects.visible_to(person).published().filter(board=message.board, measure=None)
        open_ones = discussed.exclude(state=ProposalState.WITHDRAWN).order_by("-pk")
        chosen: forms.ModelChoiceField = self.fields["proposal"]  # type: ignore[assignment]
        chosen.queryset = open_ones
        chosen.label_from_instance = lambda it: f"{it.number} {it.title}"  # type: ignore[assignment, method-assign]
