"""What changed between two texts."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.proposals.differences import Change, Piece, differences

TEXT = st.text(alphabet="가나다 ab.,\n", max_size=60)


def told(old: str, new: str) -> list[tuple[str, str]]:
    return [(str(piece.change), piece.text) for piece in differences(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("같은 글", "같은 글", [("kept", "같은 글")]),
        ("", "새 글", [("added", "새 글")]),
        ("없앨 글", "", [("removed", "없앨 글")]),
        (
            "회의는 한 시간만 합니다.",
            "회의는 30분만 합니다.",
            [("kept", "회의는 "), ("removed", "한 시간만"), ("added", "30분만"), ("kept", " 합니다.")],
        ),
        (
            "첫째 줄\n둘째 줄\n",
            "첫째 줄\n새로운 줄거리\n둘째 줄\n",
            [("kept", "첫째 줄\n"), ("added", "새로운 줄거리\n"), ("kept", "둘째 줄\n")],
        ),
        ("전혀 다른 이야기였습니다", "完", [("removed", "전혀 다른 이야기였습니다"), ("added", "完")]),
    ],
)
def test_changes_are_told_by_words(old, new, expected):
    assert told(old, new) == expected


@given(TEXT, TEXT)
def test_both_texts_can_be_read_out_of_the_pieces(old, new):
    pieces = differences(old, new)
    assert "".join(it.text for it in pieces if it.change is not Change.ADDED) == old
    assert "".join(it.text for it in pieces if it.change is not Change.REMOVED) == new
    assert all(it.text for it in pieces)


@given(TEXT)
def test_a_text_does_not_differ_from_itself(text):
    assert differences(text, text) == ([Piece(Change.KEPT, text)] if text else [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("가 " * 5000, "나 가 " * 2500),
        ("." * 10_000, "." * 9_999 + "!"),
        ("\n" * 10_000, "가\n" * 5_000),
        (" ".join(str(it % 97) for it in range(4000)), " ".join(str(it % 89) for it in range(4000))),
    ],
)
def test_no_text_of_the_greatest_length_takes_long(old, new):
    start = time.process_time()
    differences(old[:10_000], new[:10_000])
    assert time.process_time() - start < 2
