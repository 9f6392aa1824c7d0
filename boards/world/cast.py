"""The named cast of demo and tests: two invented institutions, two boards, and the people on them."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards.membership.actions import found_board, seat
from boards.membership.models import Board, Membership, Team
from boards.rooms.actions import found_room
from boards.rooms.models import Room
from boards.world.last_cohort import PEOPLE
from forum.accounts.models import User
from forum.events.recording import SYSTEM, verb
from forum.institutions.models import Appointment, Institution, MailDomain, Office

PASSWORD = "hanbit-2026!"  # noqa: S105 - the demo's, shown on its sign-in page
MEMBER, MODERATOR, EXECUTIVE = "member", "moderator", "executive"
STAFF, ADMIN, AUDITOR, GUEST = "staff", "institution_admin", "auditor", "guest"

ROLE_LABELS = {
    MEMBER: _("위원"),
    MODERATOR: _("운영자"),
    EXECUTIVE: _("책임관"),
    STAFF: _("직원"),
    ADMIN: _("기관 관리자"),
    AUDITOR: _("감사"),
    GUEST: _("기관 밖의 사람"),
}


@dataclass(frozen=True)
class Player:
    key: str
    name: str
    role: str
    board: str | None
    team: str | None = None

    @property
    def email(self) -> str:
        domain = {"garam": "garam.example", None: "guest.example"}.get(self.board, "hanbit.example")
        return f"{self.key}@{domain}"

    @property
    def role_label(self) -> str:
        return str(ROLE_LABELS[self.role])


CAST = [
    Player("minji", "김민지", MODERATOR, "hanbit"),
    Player("jun", "이준", MEMBER, "hanbit", "일하는 방식"),
    Player("sora", "박소라", MEMBER, "hanbit", "조직문화"),
    Player("tae", "최태호", MEMBER, "hanbit", "시민 서비스"),
    Player("hana", "정하나", EXECUTIVE, "hanbit"),
    Player("boss", "한도윤", EXECUTIVE, "hanbit"),
    Player("staff", "오세린", STAFF, "hanbit"),
    Player("admin", "문가영", ADMIN, "hanbit"),
    Player("audit", "서지호", AUDITOR, "hanbit"),
    Player("bora", "강보라", MEMBER, "hanbit", "일하는 방식"),
    Player("chan", "윤찬", MEMBER, "hanbit", "일하는 방식"),
    Player("dahee", "임다희", MEMBER, "hanbit", "조직문화"),
    Player("eunji", "신은지", MEMBER, "hanbit", "조직문화"),
    Player("gaon", "조가온", MEMBER, "hanbit", "시민 서비스"),
    Player("haru", "배하루", MEMBER, "hanbit", "시민 서비스"),
    Player("inho", "남인호", MEMBER, "hanbit", "일하는 방식"),
    Player("jiwoo", "권지우", MEMBER, "hanbit", "조직문화"),
    Player("rio", "류리오", MEMBER, "garam", "현장"),
    Player("nuri", "백누리", MODERATOR, "garam"),
    Player("guest", "손님", GUEST, None),
]

BOARDS = {
    "hanbit": {
        "institution": "한빛시", "name": "한빛 주니어보드", "code": "한빛", "cohort": 3, "office": "혁신책임관",
        "holder": "hana", "room": "함께 이야기해요", "headcount": 1020, "support_percent": 1,
    },
    "garam": {
        "institution": "가람군", "name": "가람 주니어보드", "code": "가람", "cohort": 1, "office": "혁신책임관",
        "holder": None, "room": "사랑방", "headcount": 480, "support_percent": 1,
    },
}  # fmt: skip


LAST_COHORT = "hanbit-2"


class World:
    """The cast as rows, each person and thing under its name (`world.jun`, `world.board`)."""

    def __init__(self) -> None:
        self.people: dict[str, User] = {}
        self.boards: dict[str, Board] = {}
        self.rooms: dict[str, Room] = {}

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["people"][name]
        except KeyError as error:
            raise AttributeError(name) from error

    @property
    def board(self) -> Board:
        return self.boards["hanbit"]

    @property
    def garam(self) -> Board:
        return self.boards["garam"]

    @property
    def room(self) -> Room:
        return self.rooms["hanbit"]

    @property
    def members(self) -> list[User]:
        """The members of the Hanbit board, those who vote."""
        return [self.people[it.key] for it in CAST if it.board == "hanbit" and it.role == MEMBER]


def found_cast() -> World:
    """Make institutions, people, offices, boards, seats and rooms; nothing of it may be there yet."""
    world = World()
    password = make_password(PASSWORD)
    today = timezone.localdate()
    term = {"term_from": today - timedelta(days=120), "term_until": today + timedelta(days=240)}
    for slug, told in BOARDS.items():
        _found_one(world, slug, told, password, term)
    MailDomain.objects.create(name="korea.kr", shared=True)
    world.people["guest"] = _person(next(it for it in CAST if it.key == "guest"), None, password)
    return world


def _person(player: Player, institution: Institution | None, password: str) -> User:
    person = User.objects.create_user(player.email, name=player.name, institution=institution)
    User.objects.filter(pk=person.pk).update(password=password)  # hashed once for all of the cast
    person.password = password
    return person


def _found_one(world: World, slug: str, told: dict, password: str, term: dict) -> None:
    institution = Institution.objects.create(name=told["institution"], headcount=told["headcount"])
    MailDomain.objects.create(name=f"{slug}.example", institution=institution)
    players = [it for it in CAST if it.board == slug]
    for player in players:
        world.people[player.key] = _person(player, institution, password)
    office = Office.objects.create(
        institution=institution, title=told["office"], holder=world.people.get(told["holder"] or "")
    )
    if slug == "hanbit":
        Office.objects.create(institution=institution, title="부시장", holder=world.people["boss"])
    for player in players:
        if player.role in (ADMIN, AUDITOR):
            Appointment.objects.create(person=world.people[player.key], institution=institution, role=player.role)
    with verb():
        board = found_board(
            by=SYSTEM, institution=institution, name=told["name"], slug=slug, code=told["code"],
            cohort=told["cohort"], addressee=office if told["holder"] else None,
            support_percent=told["support_percent"],
        )  # fmt: skip
        teams = {name: Team.objects.create(board=board, name=name) for name in {it.team for it in players if it.team}}
        for player in players:
            if player.role in (MEMBER, MODERATOR):
                role = Membership.Role.MEMBER if player.role == MEMBER else Membership.Role.MODERATOR
                team = teams.get(player.team or "")
                seat(board, by=SYSTEM, person=world.people[player.key], role=role, team=team, **term)
        world.rooms[slug] = found_room(board, by=SYSTEM, name=told["room"])
    world.boards[slug] = board


def found_last_cohort(world: World) -> tuple[Board, dict[str, User]]:
    """Make the board of the cohort before with its people, in office still; return both. Minji moderated it, too."""
    institution, password = world.board.institution, world.minji.password
    people = {
        key: _person(Player(key, name, MEMBER, LAST_COHORT), institution, password) for key, name in PEOPLE.items()
    }
    today = timezone.localdate()
    term: dict = {"term_from": today - timedelta(days=30), "term_until": today + timedelta(days=30)}
    with verb():
        board = found_board(
            by=SYSTEM, institution=institution, name="한빛 주니어보드 2기", slug=LAST_COHORT, code="한빛2", cohort=2,
            addressee=world.board.addressee, support_percent=1,
        )  # fmt: skip
        teams = [Team.objects.create(board=board, name=name) for name in ("일 줄이기", "조직문화")]
        seat(board, by=SYSTEM, person=world.minji, role=Membership.Role.MODERATOR, **term)
        for turn, person in enumerate(people.values()):
            seat(board, by=SYSTEM, person=person, role=Membership.Role.MEMBER, team=teams[turn % 2], **term)
        found_room(board, by=SYSTEM, name="2기 이야기방")
    world.boards[LAST_COHORT] = board
    return board, people


def find_cast() -> World | None:
    """Return the cast as it is in the database, None when it was never made."""
    world = World()
    world.boards = {board.slug: board for board in Board.objects.filter(slug__in=BOARDS)}
    if len(world.boards) != len(BOARDS):
        return None
    people = {person.email: person for person in User.objects.filter(email__in=[it.email for it in CAST])}
    world.people = {it.key: people[it.email] for it in CAST if it.email in people}
    rooms = Room.objects.filter(board__in=world.boards.values()).order_by("pk").select_related("board")
    for room in rooms:
        world.rooms.setdefault(room.board.slug, room)
    return world
