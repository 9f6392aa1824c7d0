"""Acts on what an author has written of the next revision and not published; they are private and record nothing."""

from uuid import UUID

from django.utils.translation import gettext as _

from boards.policy import demand
from boards.proposals.actions import differs
from boards.proposals.models import Proposal, WorkingCopy
from boards.proposals.policy import ProposalPolicy
from forum.events.recording import verb
from forum.locks import own
from forum.web.errors import Invalid


def keep_copy(
    proposal: Proposal, *, by, window: UUID | None, version: int | None, copy: int | None, **words
) -> WorkingCopy:
    """Save what is typed for its author; what is the same as the published text needs no copy.

    `version` is that of the text the form was opened with, `copy` how often the copy was saved by then. Raise Invalid
    when there is a copy this form has not seen.
    """
    with verb():
        proposal = own(proposal)
        demand(ProposalPolicy(by, proposal).rewrite)
        kept = copy_of(proposal, by)
        if kept and copy != kept.saves and (window is None or window != kept.saved_in):
            raise Invalid(
                _("저장해 둔 수정 내용이 따로 있어 덮어쓰지 않았습니다. 이 화면을 새로 열어 이어서 쓰거나 버려 주세요.")
            )
        if not differs(proposal, {name: value for name, value in words.items() if name != "note"}):
            discard_copy(proposal, by=by)
            return WorkingCopy(proposal=proposal, person=by)
        begun = proposal.version if version is None else version
        saved = {**words, "version": begun, "saves": kept.saves + 1 if kept else 1, "saved_in": window}
        copy_now = WorkingCopy(pk=kept.pk if kept else None, proposal=proposal, person=by, **saved)
        copy_now.save()
    return copy_now


def discard_copy(proposal: Proposal, *, by) -> None:
    """Throw one's own copy away."""
    with verb():
        WorkingCopy.objects.filter(proposal=proposal, person=by).delete()


def copy_of(proposal: Proposal, person) -> WorkingCopy | None:
    return WorkingCopy.objects.filter(proposal=proposal, person=person).first()
