"""Giving and taking back support; neither leaves a person or a time anywhere."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from boards.policy import demand
from boards.proposals.models import Proposal
from boards.proposals.policy import ProposalPolicy
from boards.proposals.states import State
from boards.support.models import Support
from boards.support.tags import support_tag
from forum.events.recording import SYSTEM, record, stale, verb
from forum.web.errors import WrongState


def support(proposal: Proposal, *, by) -> None:
    """Add the person's support once; crossing the threshold is recorded once, by the system.

    Hot: the own row is written first; the proposal's row is locked last, by the statement that counts.
    """
    with verb():
        demand(ProposalPolicy(by, proposal).support)
        if not _added(proposal, by):
            return
        _count(proposal, by=1)
        crossing = Proposal.objects.filter(
            pk=proposal.pk, round=1, threshold_met_at=None, support_count__gte=F("support_needed")
        )
        if crossing.update(threshold_met_at=timezone.now()):
            record("threshold_met", about=proposal, by=SYSTEM, stream=proposal.stream)
        stale(f"support:{proposal.pk}")


def withdraw_support(proposal: Proposal, *, by) -> None:
    """Take the person's support back; a threshold once met stays met."""
    with verb():
        demand(ProposalPolicy(by, proposal).support)
        removed, _rows = Support.objects.filter(tag=support_tag(proposal, by)).delete()
        if removed:
            _count(proposal, by=-1)
            stale(f"support:{proposal.pk}")


def _added(proposal: Proposal, person) -> bool:
    try:
        with transaction.atomic():
            Support.objects.create(tag=support_tag(proposal, person), proposal=proposal)
    except IntegrityError:
        return False
    return True


def _count(proposal: Proposal, *, by: int) -> None:
    changed = Proposal.objects.filter(pk=proposal.pk, state=State.OPEN).update(support_count=F("support_count") + by)
    if not changed:
        raise WrongState(_("그 사이 토론·공감 단계가 끝났습니다. 화면을 새로 고쳐 지금 상태를 확인해 주세요."))
