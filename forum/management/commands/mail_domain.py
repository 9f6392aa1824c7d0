"""manage.py mail_domain: whose mail addresses let officials sign up."""

from argparse import FileType

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_domain_name, validate_email
from django.db import transaction

from forum.institutions.models import Institution, ListedAddress, MailDomain


class Command(BaseCommand):
    help = "Let officials sign up: with a domain of one institution, or with one several share and a list of addresses."

    def add_arguments(self, parser) -> None:
        parser.add_argument("domain", help="what stands after the @: hanbit.go.kr")
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--institution", help="the name of the institution whose own domain it is: 한빛시")
        whose.add_argument("--shared", action="store_true", help="several institutions use it: korea.kr")
        parser.add_argument("--addresses-of", help="with --shared: the institution whose people the list names")
        parser.add_argument(
            "--addresses", type=FileType(encoding="utf-8"), help="with --addresses-of: a file, one address a line"
        )

    def handle(self, *, domain: str, institution: str | None, shared: bool, **told) -> None:
        with transaction.atomic():
            found = enter_domain(domain, institution)
            count = self._list(found, told["addresses_of"], told["addresses"])
        whose = (
            "is shared: who has it needs an invitation or a place on an institution's list"
            if shared
            else (f"lets the people of {institution} sign up")
        )
        self.stdout.write(f"{found.name} {whose}." + (f" {count} addresses were added." if count else ""))

    @staticmethod
    def _list(domain: MailDomain, name: str | None, file) -> int:
        if (name is None) != (file is None):
            raise CommandError("Give --addresses-of and --addresses together.")
        if file is None:
            return 0
        addresses = [line.strip().lower() for line in file if line.strip()]
        for address in addresses:
            _check(validate_email, address)
            if address.rpartition("@")[2] != domain.name:
                raise CommandError(f"{address} is not of {domain.name}.")
        institution = _institution(name or "")
        strangers = ListedAddress.objects.filter(email__in=addresses).exclude(institution=institution).first()
        if strangers is not None:
            raise CommandError(f"{strangers.email} is on the list of {strangers.institution} already.")
        new = set(addresses) - set(institution.listed_addresses.values_list("email", flat=True))
        ListedAddress.objects.bulk_create(ListedAddress(institution=institution, email=it) for it in sorted(new))
        return len(new)


def enter_domain(name: str, institution: str | None) -> MailDomain:
    """Enter a domain as an institution's own, or with None as shared; raise CommandError if it is another's."""
    name = name.lower().removeprefix("@")
    _check(validate_domain_name, name)
    owner = _institution(institution) if institution else None
    domain, _new = MailDomain.objects.get_or_create(name=name, defaults={"institution": owner, "shared": owner is None})
    if domain.institution != owner:
        raise CommandError(f"{name} is {domain.institution or 'shared'} already: choose another domain.")
    return domain


def _institution(name: str) -> Institution:
    found = Institution.objects.filter(name=name).first()
    if found is None:
        raise CommandError(f"There is no institution {name}: found its first board with found_board.")
    return found


def _check(validate, value: str) -> None:
    try:
        validate(value)
    except ValidationError as error:
        raise CommandError(f"{value}: {' '.join(error.messages)}") from error
