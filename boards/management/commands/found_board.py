"""manage.py found_board: the first board of an installation, with all it needs."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email, validate_slug
from django.utils import timezone

from boards.membership.actions import found_board, seat
from boards.membership.models import Board, Membership, Mode
from boards.rooms.actions import found_room
from forum.accounts.models import User
from forum.events.recording import SYSTEM, verb
from forum.institutions.models import Institution, Office
from forum.web.errors import Refusal


class Command(BaseCommand):
    help = "Make an institution, its office that owes answers, a moderator and a board, all or nothing."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--institution", required=True, help="its name, made if it is new: 한빛시")
        parser.add_argument("--headcount", type=int, required=True, help="how many people it has")
        parser.add_argument("--board", required=True, help="the board's name: 한빛 주니어보드")
        parser.add_argument("--slug", required=True, help="its name in addresses: hanbit")
        parser.add_argument("--code", required=True, help="what its proposal numbers begin with: 한빛")
        parser.add_argument("--cohort", type=int, default=1)
        parser.add_argument("--office", default="혁신책임관", help="the office that owes the answers")
        parser.add_argument("--holder-email", help="who holds the office; without one no ballot opens")
        parser.add_argument("--holder-name")
        parser.add_argument("--moderator-email", required=True)
        parser.add_argument("--moderator-name", required=True)
        parser.add_argument("--term-until", type=date.fromisoformat, required=True, help="2027-03-31")
        parser.add_argument("--room", default="함께 이야기해요", help="the name of the first live room")
        parser.add_argument("--named", action="store_true", help="ballots are named unless the moderator says otherwise")

    def handle(self, **told) -> None:
        self._check(told)
        try:
            with verb():
                board = self._found(told)
        except Refusal as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{board.name} is founded at {board.get_absolute_url()}.\n"
            f"{told['moderator_email']} signs in after setting a password at /accounts/password/reset/."
        )

    @staticmethod
    def _check(told: dict) -> None:
        try:
            validate_slug(told["slug"])
            for address in filter(None, (told["moderator_email"], told["holder_email"])):
                validate_email(address)
        except ValidationError as error:
            raise CommandError(f"{error.params['value'] if error.params else ''}: {' '.join(error.messages)}") from error
        if told["holder_email"] and not told["holder_name"]:
            raise CommandError("Give --holder-name with --holder-email.")
        if told["headcount"] < 1:
            raise CommandError("--headcount must be at least 1.")
        if Board.objects.filter(slug=told["slug"]).exists() or Board.objects.filter(code=told["code"]).exists():
            raise CommandError(f"There is a board {told['slug']} or {told['code']} already: choose another slug and code.")

    @staticmethod
    def _found(told: dict) -> Board:
        institution, _made = Institution.objects.get_or_create(
            name=told["institution"], defaults={"headcount": told["headcount"]}
        )
        holder = _person(told["holder_email"], told["holder_name"], institution) if told["holder_email"] else None
        office, _made = Office.objects.get_or_create(
            institution=institution, title=told["office"], defaults={"holder": holder}
        )
        board = found_board(
            by=SYSTEM, institution=institution, name=told["board"], slug=told["slug"], code=told["code"],
            cohort=told["cohort"], addressee=office, ballot_mode=Mode.NAMED if told["named"] else Mode.SEALED,
        )  # fmt: skip
        moderator = _person(told["moderator_email"], told["moderator_name"], institution)
        seat(
            board, by=SYSTEM, person=moderator, role=Membership.Role.MODERATOR,
            term_from=timezone.localdate(), term_until=told["term_until"],
        )  # fmt: skip
        found_room(board, by=SYSTEM, name=told["room"])
        return board


def _person(email: str, name: str, institution: Institution) -> User:
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        return User.objects.create_user(email, name=name, institution=institution)
    if person.institution_id != institution.pk:
        raise CommandError(f"{email} belongs to another institution already.")
    return person
