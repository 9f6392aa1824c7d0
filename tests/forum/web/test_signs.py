"""Signs that cannot be seen turn nobody's words around and make no second name of the same letters."""

import re
import unicodedata
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.web.signs import line, lines
from tests.boards.browsing import published, text
from tests.forum.accounts.visiting import CODE, SIGN_UP, code_for, person, typed
from tests.laws.hostile import BIDI

NEW = "new@hanbit.example"
BLANKS = "\u200b\u2060\ufeff\u3164\uffa0\u00ad"
MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
FAMILY, HEART, ROW = "👨‍👩‍👧‍👦", "❤️‍🔥", "🚣🏽‍♀️"
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize("read", [line, lines])
@pytest.mark.parametrize(
    "typed_text", [*BIDI, *(f"이{sign}준" for sign in MARKS + "\u200b\u2060\ufeff\u3164\uffa0\u00ad")]
)
def test_no_mark_of_direction_and_no_blank_without_width_stays(read, typed_text):
    assert not set(read(typed_text)) & set(MARKS + BLANKS)


@pytest.mark.parametrize("read", [line, lines])
@pytest.mark.parametrize("picture", [FAMILY, HEART, ROW, SCOTLAND, "☎️", "1️⃣"])
def test_a_picture_drawn_from_several_stays_whole(read, picture):
    assert read(f"가{picture}나 {picture}{picture}") == f"가{picture}나 {picture}{picture}"


def test_a_joiner_between_letters_stays_in_a_text_and_goes_from_a_name():
    persian = "می‌خواهم"

    assert lines(persian) == persian
    assert line("이\u200d준\u200c") == "이준"
    assert lines("\u200d 끝\u200d") == " 끝"


def test_a_name_is_one_line_and_a_text_keeps_its_lines():
    assert line("이\n준\u2028님") == "이 준 님"
    assert lines("하나\r\n둘\t셋\x00") == "하나\n둘\t셋"
    assert line("\u3164\u2800\u115f\u1160\u200b") == ""


@pytest.mark.parametrize("read", [line, lines])
@given(st.text(max_size=80))
def test_whatever_is_typed_is_composed_and_reads_the_same_again(read, typed_text):
    once = read(typed_text)

    assert once == unicodedata.normalize("NFC", once)
    assert read(once) == once


# Through the front door


def test_a_name_that_would_turn_the_page_around_is_kept_without_what_turns(hanbit, client):
    client.post(SIGN_UP, typed(NEW, name="\u202e고\u2066은\u200b별\u3164"))
    client.post(CODE, {"action": "verify", "code": code_for(NEW)})

    assert person(NEW).name == "고은별"


def test_a_name_of_nothing_that_can_be_seen_is_none(hanbit, client):
    page = client.post(SIGN_UP, typed(NEW, name="\u3164\u200b\u2060"))

    assert "이름을 써 주세요." in text(page)


def test_a_name_somebody_else_gives_is_cleaned_as_well(hanbit, client):
    client.force_login(hanbit.minji)
    seat = {"role": "member", "term_from": "2026-01-01", "term_until": "2099-01-01"}
    people = {"lines": "\u2067둘\u200d째,second@hanbit.example,", **seat}

    client.post("/boards/hanbit/members/new/", {"email": NEW, "name": "\u202e새\u200b내기", **seat})
    shown = text(client.post("/boards/hanbit/members/list/", people))
    seen = re.search(r'name="seen" value="([^"]*)"', shown)[1]
    client.post("/boards/hanbit/members/list/", {"seen": seen, **people})

    assert (person(NEW).name, person("second@hanbit.example").name) == ("새내기", "둘째")


def test_a_comment_and_a_room_keep_no_mark_of_direction(hanbit, client):
    proposal = published(hanbit.sora, hanbit.board)
    client.force_login(hanbit.minji)

    said = {"stance": "for", "body": f"찬성\u202e합니다 {FAMILY}\n둘째 줄", "client_id": uuid.uuid4()}
    client.post(f"/proposals/{proposal.pk}/comments/", said)
    client.post("/boards/hanbit/rooms/", {"name": "\u202e새 방", "purpose": "이야기\u2066합니다"})

    assert proposal.comments.get().body == f"찬성합니다 {FAMILY}\n둘째 줄"
    room = hanbit.board.rooms.latest("pk")
    assert (room.name, room.purpose) == ("새 방", "이야기합니다")
