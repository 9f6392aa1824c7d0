"""Accounts from an institution's own list, and who holds an office, on the command line."""

import io

import pytest
from django.core.management import CommandError, call_command

from forum.accounts.models import User
from forum.events.models import Stream
from forum.institutions.models import Office
from tests.boards.browsing import Door, published, text
from tests.boards.escalation.answering import received

LIST = "kim@hanbit.example,김하나\n\nlee@hanbit.example, 이둘 \n"


@pytest.fixture
def listed(hanbit, tmp_path, capsys):
    """Run the command on a list and return what it says."""

    def run(lines: str, institution: str = "한빛시") -> str:
        path = tmp_path / "people.csv"
        path.write_text(lines)
        call_command("add_people", str(path), institution=institution)
        return capsys.readouterr().out

    return run


def test_each_line_makes_an_account_once_that_reads_the_open_board_and_has_no_password(hanbit, listed, client):
    proposal = published(hanbit.jun, hanbit.board)

    assert "2 accounts made, 0 were there." in listed(LIST)
    assert "0 accounts made, 2 were there." in listed(LIST.upper().replace("김하나", "다른 이름"))

    lee = User.objects.get(email="lee@hanbit.example")
    assert (lee.name, lee.institution.name, lee.has_usable_password()) == ("이둘", "한빛시", False)
    assert Stream.objects.filter(name=lee.stream).exists()
    client.force_login(lee)
    assert client.get(f"/proposals/{proposal.pk}/").status_code == 200
    assert "공감하기" in text(client.get(f"/proposals/{proposal.pk}/"))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("no-address,홍길동", "Line 4: no-address"),
        ("hong@hanbit.example,", "Line 4: hong@hanbit.example,"),
        ("hong@hanbit.example", "Line 4: write an address and a name"),
        ("hong@hanbit.example,홍길동,조직문화", "Line 4: write an address and a name"),
        (f"hong@hanbit.example,{'홍' * 61}", "Line 4: hong@hanbit.example"),
        ("rio@narae.example,리오", "outside 한빛시"),
    ],
)
def test_one_bad_line_makes_no_account_at_all(hanbit, listed, line, sentence):
    User.objects.filter(pk=hanbit.rio.pk).update(email="rio@narae.example")
    before = User.objects.count()

    with pytest.raises(CommandError, match=sentence) as refused:
        listed(LIST + line)

    assert "Nothing was made." in str(refused.value)
    assert User.objects.count() == before


def test_a_list_that_is_not_there_or_no_text_or_of_no_institution_is_refused(hanbit, listed, tmp_path):
    (tmp_path / "euckr.csv").write_bytes("김하나".encode("euc-kr"))
    for name in ("absent.csv", "euckr.csv"):
        with pytest.raises(CommandError, match="cannot be read as a text in UTF-8"):
            call_command("add_people", str(tmp_path / name), institution="한빛시")
    with pytest.raises(CommandError, match="There is no institution 없는시"):
        listed(LIST, institution="없는시")


def test_the_list_may_come_by_the_standard_input(hanbit, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(LIST))
    call_command("add_people", "-", institution="한빛시")
    assert User.objects.filter(email="kim@hanbit.example").exists()


def test_an_office_gets_another_holder_with_all_on_its_desk(hanbit, keys, client, capsys):
    escalation = received(hanbit)
    call_command("appoint", institution="한빛시", email=hanbit.staff.email.upper())

    assert f"{hanbit.hana.name} → {hanbit.staff.name}" in capsys.readouterr().out
    assert Door(client).enter(hanbit.staff).get(escalation.get_absolute_url()).status_code == 200
    assert Door(client).enter(hanbit.hana).get(escalation.get_absolute_url()).status_code == 404
    for person in (hanbit.hana, hanbit.staff):
        assert Stream.objects.get(name=person.stream).events.filter(verb="rights_changed").exists()


def test_an_office_can_be_declared_vacant(hanbit, keys):
    call_command("appoint", institution="한빛시", vacant=True)
    assert Office.objects.get(title="혁신책임관", institution=hanbit.board.institution).holder is None


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"email": "jun@hanbit.example"}, "sits on a board"),
        ({"email": "rio@hanbit.example"}, "Nobody of 한빛시 has an account"),
        ({"email": "boss@hanbit.example", "office": "시장실"}, "has no office 시장실"),
        ({"email": "boss@hanbit.example", "institution": "없는시"}, "There is no institution 없는시"),
    ],
)
def test_who_cannot_hold_the_office_does_not_get_it(hanbit, options, sentence):
    for key in ("jun", "boss"):
        User.objects.filter(pk=hanbit.people[key].pk).update(email=f"{key}@hanbit.example")
    with pytest.raises(CommandError, match=sentence):
        call_command("appoint", **{"institution": "한빛시", "office": "혁신책임관", **options})
    assert Office.objects.get(title="혁신책임관", institution=hanbit.board.institution).holder == hanbit.hana
