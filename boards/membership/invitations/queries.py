"""What the pages of invitations read."""

from boards.membership.invitations.models import Invitation
from boards.membership.models import Board
from forum.institutions.models import Institution
from forum.web.paging import Page, page_before

PAGE = 30


def invitations_of(board: Board, before: str | None) -> Page:
    """One page of a board's invitations, newest first, settled ones included."""
    sent = Invitation.objects.filter(board=board).select_related("team", "invited_by")
    return page_before(sent, before, PAGE)


def invited_institution(email: str) -> Institution | None:
    """Return the institution whose board has invited an address: a moderator there answers for it."""
    invitation = Invitation.objects.open().filter(email=email).select_related("board__institution").first()
    return invitation.board.institution if invitation else None
