"""What must hold before somebody is seated: the term, the address, no office, no seat yet."""

from datetime import date

from django.utils.translation import gettext as _

from boards.membership.models import Board, Membership, Team
from forum.accounts.models import User
from forum.institutions.addresses import mail_domain
from forum.institutions.models import Institution, MailDomain
from forum.web.errors import Invalid, WrongState


def demand_term(term_from: date, term_until: date) -> None:
    """Raise Invalid for a term that ends before it begins."""
    if term_until < term_from:
        raise Invalid(_("임기가 끝나는 날은 시작하는 날보다 빠를 수 없습니다. 날짜를 다시 확인해 주세요."))


def demand_open(team: Team | None) -> None:
    """Raise Invalid for a team that takes nobody in any more; it stays open while the board is locked."""
    if team is not None and not Team.objects.current().filter(pk=team.pk).exists():
        raise Invalid(_("그사이 마친 분임조입니다. 다른 분임조를 골라 주세요."))


def demand_no_office(person: User) -> None:
    """Raise Invalid for an executive: who owes the answers has no seat."""
    if person.holds_office:
        raise Invalid(
            _("%(name)s 님은 답변할 책임이 있는 직위를 맡고 있어 위원이 될 수 없습니다.") % {"name": person.name}
        )


def demand_seatable(board: Board, email: str) -> User | None:
    """Return whose address this is, None when nobody's yet; raise Invalid or WrongState if they cannot be seated."""
    person = User.objects.filter(email__iexact=email).first()
    if not may_be_of(board.institution, person, mail_domain(email)):
        raise Invalid(
            _("%(institution)s의 이메일 주소가 아닙니다. 주소를 다시 확인해 주세요.")
            % {"institution": board.institution.name}
        )
    if person is not None:
        demand_no_office(person)
        if Membership.objects.filter(board=board, person=person, ended_at=None).exists():
            raise WrongState(_("%(name)s 님은 이미 이 보드의 위원입니다.") % {"name": person.name})
    return person


def may_be_of(institution: Institution, person: User | None, domain: MailDomain | None) -> bool:
    """By the account, else by the domain; an address nobody knows is believed to the moderator who adds it."""
    if person is not None and person.institution is not None:
        return person.institution == institution
    if domain is None:
        return person is None
    return domain.shared or domain.institution == institution


def officials_known() -> bool:
    """Whether any domain of officials is entered, without which no address can be told from another."""
    return MailDomain.objects.exists()


def nobody_vouches_for(person: User | None, domain: MailDomain | None, *, known: bool) -> bool:
    """Whether an address has neither an account nor a domain of officials, where such are `known`.

    It may be added all the same, but knowingly.
    """
    return known and person is None and domain is None
