"""What the pages of invitations read."""

from boards.membership.invitations.models import Invitation
from boards.membership.models import Board
from forum.web.paging import Page, page_before

PAGE = 30


def invitations_of(board: Board, before: str | None) -> Page:
    """One page of a board's invitations, newest first, settled ones included."""
    sent = Invitation.objects.filter(board=board).select_related("team", "invited_by")
    return page_before(sent, before, PAGE)
