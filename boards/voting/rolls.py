"""Who may vote in a ballot that opens now, and what keeps it from opening."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from boards.membership.models import Board, Membership, Mode
from boards.proposals.models import Proposal
from boards.proposals.states import State
from boards.voting.models import BallotCall
from boards.voting.rules import sealed_possible


def waiting_for_ballot():
    """Open proposals that crossed the threshold in their first round or were called by a moderator."""
    called = BallotCall.objects.filter(proposal=OuterRef("pk"), round=OuterRef("round"))
    return Proposal.objects.filter(state=State.OPEN).filter(Q(round=1, threshold_met_at__isnull=False) | Exists(called))


def eligible(board: Board):
    """Members in office today; moderators are on no roll, and who holds an office cannot be a member (see `seat`)."""
    return Membership.objects.in_office().members().filter(board=board).select_related("team")


def mode_of_next_ballot(proposal: Proposal) -> Mode:
    """What the moderator's call says, else the board's own mode."""
    call = next((it for it in proposal.ballot_calls.all() if it.round == proposal.round), None)
    return Mode(call.mode if call else proposal.board.ballot_mode)


def obstacle(proposal: Proposal) -> str | None:
    """Return the sentence that says why no ballot can open on the proposal now, None when it can."""
    return _obstacle_in(proposal) or obstacle_to(proposal.board, mode_of_next_ballot(proposal))


def obstacles(proposals: QuerySet[Proposal]) -> list[tuple[Proposal, str]]:
    """Return the proposals that cannot get a ballot now, each with the sentence; asks once a board and mode."""
    asked: dict[tuple[int, Mode], str | None] = {}
    stuck = []
    for proposal in proposals.select_related("board__addressee").prefetch_related("ballot_calls"):
        mode = mode_of_next_ballot(proposal)
        if (proposal.board_id, mode) not in asked:
            asked[proposal.board_id, mode] = obstacle_to(proposal.board, mode)
        if (sentence := _obstacle_in(proposal) or asked[proposal.board_id, mode]) is not None:
            stuck.append((proposal, sentence))
    return stuck


def _obstacle_in(proposal: Proposal) -> str | None:
    """Nobody votes on a text they cannot read, and no office answers it; what was open when it was hidden goes on."""
    if proposal.hidden:
        return _("가린 제안은 표결을 시작할 수 없습니다. 다시 보이게 하면 표결이 이어집니다.")
    return None


def obstacle_to(board: Board, mode: Mode) -> str | None:
    """Return the sentence that says why the board can hold no ballot of this mode now, None when it can."""
    addressee = board.addressee
    if addressee is None:
        return _(
            "답변할 책임관이 정해지지 않아 표결을 시작할 수 없습니다. 기관 관리자에게 책임관 지정을 요청해 주세요."
        )
    if addressee.holder_id is None:
        return _("책임관 자리가 비어 있어 표결을 시작할 수 없습니다. 기관 관리자에게 후임 지정을 요청해 주세요.")
    size = eligible(board).count()
    if size == 0:
        return _("임기 중인 위원이 없어 표결을 시작할 수 없습니다. 위원을 먼저 추가해 주세요.")
    if mode == Mode.SEALED and not sealed_possible(size):
        return _("비밀 표결은 위원이 10명 이상이어야 합니다. 위원을 추가하거나 기명 표결로 부쳐 주세요.")
    return None
