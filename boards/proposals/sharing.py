"""Acts between the main proposer and those they invite to be named as co-proposers with a share in percent."""

from django.utils import timezone
from django.utils.translation import gettext as _

from boards.membership.abilities import Ability, abilities
from boards.policy import demand
from boards.proposals.models import CoProposal, Proposal
from boards.proposals.policy import CoProposalPolicy, ProposalPolicy
from boards.proposals.states import Sharing, State
from forum.events.recording import SYSTEM, record, verb
from forum.locks import own
from forum.web.errors import Invalid

WHOLE = 100  # percent


def share_left(proposal: Proposal) -> int:
    """What can still be given away: invitations that wait for an answer hold their share."""
    return WHOLE - sum(proposal.co_proposals.standing().values_list("share", flat=True))


def invite(proposal: Proposal, *, by, person, share: int) -> CoProposal:
    """Ask a member of the board to be named as co-proposer; raise Invalid when the shares would exceed the whole."""
    with verb():
        proposal = own(proposal)
        demand(ProposalPolicy(by, proposal).share)
        if person.pk == proposal.author_id or Ability.PROPOSE not in abilities(person, proposal.board):
            raise Invalid(_("부제안자로는 임기 중인 다른 위원만 초대할 수 있습니다."))
        if proposal.co_proposals.standing().filter(person=person).exists():
            raise Invalid(_("%(name)s 님은 이미 초대한 사람입니다.") % {"name": person.name})
        if share > (left := share_left(proposal)):
            raise Invalid(
                _("기여도는 모두 더해 100%%를 넘을 수 없습니다. 지금 나눌 수 있는 기여도는 %(left)s%%입니다.")
                % {"left": left}
            )
        invitation = CoProposal.objects.create(proposal=proposal, person=person, share=share, invited_by=by)
        record("co_proposer_invited", about=invitation, by=by, stream=person.stream)
    return invitation


def accept(invitation: CoProposal, *, by) -> CoProposal:
    """Become a co-proposer; on a published proposal every reader is told."""
    with verb():
        proposal, invitation = own(invitation.proposal), own(invitation)
        demand(CoProposalPolicy(by, invitation).answer)
        invitation.move_to(Sharing.ACCEPTED, decided_at=timezone.now())
        record("co_proposer_accepted", about=invitation, by=by, stream=proposal.author.stream)
        if proposal.state != State.DRAFT:
            record("co_proposer_joined", about=proposal, by=by, stream=proposal.stream)
    return invitation


def decline(invitation: CoProposal, *, by) -> CoProposal:
    """Refuse to be named; only the two of them ever know."""
    with verb():
        proposal, invitation = own(invitation.proposal), own(invitation)
        demand(CoProposalPolicy(by, invitation).answer)
        invitation.move_to(Sharing.DECLINED, decided_at=timezone.now())
        record("co_proposer_declined", about=invitation, by=by, stream=proposal.author.stream)
    return invitation


def step_down(share: CoProposal, *, by) -> CoProposal:
    """Be no co-proposer of a draft any more, nor read it; the share is free again and its author is told."""
    with verb():
        proposal, share = own(share.proposal), own(share)
        demand(CoProposalPolicy(by, share).leave)
        share.move_to(Sharing.LEFT, decided_at=timezone.now())
        record("co_proposer_left", about=share, by=by, stream=proposal.author.stream)
    return share


def lapse(invitation: CoProposal) -> CoProposal:
    """Close an invitation its person cannot answer any more, unless they can by now; its share is free again."""
    with verb():
        proposal, invitation = own(invitation.proposal), own(invitation)
        if CoProposal.objects.lapsed().filter(pk=invitation.pk).exists():
            invitation.move_to(Sharing.LAPSED, decided_at=timezone.now())
            record("co_proposer_lapsed", about=invitation, by=SYSTEM, stream=proposal.author.stream)
    return invitation


def cancel_invitation(invitation: CoProposal, *, by) -> CoProposal:
    """Take back an invitation nobody has answered; its share is free again."""
    with verb():
        own(invitation.proposal)
        invitation = own(invitation)
        demand(CoProposalPolicy(by, invitation).cancel)
        invitation.move_to(Sharing.CANCELLED, decided_at=timezone.now())
        record("co_proposer_cancelled", about=invitation, by=by, stream=invitation.person.stream)
    return invitation
