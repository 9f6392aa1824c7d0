"""Private acts of a reader; they record nothing."""

from boards.home.models import Visit
from boards.membership.models import Board
from boards.membership.policy import BoardPolicy
from boards.policy import demand
from forum.events.models import Event
from forum.events.recording import verb


def visit(board: Board, *, by) -> Visit:
    """Remember that the person has seen the board as it is now."""
    with verb():
        demand(BoardPolicy(by, board).read)
        newest = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        row, _made = Visit.objects.update_or_create(person=by, board=board, defaults={"seen": newest})
    return row
