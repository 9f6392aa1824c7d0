"""The act that seats all people of a list, or none."""

from datetime import date

from django.utils.translation import gettext as _

from boards.membership.actions import seat
from boards.membership.mail_lists.queries import plan
from boards.membership.models import Board
from boards.membership.policy import BoardPolicy
from boards.membership.rules import demand_term
from boards.policy import demand
from forum.accounts.actions import account_of
from forum.events.recording import verb
from forum.locks import own
from forum.web.errors import Invalid, WrongState


def add_list(board: Board, *, by, lines: str, seen: str, role: str, term_from: date, term_until: date) -> int:
    """Seat everybody the dry run promised and return how many; `seen` is the digest of the plan that was confirmed.

    Raise WrongState when the list or the board is no longer what was seen, Invalid when a line stands in the way.
    """
    with verb():
        board = own(board)
        demand(BoardPolicy(by, board).manage)
        demand_term(term_from, term_until)
        planned = plan(board, lines)
        if planned.digest != seen:
            raise WrongState(_("명단이나 위원이 그사이 바뀌었습니다. 결과를 다시 확인한 뒤 추가해 주세요."))
        if planned.blocked or not planned.added:
            raise Invalid(_("추가할 수 없는 줄이 있어 아무도 추가하지 않았습니다. 표시된 줄을 고쳐 주세요."))
        for row in sorted(planned.rows, key=lambda it: it.line.email):
            if row.outcome.adds:
                person = account_of(row.line.email, name=row.line.name, institution=board.institution)
                seat(board, by=by, person=person, role=role, team=row.team, term_from=term_from, term_until=term_until)
    return planned.added
