"""A moderator adds people by a list: first what would happen line by line, then all of it or nothing."""

import re
import unicodedata
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from boards.membership.mail_lists.rules import Line, parse
from boards.membership.models import Membership
from forum.accounts.models import User
from forum.events.models import Event
from forum.institutions.models import MailDomain
from forum.notifications.models import Letter
from forum.notifications.telling import tell
from tests.boards.browsing import text, words
from tests.boards.membership.seating import seat_of, today, typed

PAGE = "/boards/hanbit/members/list/"
LINES = "새내기, new1@hanbit.example, 조직문화\n오세린, STAFF@hanbit.example\n\n이준, jun@hanbit.example"


def listed(lines: str, **fields) -> dict:
    term = {"term_from": today().isoformat(), "term_until": (today() + timedelta(days=180)).isoformat()}
    return {"lines": lines, "role": "member", **term, **fields}


def outcomes(answer) -> list[str]:
    """What the dry run says of each line."""
    rows = re.findall(r"<tr>\s*<td>\d+</td>(.*?)</tr>", text(answer), re.DOTALL)
    return [
        re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", re.findall(r"<td>(.*?)</td>", row, re.DOTALL)[-1])) for row in rows
    ]


def digest(answer) -> str:
    return re.search(r'name="seen" value="(\w+)"', text(answer))[1]


def counted() -> tuple[int, int, int]:
    return User.objects.count(), Membership.objects.count(), Event.objects.count()


def test_the_dry_run_tells_line_by_line_what_will_happen_and_changes_nothing(hanbit, door):
    before = counted()

    answer = door.enter(hanbit.minji).post(PAGE, **listed(LINES))

    assert answer.status_code == 200
    assert outcomes(answer) == [
        "계정을 만들고 위원으로 추가합니다.",
        "위원으로 추가합니다.",
        "이미 위원이어서 그대로 둡니다.",
    ]
    assert "2명 추가하기" in words(answer)
    assert "new1@hanbit.example, 조직문화" in text(answer)
    assert counted() == before


def test_what_was_seen_is_confirmed_as_a_whole(hanbit, door):
    tell()  # of the cast's own seats
    Letter.objects.all().delete()
    seen = digest(door.enter(hanbit.minji).post(PAGE, **listed(LINES)))

    answer = door.post(PAGE, **listed(LINES, seen=seen))

    assert answer["Location"] == "/boards/hanbit/members/"
    new = User.objects.get(email="new1@hanbit.example")
    assert (new.name, new.institution) == ("새내기", hanbit.board.institution)
    assert (seat_of(new).team.name, seat_of(hanbit.staff).in_office) == ("조직문화", True)
    assert Membership.objects.filter(person=hanbit.jun).count() == 1
    tell()
    assert set(Letter.objects.values_list("to", flat=True)) == {"new1@hanbit.example", "staff@hanbit.example"}


def test_an_address_that_is_no_officials_is_pointed_out_in_its_line_and_added_only_knowingly(hanbit, door):
    lines = f"{LINES}\n바깥, outside@gmail.example"

    answer = door.enter(hanbit.minji).post(PAGE, **listed(lines))

    assert [("공직 메일 주소가 아닙니다." in it) for it in outcomes(answer)] == [False, False, False, True]
    assert "기관의 공직 메일이 아닌 주소가 1개 있습니다." in words(answer)
    assert "확인했습니다. 3명 추가하기" in words(answer)
    assert door.post(PAGE, **listed(lines, seen=digest(answer))).status_code == 302
    assert seat_of(User.objects.get(email="outside@gmail.example")).board == hanbit.board


BLOCKED = {
    "새내기, 주소아님": "이메일 주소가 아닙니다.",
    "새내기": "이메일 주소가 아닙니다.",
    ", new2@hanbit.example": "이름이 없습니다.",
    "새내기, new2@hanbit.example, 없는조": "이 보드에 없는 분임조입니다.",
    "정하나, hana@hanbit.example": "답변할 책임이 있는 직위를 맡고 있어 위원이 될 수 없습니다.",
    "류리오, rio@garam.example": "이 기관의 이메일 주소가 아닙니다.",
    "새내기, new@garam.example": "이 기관의 이메일 주소가 아닙니다.",
    "다시, new1@hanbit.example": "같은 주소가 두 번 있습니다.",
    "다시, NEW1@Hanbit.Example": "같은 주소가 두 번 있습니다.",
}


