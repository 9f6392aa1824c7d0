"""manage.py appoint: who holds an office that owes answers, or that nobody does."""

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Model, QuerySet

from boards.escalation.actions import hand_over
from boards.escalation.models import Escalation
from boards.membership.models import Membership
from forum.accounts.models import User
from forum.institutions.models import Institution, Office


class Command(BaseCommand):
    help = "Give an office to another holder, with all that lies on its desk, or declare it vacant."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--institution", required=True, help="its name: 한빛시")
        parser.add_argument("--office", default="혁신책임관", help="the office: 혁신책임관")
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--email", help="the address of the new holder's account (manage.py add_people makes one)")
        who.add_argument("--vacant", action="store_true", help="nobody holds it any more")

    def handle(self, *, institution: str, office: str, email: str | None, **told) -> None:
        place = _one(Institution.objects.filter(name=institution), f"There is no institution {institution}.")
        seat = _one(Office.objects.filter(institution=place, title=office), f"{place} has no office {office}.")
        before, after = seat.holder, _holder(email, place) if email else None
        hand_over(seat, to=after)
        self.stdout.write(f"{place} {office}: {before or 'nobody'} → {after or 'nobody'}.")
        theirs = Escalation.objects.unanswered().by_its_answerer().filter(addressee=seat)
        if numbers := ", ".join(theirs.values_list("proposal__number", flat=True)):
            self.stdout.write(f"{after} may not answer what they proposed themselves: {numbers}.")


def _one[Row: Model](rows: QuerySet[Row], otherwise: str) -> Row:
    row = rows.first()
    if row is None:
        raise CommandError(otherwise)
    return row


def _holder(email: str, institution: Institution) -> User:
    people = User.objects.filter(email__iexact=email, institution=institution, is_active=True)
    person = _one(people, f"Nobody of {institution} has an account with {email}: make one with add_people.")
    if Membership.objects.filter(person=person, ended_at=None).exists():
        raise CommandError(f"{person} sits on a board: who sits on a board cannot owe its answers.")
    return person
