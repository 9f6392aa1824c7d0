"""Acts in the discussion of a proposal."""

from uuid import UUID

from django.utils.translation import gettext as _

from boards.discussion.models import MAX_DEPTH, Comment
from boards.policy import demand
from boards.proposals.models import Proposal
from boards.proposals.policy import ProposalPolicy
from forum.events.recording import record, verb
from forum.web.errors import Invalid
from forum.web.repeats import body_hash, same_again, saved_once

ID_WIDTH = 19  # digits of the largest id


def post_comment(
    proposal: Proposal, *, author, stance: str, body: str, client_id: UUID, parent: Comment | None = None
) -> Comment:
    """Add a comment or a reply; the same `client_id` again returns the first one, with other words it is a Conflict.

    It writes its own row first and takes the stream's lock last; the proposal itself is not locked.
    """
    with verb():
        policy = ProposalPolicy(author, proposal)
        demand(policy.read)
        if parent is not None and parent.proposal_id != proposal.pk:
            raise Invalid(_("다른 제안의 댓글에는 답글을 쓸 수 없습니다."))
        digest = body_hash(stance, body, str(parent.pk if parent else ""))
        mine = Comment.objects.filter(proposal=proposal, author=author, client_id=client_id)
        if (earlier := same_again(mine, digest)) is not None:
            return earlier
        demand(policy.comment)
        comment = Comment(
            proposal=proposal, parent=parent, author=author, stance=stance, body=body, client_id=client_id,
            body_hash=digest, depth=min(parent.depth + 1, MAX_DEPTH) if parent else 0,
        )  # fmt: skip
        if not saved_once(comment):
            return same_again(mine, digest)  # type: ignore[return-value] # it is there: that kept ours out
        comment.path = _path(comment, parent)
        comment.save(update_fields=["path"])
        record("comment_posted", about=comment, by=author, stream=proposal.stream)
    return comment


def _path(comment: Comment, parent: Comment | None) -> str:
    """The parent's path and the own id; below the greatest depth replies lie flat in the order they came."""
    above = parent.path[: ID_WIDTH * MAX_DEPTH] if parent else ""
    return f"{above}{comment.pk:0{ID_WIDTH}d}"
