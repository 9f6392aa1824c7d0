"""What a mail address proves: that its holder is an official, and perhaps of which institution."""

from forum.institutions.models import Institution, ListedAddress, MailDomain


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].lower()


def mail_domain(email: str) -> MailDomain | None:
    return MailDomain.objects.select_related("institution").filter(name=domain_of(email)).first()


def institution_of(email: str) -> Institution | None:
    """Return the institution an address belongs to: by its domain, or of a shared one by the institution's list.

    An invitation proves nothing until it is accepted: it may have gone to a mistyped address.
    """
    domain = mail_domain(email)
    if domain is None:
        return None
    if not domain.shared:
        return domain.institution
    listed = ListedAddress.objects.select_related("institution").filter(email=email.lower()).first()
    return listed.institution if listed else None
