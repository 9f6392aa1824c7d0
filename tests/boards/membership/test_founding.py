"""The first board of an installation: founded on an empty database, with a moderator who can sign in."""

import re
import unicodedata
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from boards.membership.models import Board, Membership, Mode
from boards.rooms.models import Room
from forum.accounts.models import User
from forum.events.models import Event, Stream
from forum.institutions.models import Institution, Office
from forum.notifications.models import Letter
from tests.boards.browsing import published, text
from tests.boards.membership.seating import today

pytestmark = pytest.mark.django_db
KEPT = (Institution, Office, User, Board, Membership, Room, Event, Stream)


def told(**options) -> dict:
    """Options of the command that found a board, some of them changed; None leaves one out."""
    plain = {
        "institution": "새빛군", "headcount": 300, "board": "새빛 주니어보드", "slug": "saebit", "code": "새빛",
        "cohort": 2, "holder_email": "officer@saebit.example", "holder_name": "강책임",
        "moderator_email": "mod@saebit.example", "moderator_name": "문운영",
        "term_until": (today() + timedelta(days=200)).isoformat(),
    }  # fmt: skip
    return {name: value for name, value in {**plain, **options}.items() if value is not None}


def found(capsys, **options) -> str:
    """Run the command as on a shell and return what it prints."""
    arguments = [f"--{name.replace('_', '-')}={value}" for name, value in told(**options).items() if value is not True]
    flags = [f"--{name}" for name, value in options.items() if value is True]
    call_command("found_board", *arguments, *flags)
    return capsys.readouterr().out


def counted() -> dict:
    return {model.__name__: model.objects.count() for model in KEPT}


def test_one_command_makes_all_a_board_needs(capsys):
    said = found(capsys)

    board = Board.objects.get(slug="saebit")
    assert (board.name, board.code, board.cohort, board.ballot_mode) == ("새빛 주니어보드", "새빛", 2, Mode.SEALED)
    assert (board.institution.name, board.institution.headcount) == ("새빛군", 300)
    assert (board.addressee.title, board.addressee.holder.name) == ("혁신책임관", "강책임")
    seat = board.memberships.get()
    assert (seat.person.email, seat.role, seat.in_office) == ("mod@saebit.example", "moderator", True)
    assert board.rooms.get().name == "함께 이야기해요"
    assert "/boards/saebit/" in said
    assert "/accounts/password/reset/" in said


@pytest.mark.parametrize(
    ("teams", "breadth"), [([], 0), (["현장"], 1), (["현장", "현장"], 1), (["현장", "문화", "행정"], 2)]
)
def test_a_ballot_asks_for_votes_from_no_more_teams_than_there_are(capsys, teams, breadth):
    given = [f"--team={name}" for name in teams]
    call_command("found_board", *(f"--{name.replace('_', '-')}={value}" for name, value in told().items()), *given)

    board = Board.objects.get(slug="saebit")
    assert [team.name for team in board.teams.order_by("pk")] == list(dict.fromkeys(teams))
    assert board.breadth == breadth
    assert ("--team" in capsys.readouterr().out) is (breadth < 2)


def test_the_moderator_sets_a_password_by_mail_signs_in_and_adds_a_member(capsys, client):
    found(capsys)
    colleague = User.objects.create_user(
        "new@saebit.example", name="새내기", institution=Institution.objects.get(name="새빛군")
    )
    client.post("/accounts/password/reset/", {"email": "mod@saebit.example"})
    letter = Letter.objects.get(to="mod@saebit.example")
    link = re.search(r"/accounts/password/reset/key/\S+", letter.body)[0]

    form = client.get(link, follow=True)
    password = "수요일-저녁-산책-17"
    client.post(form.redirect_chain[-1][0], {"password1": password, "password2": password})
    client.post("/accounts/login/", {"login": "mod@saebit.example", "password": password})
    client.post(
        "/boards/saebit/members/new/",
        {"email": colleague.email, "role": "member", "team": "", "term_from": today(), "term_until": today()},
    )

    assert Membership.objects.get(person=colleague).added_by.email == "mod@saebit.example"
    client.force_login(colleague)
    assert client.get("/boards/saebit/proposals/new/").status_code == 200


