"""What a mail address proves: that its holder is an official, and perhaps of which institution."""

from collections.abc import Callable

from forum.institutions.models import Institution, ListedAddress, MailDomain

_vouchers: list[Callable[[str], Institution | None]] = []


def ask_also(voucher: Callable[[str], Institution | None]) -> None:
    """Register, once at start-up, who else can tell the institution of an address of a shared domain."""
    _vouchers.append(voucher)


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].lower()


def mail_domain(email: str) -> MailDomain | None:
    return MailDomain.objects.select_related("institution").filter(name=domain_of(email)).first()


def institution_of(email: str) -> Institution | None:
    """Return the institution an address belongs to: by its domain, or of a shared one by the list or an invitation."""
    domain = mail_domain(email)
    if domain is None:
        return None
    if not domain.shared:
        return domain.institution
    listed = ListedAddress.objects.select_related("institution").filter(email=email.lower()).first()
    if listed is not None:
        return listed.institution
    return next((found for voucher in _vouchers if (found := voucher(email.lower()))), None)
