"""manage.py found_board: the first board of an installation, with all it needs."""

import unicodedata
from argparse import ArgumentTypeError
from datetime import date

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import models
from django.urls import reverse
from django.utils import timezone

from boards.membership.actions import found_board, seat
from boards.membership.models import Board, Membership, Mode, Team
from boards.rooms.actions import found_room
from boards.rooms.models import Room
from forum.accounts.models import User
from forum.events.recording import SYSTEM, verb
from forum.institutions.models import Institution, Office
from forum.management.commands.mail_domain import enter_domain
from forum.web.errors import Refusal
from forum.web.sites import absolute

BREADTH: int = Board._meta.get_field("breadth").default


def words(value: str) -> str:
    """The argument in NFC, without blanks around it; refuse an empty one."""
    text = unicodedata.normalize("NFC", value).strip()
    if not text:
        raise ArgumentTypeError("it must not be empty.")
    return text


def day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ArgumentTypeError(f"{value} is no date: write it as 2027-03-31.") from error


class Command(BaseCommand):
    help = "Make an institution, its office that owes answers, a moderator, a board and a room, all or nothing."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--institution", type=words, required=True, help="its name, made if it is new: 한빛시")
        parser.add_argument("--headcount", type=int, help="how many people it has; needed when it is new")
        parser.add_argument("--board", type=words, required=True, help="the board's name: 한빛 주니어보드")
        parser.add_argument("--slug", type=words, required=True, help="its name in addresses: hanbit")
        parser.add_argument("--code", type=words, required=True, help="what its proposal numbers begin with: 한빛")
        parser.add_argument("--cohort", type=int, default=1, help="which year's board it is: 3 for 제3기")
        parser.add_argument("--office", type=words, default="혁신책임관", help="the office that owes the answers")
        parser.add_argument("--holder-email", type=words, help="who holds the office; without one no ballot opens")
        parser.add_argument("--holder-name", type=words)
        parser.add_argument("--moderator-email", type=words, required=True)
        parser.add_argument("--moderator-name", type=words, required=True)
        parser.add_argument("--term-until", type=day, required=True, help="last day of the term: 2027-03-31")
        parser.add_argument(
            "--team", type=words, action="append", default=[], dest="teams",
            help="a team that members can be put in; once for each: --team 조직문화 --team 현장",
        )  # fmt: skip
        parser.add_argument(
            "--mail-domain", action="append", default=[], dest="mail_domains",
            help="whose addresses let its people sign up; once for each: --mail-domain hanbit.go.kr",
        )  # fmt: skip
        parser.add_argument("--room", type=words, default="함께 이야기해요", help="the name of the first live room")
        parser.add_argument("--named", action="store_true", help="ballots are named, not secret, unless a call says so")

    def handle(self, **told) -> None:
        if told["holder_email"] and not told["holder_name"]:
            raise CommandError("Give --holder-name with --holder-email.")
        for option, name in (("slug", "slug"), ("code", "code")):
            if Board.objects.filter(**{name: told[option]}).exists():
                raise CommandError(
                    f"There is a board with the {name} {told[option]} already: choose another --{option}."
                )
        try:
            with verb():
                board = self._found(told)
        except Refusal as error:
            raise CommandError(str(error)) from error
        self._tell(board, told)

    def _tell(self, board: Board, told: dict) -> None:
        say = self.stdout.write
        say(f"{board.name} is founded: {absolute(board.get_absolute_url())}")
        say(
            f"{told['moderator_name']} asks for a password with {told['moderator_email']} at "
            f"{absolute(reverse('account_reset_password'))}, follows the link in the mail, signs in and adds members."
        )
        if board.breadth < BREADTH:
            say(f"Ballots ask for votes from {board.breadth} teams, not {BREADTH}: the board has no more (--team).")
        if board.addressee is None or board.addressee.holder is None:
            say("Nobody holds the office that owes the answers: no ballot opens until somebody does.")
        elif told["holder_email"]:
            say(f"{told['holder_name']} gets a password in the same way, with {told['holder_email']}.")

    @staticmethod
    def _found(told: dict) -> Board:
        institution = _institution(told)
        for domain in told["mail_domains"]:
            enter_domain(domain, institution.name)
        office = _office(told, institution)
        teams = [Team(name=name) for name in dict.fromkeys(told["teams"])]
        fields = {
            "institution": institution, "name": told["board"], "slug": told["slug"], "code": told["code"],
            "cohort": told["cohort"], "addressee": office, "ballot_mode": Mode.NAMED if told["named"] else Mode.SEALED,
            "breadth": min(BREADTH, len(teams)),  # with fewer teams a rule of two could never be met
        }  # fmt: skip
        _check(Board(**fields), slug="--slug", name="--board", code="--code", cohort="--cohort")
        for team in teams:
            _check(team, name="--team")
        board = found_board(by=SYSTEM, **fields)
        for team in teams:
            team.board = board
        Team.objects.bulk_create(teams)
        moderator = _person(told, "moderator", institution)
        seat(
            board, by=SYSTEM, person=moderator, role=Membership.Role.MODERATOR,
            term_from=timezone.localdate(), term_until=told["term_until"],
        )  # fmt: skip
        _check(Room(board=board, name=told["room"]), name="--room")
        found_room(board, by=SYSTEM, name=told["room"])
        return board


def _check(thing: models.Model, **options: str) -> None:
    """Hold the fields against their limits and name the option of the first that breaks one."""
    try:
        thing.clean_fields(exclude={field.name for field in thing._meta.fields} - options.keys())
    except ValidationError as error:
        name, sentences = next(iter(error.message_dict.items()))
        raise CommandError(f"{options[name]} {getattr(thing, name)}: {' '.join(sentences)}") from error


def _institution(told: dict) -> Institution:
    institution = Institution.objects.filter(name=told["institution"]).first()
    if institution is None:
        if not told["headcount"] or told["headcount"] < 1:
            raise CommandError(
                f"{told['institution']} is new: say with --headcount how many people it has, at least 1."
            )
        institution = Institution(name=told["institution"], headcount=told["headcount"])
        _check(institution, name="--institution", headcount="--headcount")
        institution.save()
    elif told["headcount"] not in (None, institution.headcount):
        raise CommandError(f"{institution.name} has {institution.headcount} people already: leave --headcount out.")
    return institution


def _office(told: dict, institution: Institution) -> Office:
    """Find or make the office; a vacant one gets the holder, another's is not taken away."""
    office = Office.objects.filter(institution=institution, title=told["office"]).first()
    office = office or Office(institution=institution, title=told["office"])
    _check(office, title="--office")
    if told["holder_email"]:
        holder = _person(told, "holder", institution)
        if office.holder not in (None, holder):
            raise CommandError(f"{office.holder} holds {office.title} already: leave --holder-email out.")
        if Membership.objects.filter(person=holder, ended_at=None).exists():
            raise CommandError(f"{holder} sits on a board: who sits on a board cannot owe its answers.")
        office.holder = holder
    office.save()
    return office


def _person(told: dict, who: str, institution: Institution) -> User:
    """Find the account with the address, or make one that waits for its first password."""
    email, name = told[f"{who}_email"], told[f"{who}_name"]
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        _check(User(email=email, name=name), email=f"--{who}-email", name=f"--{who}-name")
        return User.objects.create_user(email, name=name, institution=institution)
    if person.institution_id != institution.pk:
        raise CommandError(f"{email} has an account outside {institution.name}: choose another --{who}-email.")
    return person
