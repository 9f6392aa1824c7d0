"""What the discussion of a proposal reads."""

import uuid
from collections import Counter

from boards.discussion.forms import CommentForm
from boards.discussion.models import Comment, Stance
from boards.membership.abilities import role_on
from boards.proposals.models import Proposal
from boards.proposals.policy import ProposalPolicy


def comments_shown():
    """Comments with all their partial shows, in the order of the thread."""
    return Comment.objects.in_thread_order().select_related("proposal")


def composer(proposal: Proposal, person, form: CommentForm | None = None) -> dict:
    """What it takes to write; the client id is always new, so that a refused text can be sent again."""
    return {
        "may_comment": ProposalPolicy(person, proposal).comment,
        "role": role_on(person, proposal.board).value,
        "form": form or CommentForm(),
        "client_id": uuid.uuid4(),
    }


def thread(proposal: Proposal, person, *, comment_form: CommentForm | None = None) -> dict:
    """The whole discussion, how many took which stance, and the composer."""
    comments = list(comments_shown().filter(proposal=proposal))
    counts = Counter(comment.stance for comment in comments)
    return {
        "comments": comments,
        "stances": [(stance, counts[stance.value]) for stance in Stance],
        "composer": composer(proposal, person, comment_form),
    }
