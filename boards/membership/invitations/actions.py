"""Acts that invite to a board and take a seat on it."""

from datetime import date
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from boards.membership.actions import seat
from boards.membership.invitations.models import Invitation, hash_of, new_token
from boards.membership.invitations.policy import InvitationPolicy
from boards.membership.models import Board, Membership, Team
from boards.membership.policy import BoardPolicy
from boards.membership.rules import demand_seatable, demand_term
from boards.policy import demand
from forum.accounts.actions import belong
from forum.accounts.models import User
from forum.events.recording import record, verb
from forum.institutions.addresses import mail_domain
from forum.locks import own
from forum.notifications.letters import write_letter
from forum.web.errors import Invalid, WrongState
from forum.web.repeats import body_hash, same_again
from forum.web.sites import absolute


def invite(
    board: Board, *, by, email: str, role: str, term_from: date, term_until: date, team: Team | None = None,
    client_id: UUID | None = None,
) -> tuple[Invitation, str]:  # fmt: skip
    """Invite whoever has this address by mail and return the row with the token, which is kept nowhere else.

    An unsettled invitation of the same address is revoked: only the newest link works. The same `client_id` again
    returns the first row, without its token. Raise NotAllowed, Invalid (no official address, of another institution, an
    executive), WrongState (seated) or Conflict (the same id for another invitation).
    """
    with verb():
        board = own(board)
        demand(BoardPolicy(by, board).manage)
        digest = body_hash(email.lower(), role, str(team and team.pk), str(term_from), str(term_until))
        mine = Invitation.objects.filter(board=board, invited_by=by, client_id=client_id)
        if client_id is not None and (sent := same_again(mine, digest)) is not None:
            return sent, ""
        demand_term(term_from, term_until)
        if demand_seatable(board, email) is None and mail_domain(email) is None:
            raise Invalid(
                _(
                    "이 주소의 도메인은 공직자 메일로 등록되어 있지 않아 가입할 수 없습니다. "
                    "위원 추가에서 계정을 만들어 주세요."
                )
            )
        email = email.lower()
        for earlier in Invitation.objects.unsettled().filter(board=board, email=email):
            _revoke(earlier, by)
        token = new_token()
        invitation = Invitation.objects.create(
            board=board, email=email, role=role, team=team, term_from=term_from, term_until=term_until,
            token_hash=hash_of(token), invited_by=by, client_id=client_id, body_hash=digest,
        )  # fmt: skip
        record("member_invited", about=invitation, by=by, stream=board.stream)
        _write_to(invitation, token)
    return invitation, token


def _write_to(invitation: Invitation, token: str) -> None:
    board = invitation.board
    with translation.override("ko"):
        told = {
            "name": invitation.invited_by.name,
            "board": board.name,
            "role": invitation.get_role_display(),
            "day": f"{timezone.localtime(invitation.expires_at):%Y. %-m. %-d.}",
            "link": absolute(f"/invitations/{token}/"),
        }
        write_letter(
            key=f"invitation-{invitation.pk}",
            to=invitation.email,
            subject=f"[{_('주니어보드')}] {board.name} {_('초대')}",
            body=_(
                "%(name)s 님이 %(board)s에 초대했습니다. 역할은 %(role)s입니다.\n\n"
                "아래 주소를 열어 로그인하거나 이 이메일 주소로 가입한 뒤 받아들여 주세요. "
                "%(day)s까지 한 번 쓸 수 있습니다.\n%(link)s\n\n받아들일 뜻이 없으면 아무것도 하지 않아도 됩니다.\n"
            )
            % told,
        )


def revoke_invitation(invitation: Invitation, *, by) -> Invitation:
    """Make the link useless; raise WrongState when it was accepted or revoked before."""
    with verb():
        own(invitation.board)
        invitation = own(invitation)
        demand(InvitationPolicy(by, invitation).revoke)
        _revoke(invitation, by)
    return invitation


def _revoke(invitation: Invitation, by: User) -> None:
    invitation.revoked_by, invitation.revoked_at = by, timezone.now()
    invitation.save(update_fields=["revoked_by", "revoked_at"])
    record("invitation_revoked", about=invitation, by=by, stream=invitation.board.stream)


def accept_invitation(invitation: Invitation, *, by) -> Membership:
    """Take the seat; raise NotAllowed (another's invitation), WrongState (used, revoked, expired, seated already)."""
    with verb():
        own(invitation.board)
        invitation = own(invitation)
        demand(InvitationPolicy(by, invitation).accept)
        if not BoardPolicy(invitation.invited_by, invitation.board).manage:
            raise WrongState(
                _("초대한 사람이 이제 이 보드의 운영자가 아닙니다. 지금 운영자에게 다시 초대를 부탁해 주세요.")
            )
        belong(by, invitation.board.institution)
        invitation.accepted_by, invitation.accepted_at = by, timezone.now()
        invitation.save(update_fields=["accepted_by", "accepted_at"])
        record("invitation_accepted", about=invitation, by=by, stream=invitation.board.stream)
        return seat(
            invitation.board, by=invitation.invited_by, person=by, role=invitation.role,
            team=invitation.team if invitation.team and invitation.team.retired_at is None else None,
            term_from=invitation.term_from, term_until=invitation.term_until,
        )  # fmt: skip
