"""Keyed tags: the same for the same, another for anything else, and nothing without the key."""

import hmac
from enum import IntEnum
from hashlib import sha256

import pytest
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from forum.sealing.tags import box_mac, tag

PARTS = st.lists(st.one_of(st.text(max_size=6), st.integers(), st.binary(max_size=6)), max_size=4)
KEY = b"k" * 40


@pytest.fixture(autouse=True)
def _tag_key(settings):
    settings.TAG_KEY = KEY


def test_a_tag_is_an_hmac_under_a_key_derived_by_hkdf():
    extracted = hmac.digest(bytes(32), KEY, sha256)
    derived = hmac.digest(extracted, b"tag|support:7" + b"\x01", sha256)
    assert tag("support:7", 42, "가", b"\x00") == hmac.digest(
        derived, b"i\0\0\0\x0242" + b"s\0\0\0\x03\xea\xb0\x80" + b"b\0\0\0\x01\0", sha256
    )


def test_a_tag_changes_with_the_key_and_with_the_purpose(settings):
    before = tag("support:7", 42)
    assert before == tag("support:7", 42)
    assert before != tag("support:8", 42)
    settings.TAG_KEY = b"l" * 40
    assert before != tag("support:7", 42)


@given(PARTS, PARTS)
def test_two_lists_of_parts_have_one_tag_only_if_they_are_equal(first, second):
    equal = first == second and list(map(type, first)) == list(map(type, second))
    assert (tag("support:7", *first) == tag("support:7", *second)) == equal


@pytest.mark.parametrize(
    ("one", "other"),
    [(("ab", "c"), ("a", "bc")), ((1, 23), (12, 3)), (("1",), (1,)), ((b"1",), ("1",)), ((), ("",)), (("",), ("", ""))],
)
def test_parts_do_not_run_together(one, other):
    assert tag("support:7", *one) != tag("support:7", *other)


def test_a_number_or_text_of_a_special_kind_tags_like_the_plain_one():
    class Choice(IntEnum):
        YES = 1

    assert tag("support:7", Choice.YES, mark_safe("가")) == tag("support:7", 1, "가")


@pytest.mark.parametrize("part", [None, True, 1.0, memoryview(b"x"), bytearray(b"x"), ("x",)])
def test_what_has_no_one_encoding_is_refused(part):
    with pytest.raises(TypeError):
        tag("support:7", part)


def test_the_mac_of_a_box_binds_ballot_entry_version_and_envelope():
    digest = bytes(32)
    macs = {
        box_mac(*parts)
        for parts in [
            (1, 2, 3, digest), (2, 2, 3, digest), (1, 3, 3, digest), (1, 2, 4, digest), (1, 2, 3, b"\1" + digest[1:]),
            (12, 2, 3, digest), (1, 22, 3, digest),
        ]
    }  # fmt: skip
    assert len(macs) == 7
    assert {len(mac) for mac in macs} == {32}