def test_the_founding_is_the_first_entry_of_the_boards_log(capsys, client):
    found(capsys)
    client.force_login(User.objects.get(email="mod@saebit.example"))

    log = text(client.get("/boards/saebit/log/"))

    assert "주니어보드가 만들어졌습니다." in log
    assert "운영자를 추가했습니다." in log


def test_the_boards_first_proposal_carries_its_code_and_this_year(capsys):
    found(capsys)
    board = Board.objects.get()
    Membership.objects.update(role="member")

    proposal = published(User.objects.get(email="mod@saebit.example"), board)

    assert proposal.number == f"새빛-{today().year}-001"


@pytest.mark.parametrize(("option", "other"), [("slug", {"code": "다른"}), ("code", {"slug": "other"})])
def test_a_second_run_is_refused_with_a_sentence_and_changes_nothing(capsys, option, other):
    found(capsys)
    before = counted()

    with pytest.raises(CommandError, match=f"choose another --{option}"):
        found(capsys, **other)

    assert counted() == before


WRONG = {
    "--slug": {"slug": "한빛 보드"},
    "--moderator-email": {"moderator_email": "문운영"},
    "--holder-email": {"holder_email": "강책임"},
    "--holder-name": {"holder_name": None},
    "--headcount": {"headcount": None},
    "at least 1": {"headcount": 0},
    "--cohort": {"cohort": -1},
    "--code": {"code": "새" * 21},
    "--board": {"board": "새" * 61},
    "--room": {"room": "방" * 200},
    "--moderator-name": {"moderator_name": "문" * 61},
    "write it as 2027-03-31": {"term_until": "내년 봄"},
    "must not be empty": {"institution": " "},
    "빠를 수 없습니다": {"term_until": "2020-01-01"},
    "위원이 될 수 없습니다": {"holder_email": "mod@saebit.example"},
}


@pytest.mark.parametrize("sentence", WRONG)
def test_a_wrong_argument_is_named_and_nothing_is_left_behind(capsys, sentence):
    with pytest.raises(CommandError, match=re.escape(sentence)):
        found(capsys, **WRONG[sentence])

    assert not any(counted().values())


def test_a_board_without_a_holder_is_founded_and_says_what_is_missing(capsys):
    said = found(capsys, holder_email=None, holder_name=None)

    assert Board.objects.get().addressee.holder is None
    assert "no ballot opens" in said


def test_a_second_board_of_an_institution_shares_its_office(capsys):
    found(capsys)

    found(
        capsys, slug="saebit-2", code="새빛2", headcount=None, holder_email=None, holder_name=None,
        moderator_email="mod2@saebit.example", named=True,
    )  # fmt: skip

    first, second = Board.objects.order_by("pk")
    assert first.addressee == second.addressee
    assert first.institution == second.institution
    assert second.ballot_mode == Mode.NAMED


def test_a_vacant_office_gets_the_holder_and_another_persons_is_not_taken(capsys):
    found(capsys, holder_email=None, holder_name=None)
    second = {"slug": "saebit-2", "code": "새빛2", "headcount": None, "moderator_email": "mod2@saebit.example"}
    found(capsys, **second)
    assert Office.objects.get().holder.name == "강책임"

    third = {**second, "slug": "saebit-3", "code": "새빛3", "holder_email": "other@saebit.example"}
    with pytest.raises(CommandError, match="강책임 holds 혁신책임관 already"):
        found(capsys, **third)

    assert Office.objects.get().holder.name == "강책임"
    assert not User.objects.filter(email="other@saebit.example").exists()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"holder_email": "jun@hanbit.example"}, "sits on a board"),
        ({"moderator_email": "rio@garam.example"}, "outside 한빛시"),
        ({"headcount": 5}, "leave --headcount out"),
    ],
)
def test_people_and_figures_that_are_there_already_are_not_bent(hanbit, capsys, options, sentence):
    before = counted()
    plain = {"institution": "한빛시", "headcount": None, "office": "기획실장"}

    with pytest.raises(CommandError, match=sentence):
        found(capsys, **{**plain, **options})

    assert counted() == before


def test_names_typed_in_decomposed_letters_are_kept_composed(capsys):
    found(capsys, board=unicodedata.normalize("NFD", "새빛 주니어보드"), code=unicodedata.normalize("NFD", "새빛"))

    board = Board.objects.get()
    assert (board.name, board.code) == ("새빛 주니어보드", "새빛")
