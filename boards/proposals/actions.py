"""Acts of a proposal's author, from the draft to the withdrawal."""

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from boards.membership.models import Board
from boards.membership.policy import BoardPolicy
from boards.policy import demand
from boards.proposals.models import Proposal, Revision
from boards.proposals.policy import ProposalPolicy
from boards.proposals.rules import threshold
from boards.proposals.states import State
from forum.events.models import Stream
from forum.events.recording import record, verb
from forum.locks import own
from forum.web.errors import Invalid

TEXTS = ("title", "problem", "remedy", "effect")


def start_draft(board: Board, *, by, **texts: str) -> Proposal:
    """Save a first draft, seen by its author only; drafts record nothing."""
    with verb():
        demand(BoardPolicy(by, board).propose)
        return Proposal.objects.create(board=board, author=by, **texts)


def save_draft(proposal: Proposal, *, by, **texts: str) -> Proposal:
    """Replace the draft's texts; raise WrongState once it is open."""
    with verb():
        proposal = own(proposal)
        demand(ProposalPolicy(by, proposal).edit)
        for name, text in texts.items():
            setattr(proposal, name, text)
        proposal.save(update_fields=list(texts))
    return proposal


def open_proposal(proposal: Proposal, *, by) -> Proposal:
    """Publish a draft under the next number of the year and copy the support it needs; raise Invalid if incomplete."""
    with verb():
        proposal = own(proposal)
        demand(ProposalPolicy(by, proposal).open)
        _demand_complete(proposal)
        board = proposal.board
        now = timezone.now()
        year = timezone.localtime(now).year
        Stream.objects.create(name=proposal.stream, parent=Stream.objects.get(name=board.stream))
        proposal.move_to(
            State.OPEN,
            number=f"{board.code}-{year}-{_next_number(board, year):03d}",
            opened_at=now,
            support_needed=threshold(
                absolute=board.support_absolute,
                percent=board.support_percent,
                headcount=board.institution.headcount,
            ),
        )
        _revise(proposal, by)
        record("proposal_opened", about=proposal, by=by, stream=proposal.stream)
    return proposal


def improve(proposal: Proposal, *, by, **texts: str) -> Proposal:
    """Open a failed proposal again as a new revision and round; its next ballot needs a moderator's call."""
    with verb():
        proposal = own(proposal)
        demand(ProposalPolicy(by, proposal).improve)
        for name, text in texts.items():
            setattr(proposal, name, text)
        _demand_complete(proposal)
        proposal.save(update_fields=list(texts))
        proposal.move_to(State.OPEN, round=proposal.round + 1)
        _revise(proposal, by)
        record("proposal_improved", about=proposal, by=by, stream=proposal.stream, round=proposal.round)
    return proposal


def withdraw(proposal: Proposal, *, by, reason: str) -> Proposal:
    """Take an open or failed proposal back, with a reason that stays readable; refused while it is balloting."""
    with verb():
        proposal = own(proposal)
        demand(ProposalPolicy(by, proposal).withdraw)
        proposal.move_to(State.WITHDRAWN, withdrawal_reason=reason)
        record("proposal_withdrawn", about=proposal, by=by, stream=proposal.stream)
    return proposal


def _demand_complete(proposal: Proposal) -> None:
    if not all(getattr(proposal, name).strip() for name in TEXTS):
        raise Invalid(
            _("제목, 현황 및 문제점, 개선방안, 기대효과를 모두 써 주세요. 쓰신 내용은 임시저장되어 있습니다.")
        )


def _revise(proposal: Proposal, by) -> None:
    number = proposal.revisions.count() + 1
    Revision.objects.create(
        proposal=proposal, number=number, by=by, **{name: getattr(proposal, name) for name in TEXTS}
    )


def _next_number(board: Board, year: int) -> int:
    """Take the next number in one statement, whose row lock makes the series free of holes and doubles."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO boards_numberseries (board_id, year, last) VALUES (%s, %s, 1) "
            "ON CONFLICT (board_id, year) DO UPDATE SET last = boards_numberseries.last + 1 RETURNING last",
            [board.pk, year],
        )
        return cursor.fetchone()[0]
