"""Acts of a proposal's authors, from the draft to the withdrawal."""

from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

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
from forum.web.errors import Conflict, Invalid
from forum.web.repeats import saved_once

MISSING = {
    "title": _lazy("제목을 써 주세요."),
    "problem": _lazy("현황 및 문제점을 써 주세요."),
    "remedy": _lazy("개선방안을 써 주세요."),
    "effect": _lazy("기대효과를 써 주세요."),
}
PARTS = ("title", "field", "kind", "team", "problem", "remedy", "effect")


class Incomplete(Invalid):
    """Parts of the text are empty that nobody may leave out."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing

    def __str__(self) -> str:
        return " ".join(str(MISSING[name]) for name in self.missing)


def start_draft(board: Board, *, by, window: UUID | None = None, version: int | None = None, **parts) -> Proposal:
    """Save a first draft, seen by its author only; drafts record nothing. The same window goes on with its draft."""
    with verb():
        demand(BoardPolicy(by, board).propose)
        draft = Proposal(board=board, author=by, made_in=window, saved_in=window, version=1, **parts)
        if not saved_once(draft):
            earlier = Proposal.objects.get(author=by, made_in=window)
            return save_draft(earlier, by=by, window=window, version=version, **parts)
    return draft


def save_draft(proposal: Proposal, *, by, window: UUID | None = None, version: int | None = None, **parts) -> Proposal:
    """Replace parts of the draft; raise WrongState once it is open, Conflict when it was saved in another window since.

    `version` is the one the form was opened with; nothing is compared without it.
    """
    with verb():
        proposal = own(proposal)
        demand(ProposalPolicy(by, proposal).edit)
        _demand_newest(proposal, version, window)
        _write(proposal, parts, window)
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
        _keep_revision(proposal, by)
        record("proposal_opened", about=proposal, by=by, stream=proposal.stream)
    return proposal


def revise(
    proposal: Proposal, *, by, note: str = "", window: UUID | None = None, version: int | None = None, **parts
) -> Proposal:
    """Publish another text of an open proposal as its next revision; sent twice from one window, it is one.

    Raise WrongState while the ballot runs, Conflict when there is a newer revision, Invalid when nothing is changed or
    something is left empty.
    """
    with verb():
        proposal = own(proposal)
        demand(ProposalPolicy(by, proposal).revise)
        if window is not None and window == proposal.saved_in and not differs(proposal, parts):
            return proposal
        _rewrite(proposal, parts, by=by, note=note, window=window, version=version)
        record("proposal_revised", about=proposal, by=by, stream=proposal.stream)
    return proposal


def improve(
    proposal: Proposal, *, by, note: str = "", window: UUID | None = None, version: int | None = None, **parts
) -> Proposal:
    """Open a failed proposal again as a new revision and round; its next ballot needs a moderator's call."""
    with verb():
        proposal = own(proposal)
        demand(ProposalPolicy(by, proposal).improve)
        _rewrite(proposal, parts, by=by, note=note, window=window, version=version)
        proposal.move_to(State.OPEN, round=proposal.round + 1)
        record("proposal_improved", about=proposal, by=by, stream=proposal.stream, round=proposal.round)
    return proposal


def withdraw(proposal: Proposal, *, by, reason: str) -> Proposal:
    """Take an open or failed proposal back, with a reason that stays readable; refused while it is balloting."""
    with verb():
        proposal = own(proposal)
        demand(ProposalPolicy(by, proposal).withdraw)
        proposal.move_to(State.WITHDRAWN, withdrawal_reason=reason)
        proposal.working_copies.all().delete()
        record("proposal_withdrawn", about=proposal, by=by, stream=proposal.stream)
    return proposal


def _demand_complete(proposal: Proposal) -> None:
    if missing := [name for name in MISSING if not getattr(proposal, name).strip()]:
        raise Incomplete(missing)


def _demand_newest(proposal: Proposal, version: int | None, window: UUID | None) -> None:
    """Raise Conflict when the text was saved since the form was opened, unless by this very form."""
    if version not in (None, proposal.version) and (window is None or window != proposal.saved_in):
        raise Conflict(
            _(
                "이 화면을 연 뒤에 다른 화면이나 함께 쓰는 사람이 저장한 글이 있습니다. "
                "지금 쓴 글은 저장되지 않았습니다. 다른 곳을 견주어 보고, 지금 쓴 글로 바꾸려면 한 번 더 눌러 주세요."
            )
        )


def differs(proposal: Proposal, parts: dict) -> bool:
    """Whether any of the parts is another one than the proposal's."""
    return any(getattr(proposal, name) != value for name, value in parts.items())


def _write(proposal: Proposal, parts: dict, window: UUID | None) -> None:
    """Save the parts as the next version of the text."""
    changes = {**parts, "version": proposal.version + 1, "saved_at": timezone.now(), "saved_in": window}
    for name, value in changes.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=list(changes))


def _rewrite(proposal: Proposal, parts: dict, *, by, note: str, window: UUID | None, version: int | None) -> None:
    """Replace the published text by another one, as its next revision."""
    _demand_newest(proposal, version, window)
    if not differs(proposal, parts):
        raise Invalid(_("바뀐 곳이 없습니다. 고친 뒤에 다시 눌러 주세요."))
    _write(proposal, parts, window)
    _demand_complete(proposal)
    _keep_revision(proposal, by, note)
    proposal.working_copies.filter(person=by).delete()


def _keep_revision(proposal: Proposal, by, note: str = "") -> None:
    number = proposal.revisions.count() + 1
    parts = {name: getattr(proposal, name) for name in PARTS}
    Revision.objects.create(proposal=proposal, number=number, by=by, note=note, **parts)


def _next_number(board: Board, year: int) -> int:
    """Take the next number in one statement, whose row lock makes the series free of holes and doubles."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO boards_numberseries (board_id, year, last) VALUES (%s, %s, 1) "
            "ON CONFLICT (board_id, year) DO UPDATE SET last = boards_numberseries.last + 1 RETURNING last",
            [board.pk, year],
        )
        return cursor.fetchone()[0]
