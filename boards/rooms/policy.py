"""What a person may do in a live room."""

from functools import cached_property

from django.utils.translation import gettext as _

from boards.membership.abilities import Ability, abilities
from boards.policy import YES, Policy, Verdict, no, not_now, right
from boards.rooms.states import State


class RoomPolicy(Policy):
    """Rights on a Room."""

    @cached_property
    def _may(self) -> frozenset[Ability]:
        return abilities(self.person, self.thing.board)

    @right
    def read(self) -> Verdict:
        return YES if Ability.CHAT in self._may else no(_("토론방에는 이 보드의 위원과 운영자만 들어갈 수 있습니다."))

    @right
    def post(self) -> Verdict:
        if Ability.CHAT not in self._may:
            return no(_("토론방에는 이 보드의 위원과 운영자만 글을 쓸 수 있습니다."))
        if self.thing.state == State.OPEN:
            return YES
        if self.thing.state == State.PAUSED:
            refusal = _("운영자가 잠시 멈춘 토론방입니다. 다시 열리면 쓸 수 있습니다.")
        else:
            refusal = _("닫힌 토론방입니다. 지난 이야기는 읽을 수 있지만 새로 쓸 수는 없습니다.")
        turn = self.thing.last_turn
        return not_now(f"{refusal} {_('이유: %(reason)s') % {'reason': turn.reason}}" if turn else refusal)

    @right
    def manage(self) -> Verdict:
        return YES if Ability.MANAGE in self._may else no(_("토론방은 이 보드의 운영자만 열고 닫을 수 있습니다."))


class MessagePolicy(Policy):
    """Rights on a Message."""

    @cached_property
    def _room(self) -> RoomPolicy:
        return RoomPolicy(self.person, self.thing.room)

    @property
    def _there(self) -> Verdict:
        if self.thing.deleted_at is not None:
            return not_now(_("이미 지운 메시지입니다."))
        if self.thing.hidden:
            return not_now(_("운영자가 가린 메시지입니다."))
        return YES

    @property
    def _own(self) -> Verdict:
        if self.thing.author_id != self.person.pk:
            return no(_("본인이 쓴 메시지만 고치거나 지울 수 있습니다."))
        if self.thing.deleted_at is None and self.thing.hidden:
            return not_now(_("운영자가 가린 메시지는 고치거나 지울 수 없습니다."))
        return self._there

    @right
    def edit(self) -> Verdict:
        return self._own and self._room.post

    @right
    def delete(self) -> Verdict:
        return self._own and self._room.read

    @right
    def react(self) -> Verdict:
        return self._there and self._room.post

    @right
    def draft(self) -> Verdict:
        """Take the words into a draft of one's own."""
        if Ability.PROPOSE not in self._room._may:
            return no(_("제안은 임기 중인 위원만 쓸 수 있습니다."))
        return self._there

    @right
    def comment(self) -> Verdict:
        """Take the words into a comment on a proposal."""
        return self._room.read and self._there