@pytest.mark.parametrize("line", BLOCKED)
def test_one_line_in_the_way_keeps_the_whole_list_out_and_in_the_field(hanbit, door, line):
    lines, before = f"{LINES}\n{line}", counted()

    answer = door.enter(hanbit.minji).post(PAGE, **listed(lines))
    forced = door.post(PAGE, **listed(lines, seen="0" * 64))

    assert f"고칠 줄: {BLOCKED[line]}" in outcomes(answer)[-1]
    assert 'name="seen"' not in text(answer)
    assert line in text(answer)
    assert forced.status_code == 409
    assert counted() == before


def test_an_address_written_in_two_normal_forms_is_the_same_address(hanbit, door):
    MailDomain.objects.create(name="한빛.example", institution=hanbit.board.institution)
    composed, decomposed = (unicodedata.normalize(form, "새내기, new@한빛.example") for form in ("NFC", "NFD"))
    assert composed != decomposed

    answer = door.enter(hanbit.minji).post(PAGE, **listed(f"{composed}\n{decomposed}"))

    assert outcomes(answer) == ["고칠 줄: 같은 주소가 두 번 있습니다."] * 2
    door.post("/boards/hanbit/members/new/", **typed(email=decomposed.partition(", ")[2], name="새내기"))
    again = door.post("/boards/hanbit/members/new/", **typed(email=composed.partition(", ")[2], name="새내기"))
    assert again.status_code == 409
    assert "이미 이 보드의 위원입니다." in words(again)
    assert User.objects.filter(name="새내기").count() == 1


def test_a_list_that_meanwhile_means_something_else_is_shown_again(hanbit, door):
    seen = digest(door.enter(hanbit.minji).post(PAGE, **listed("오세린, staff@hanbit.example")))
    hanbit.staff.institution = hanbit.garam.institution
    hanbit.staff.save()

    answer = door.post(PAGE, **listed("오세린, staff@hanbit.example", seen=seen))

    assert answer.status_code == 409
    assert "결과를 다시 확인한 뒤 추가해 주세요." in words(answer)
    assert "이 기관의 이메일 주소가 아닙니다." in outcomes(answer)[0]
    assert not Membership.objects.filter(person=hanbit.staff).exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_file_as_office_programs_save_it_lands_in_the_field(hanbit, door, encoding):
    data = "이름,이메일,분임조\r\n새내기,new1@hanbit.example,조직문화\r\n".encode(encoding)

    answer = door.enter(hanbit.minji).post(PAGE, **listed(""), file=SimpleUploadedFile("명단.csv", data))

    assert outcomes(answer) == ["계정을 만들고 위원으로 추가합니다."]
    assert "새내기,new1@hanbit.example,조직문화" in text(answer)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\xff\xfe", b"a\x00b", b"x" * 200_000])
def test_a_file_that_is_no_text_is_refused_and_what_was_typed_stays(hanbit, door, data):
    answer = door.enter(hanbit.minji).post(PAGE, **listed(LINES), file=SimpleUploadedFile("명단.csv", data))

    assert answer.status_code == 422
    assert "CSV 파일이 아니거나 너무 큽니다" in words(answer)
    assert "new1@hanbit.example" in text(answer)


@pytest.mark.parametrize(
    "lines", ["", " \n ", "이름, 이메일, 분임조", "\n".join(f"가, n{n}@hanbit.example" for n in range(201))]
)
def test_no_line_and_too_many_lines_are_refused(hanbit, door, lines):
    answer = door.enter(hanbit.minji).post(PAGE, **listed(lines))

    assert answer.status_code == 422
    assert "200명 이하의 명단" in words(answer)


def test_the_dry_run_asks_as_much_for_one_line_as_for_many(hanbit, django_assert_max_num_queries):
    from boards.membership.mail_lists.queries import plan

    for count in (1, 150):
        with django_assert_max_num_queries(6):
            plan(hanbit.board, "\n".join(f"새내기, new{n}@hanbit.example, 조직문화" for n in range(count)))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("홍길동, A@b.kr, 현장", Line(1, "홍길동", "a@b.kr", "현장")),
        ("홍길동\ta@b.kr", Line(1, "홍길동", "a@b.kr", "")),
        ("\n홍길동;a@b.kr;", Line(2, "홍길동", "a@b.kr", "")),
        ('"홍길동","a@b.kr","현장"', Line(1, "홍길동", "a@b.kr", "현장")),
    ],
)
def test_a_line_is_read_as_people_write_it(text, line):
    assert parse(text) == [line]


@given(st.text())
def test_any_text_can_be_read(text):
    assert len(parse(text)) <= len(text.splitlines())
