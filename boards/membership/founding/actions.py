"""The act of an institution's admin that founds a board with its moderator."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from boards.membership.actions import found_board, seat
from boards.membership.models import Board, Membership
from boards.membership.policy import BoardPolicy, InstitutionPolicy
from boards.membership.rules import demand_seatable
from boards.policy import demand
from forum.accounts.actions import account_of
from forum.events.crossing import demand_as_drawn
from forum.events.recording import record, verb
from forum.institutions.models import Institution, Office
from forum.locks import own
from forum.web.errors import Invalid, WrongState


def found_board_of(
    institution: Institution, *, by, moderator_email: str, moderator_name: str, term_from: date, term_until: date,
    **fields,
) -> Board:  # fmt: skip
    """Found a board whose ballots ask for no teams yet, and seat its moderator, all or nothing.

    Raise NotAllowed, Invalid (the moderator cannot be seated or has neither account nor name) or WrongState (slug or
    code taken).
    """
    with verb():
        demand(InstitutionPolicy(by, institution).found)
        try:
            with transaction.atomic():
                board = found_board(by=by, institution=institution, breadth=0, **fields)
        except IntegrityError as error:
            raise WrongState(
                _("주소에 쓸 이름이나 제안 번호의 머리말을 다른 보드가 이미 쓰고 있습니다. 다른 것으로 정해 주세요.")
            ) from error
        if demand_seatable(board, moderator_email) is None and not moderator_name:
            raise Invalid(_("그 이메일을 쓰는 계정이 없습니다. 이름을 써 주시면 계정을 만들어 추가합니다."))
        seat(
            board, by=by, person=account_of(moderator_email, name=moderator_name, institution=institution),
            role=Membership.Role.MODERATOR, term_from=term_from, term_until=term_until,
        )  # fmt: skip
    return board


def addressee_of(board: Board) -> dict[str, Office | None]:
    """Return what `name_addressee` can change, as it is."""
    return {"addressee": board.addressee}


def name_addressee(board: Board, *, by, addressee: Office, drawn: dict | None = None) -> Board:
    """Let an office of the institution answer what passes from now on; open ballots keep theirs.

    Raise NotAllowed, Overtaken when it is not what the form was `drawn` with any more.
    """
    with verb():
        board = own(board)
        demand(BoardPolicy(by, board).name_addressee)
        before = board.addressee
        demand_as_drawn(board, drawn, saved=addressee_of(board), typed={"addressee": addressee}, verb="addressee_named")
        if before != addressee:
            board.addressee = addressee
            board.save(update_fields=["addressee"])
            offices = [before.pk if before else None, addressee.pk]
            record("addressee_named", about=board, by=by, stream=board.stream, addressee=offices)
    return board
