"""What a person may do with a comment, beside answering to it."""

from django.utils.translation import gettext_lazy as _

from boards.policy import YES, Policy, Verdict, no, not_now, right
from boards.proposals.policy import ProposalPolicy


class CommentPolicy(Policy):
    """Rights on a Comment."""

    @property
    def _there(self) -> Verdict:
        if self.thing.deleted_at is not None:
            return not_now(_("작성자가 이미 삭제한 댓글입니다."))
        if self.thing.hidden:
            return not_now(_("운영자가 가린 댓글은 고치거나 삭제할 수 없습니다."))
        return YES

    @right
    def edit(self) -> Verdict:
        if self.thing.author_id != self.person.pk:
            return no(_("댓글은 쓴 사람만 고칠 수 있습니다."))
        return self._there and ProposalPolicy(self.person, self.thing.proposal).comment

    @right
    def delete(self) -> Verdict:
        if self.thing.author_id != self.person.pk:
            return no(_("댓글은 쓴 사람만 삭제할 수 있습니다."))
        return self._there

    @right
    def versions(self) -> Verdict:
        """Who reads the comment reads what it said before, as long as its words are there."""
        if self.thing.deleted_at is not None or self.thing.hidden:
            return not_now(_("가리거나 삭제한 댓글은 고치기 전의 글도 볼 수 없습니다."))
        return ProposalPolicy(self.person, self.thing.proposal).read
