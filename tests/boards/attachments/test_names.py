"""File names: readable Korean stays, what misleads programs or eyes goes."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from boards.attachments.names import LONGEST_IN_BYTES, LONGEST_NAME, clean_name
from boards.attachments.serving import disposition

NAMES = {
    "제안 근거(최종).hwp": "제안 근거(최종).hwp",
    unicodedata.normalize("NFD", "한글 이름.pdf"): "한글 이름.pdf",
    "C:\\fakepath\\보고서.docx": "보고서.docx",
    "../../etc/passwd.txt": "passwd.txt",
    "/etc/비밀.txt": "비밀.txt",
    "사진\u202egpj.exe": "사진gpj.exe",
    "줄\n바꿈\t있는\r이름.txt": "줄 바꿈 있는 이름.txt",
    "보이지\u200b않는\ufeff글자.txt": "보이지않는글자.txt",
    'a<b>c:"d|e?f*.png': "a_b_c__d_e_f_.png",
    "  앞뒤  빈칸  .txt": "앞뒤 빈칸.txt",
    "...숨김.txt": "숨김.txt",
    "con.txt": "_con.txt",
    "NUL": "_NUL",
    "끝점.txt. . ": "끝점.txt",
    "": "",
    "...": "",
    "가" * 300 + ".hwpx": "가" * 78 + ".hwpx",
}


@pytest.mark.parametrize(("raw", "clean"), NAMES.items(), ids=[repr(raw)[:30] for raw in NAMES])
def test_a_name_becomes(raw, clean):
    assert clean_name(raw) == clean


@given(st.text(max_size=400))
@example("0 \x1b\r0")
@example("e\u200b\u0301.pdf")
def test_whatever_comes_a_clean_name_leads_nowhere_and_fits(raw):
    name = clean_name(raw)

    assert len(name) <= LONGEST_NAME
    assert len(name.encode()) <= LONGEST_IN_BYTES
    assert not set('/\\<>:"|?*') & set(name)
    assert all(unicodedata.category(sign)[0] != "C" for sign in name)
    assert name == unicodedata.normalize("NFC", name)
    assert name == name.strip(" .")
    assert clean_name(name) == name


@given(st.text(min_size=1, max_size=60))
def test_the_header_holds_any_name_in_plain_letters(raw):
    header = disposition(clean_name(raw), "attachment-7.pdf")

    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
