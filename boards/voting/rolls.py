"""Who may vote in a ballot that opens now, and what keeps it from opening."""

from django.utils.translation import gettext_lazy as _

from boards.membership.models import Membership, Mode
from boards.proposals.models import Proposal
from boards.voting.rules import sealed_possible


def eligible(proposal: Proposal):
    """Members in office today; moderators and executives are on no roll."""
    return Membership.objects.in_office().members().filter(board=proposal.board).select_related("team")


def mode_of_next_ballot(proposal: Proposal) -> Mode:
    """What the moderator's call says, else the board's own mode."""
    call = proposal.ballot_calls.filter(round=proposal.round).first()
    return Mode(call.mode if call else proposal.board.ballot_mode)


def obstacle(proposal: Proposal) -> str | None:
    """Return the sentence that says why no ballot can open on the proposal now, None when it can."""
    addressee = proposal.board.addressee
    if addressee is None:
        return _("답변할 책임관이 정해지지 않아 표결을 시작할 수 없습니다. 기관 관리자에게 책임관 지정을 요청해 주세요.")
    if addressee.holder_id is None:
        return _("책임관 자리가 비어 있어 표결을 시작할 수 없습니다. 기관 관리자에게 후임 지정을 요청해 주세요.")
    size = eligible(proposal).count()
    if size == 0:
        return _("임기 중인 위원이 없어 표결을 시작할 수 없습니다. 위원을 먼저 추가해 주세요.")
    if mode_of_next_ballot(proposal) == Mode.SEALED and not sealed_possible(size):
        return _("비밀 표결은 위원이 10명 이상이어야 합니다. 위원을 추가하거나 기명 표결로 부쳐 주세요.")
    return None
