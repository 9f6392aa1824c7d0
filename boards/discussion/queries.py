"""What the discussion of a proposal reads."""

import uuid

from django.db.models import Count

from boards.discussion.forms import CommentForm
from boards.discussion.models import Comment, Stance
from boards.membership.abilities import role_on
from boards.proposals.models import Proposal
from boards.proposals.policy import ProposalPolicy


def comments_shown():
    """Comments with all their partial shows, in the order of the thread."""
    return Comment.objects.in_thread_order().select_related("proposal")


def thread(proposal: Proposal, person, *, comment_form: CommentForm | None = None) -> dict:
    """The whole discussion, how many took which stance, and the composer if the person may write."""
    comments = list(comments_shown().filter(proposal=proposal))
    counts = dict(proposal.comments.values_list("stance").annotate(Count("pk")).order_by())
    return {
        "comments": comments,
        "count": len(comments),
        "stances": [(stance, counts.get(stance.value, 0)) for stance in Stance],
        "may_comment": ProposalPolicy(person, proposal).comment,
        "role": role_on(person, proposal.board).value,
        "form": comment_form or CommentForm(initial={"client_id": uuid.uuid4()}),
    }
