"""Acts in the discussion of a proposal."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from boards.discussion.mentions import people_called
from boards.discussion.models import MAX_DEPTH, Comment, CommentVersion, Mention
from boards.discussion.policy import CommentPolicy
from boards.discussion.rules import ID_WIDTH
from boards.policy import demand
from boards.proposals.models import Proposal
from boards.proposals.policy import ProposalPolicy
from forum.events.recording import record, stale, verb
from forum.locks import own
from forum.web.errors import Invalid
from forum.web.repeats import body_hash, same_again, saved_once


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
        _mention(comment)
        _refresh(comment)
    return comment


def edit_comment(comment: Comment, *, by, stance: str, body: str) -> Comment:
    """Replace one's own words and keep those before under their number; the same words again change nothing."""
    with verb():
        comment = own(comment)
        demand(CommentPolicy(by, comment).edit)
        if (comment.stance, comment.body) == (stance, body):
            return comment
        CommentVersion.objects.create(
            comment=comment, number=comment.version, stance=comment.stance, body=comment.body,
            at=comment.edited_at or comment.created_at,
        )  # fmt: skip
        comment.stance, comment.body = stance, body
        comment.version, comment.edited_at = comment.version + 1, timezone.now()
        comment.save(update_fields=["stance", "body", "version", "edited_at"])
        record("comment_edited", about=comment, by=by, stream=comment.stream, version=comment.version)
        _mention(comment)
        _refresh(comment)
    return comment


def delete_comment(comment: Comment, *, by) -> Comment:
    """Take one's own words away, in every version; the place stays, so that the answers can be read."""
    with verb():
        comment = own(comment)
        demand(CommentPolicy(by, comment).delete)
        comment.body, comment.deleted_at = "", timezone.now()
        comment.save(update_fields=["body", "deleted_at"])
        comment.versions.all().delete()
        comment.mentions.all().delete()
        record("comment_deleted", about=comment, by=by, stream=comment.stream)
        _refresh(comment)
    return comment


def _path(comment: Comment, parent: Comment | None) -> str:
    """The parent's path and the own id; below the greatest depth replies lie flat in the order they came."""
    above = parent.path[: ID_WIDTH * MAX_DEPTH] if parent else ""
    return f"{above}{comment.pk:0{ID_WIDTH}d}"


def _mention(comment: Comment) -> None:
    """Write down who is called now, and tell those who were not called before."""
    people = people_called(comment.body, comment.proposal)
    if comment.version == 1 and not people:
        return
    comment.mentions.exclude(person__in=people).delete()
    known = set(comment.mentions.values_list("person", flat=True))
    new = [
        Mention(comment=comment, person=person, name=person.name, version=comment.version)
        for person in people
        if person.pk not in known
    ]
    if new:
        Mention.objects.bulk_create(new)
        record("people_mentioned", about=comment, by=comment.author, stream=comment.stream, version=comment.version)


def _refresh(comment: Comment) -> None:
    for name in comment.snapshots:
        stale(name)
