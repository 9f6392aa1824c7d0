"""Envelopes: sealed as RFC 9180 says, opened only at their place, framed in one way only."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.sealing.envelope import (
    SealingError,
    choice_of,
    encode_public_key,
    envelope_hash,
    new_message,
    open_envelope,
    pack,
    part_hashes,
    seal,
    unpack,
)
from tests.forum.sealing.rfc9180 import open_base

KEY = ec.generate_private_key(ec.SECP256R1())
PUBLIC = encode_public_key(KEY.public_key())
PARTS = st.dictionaries(st.integers(0, 255), st.binary(min_size=1, max_size=200), min_size=1, max_size=16).map(
    lambda parts: sorted(parts.items())
)


def sealed(choice: int = 1, **place: int) -> bytes:
    return seal(new_message(choice), PUBLIC, **{"ballot_id": 7, **place})


def test_the_reader_of_the_tests_opens_the_vector_of_rfc_9180_a_3_1():
    key = ec.derive_private_key(0xF3CE7FDAE57E1A310D87F1EBBDE6F328BE0A99CDBCADF4D6589CF29DE4B8FFD2, ec.SECP256R1())
    encapsulated = bytes.fromhex(
        "04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac9"
        "8536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4"
    )
    ciphertext = bytes.fromhex(
        "5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434"
    )
    opened = open_base(encapsulated + ciphertext, key, info=b"Ode on a Grecian Urn", aad=b"Count-0")
    assert opened == b"Beauty is truth, truth beauty"


def test_what_is_sealed_opens_by_the_standard_alone():
    message = new_message(2)
    part = seal(message, PUBLIC, ballot_id=7, pair=2, layer=1)
    assert open_base(part, KEY, info=b"junior-board|1|7|2|1") == message


@pytest.mark.parametrize("choice", [1, 2, 3, 255])
def test_a_choice_comes_out_as_it_went_in(choice):
    assert choice_of(open_envelope(sealed(choice), KEY, ballot_id=7)) == choice


def test_layers_for_two_trustees_open_one_after_the_other():
    outer, inner = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    message = new_message(3)
    part = seal(message, encode_public_key(inner.public_key()), ballot_id=7, pair=1, layer=0)
    part = seal(part, encode_public_key(outer.public_key()), ballot_id=7, pair=1, layer=1)
    part = open_envelope(part, outer, ballot_id=7, pair=1, layer=1)
    assert open_envelope(part, inner, ballot_id=7, pair=1, layer=0) == message


@pytest.mark.parametrize(
    "place",
    [{"ballot_id": 8}, {"pair": 1}, {"layer": 1}, {"ballot_id": 70, "pair": 0}, {"ballot_id": 0, "pair": 7}],
)
def test_a_part_opens_at_no_other_place(place):
    with pytest.raises(SealingError):
        open_envelope(sealed(), KEY, **{"ballot_id": 7, **place})


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1()])
def test_a_part_opens_with_no_other_key(curve):
    with pytest.raises(SealingError):
        open_envelope(sealed(), ec.generate_private_key(curve), ballot_id=7)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_one_changed_bit_and_a_part_does_not_open(data):
    part = bytearray(sealed())
    part[data.draw(st.integers(0, len(part) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(SealingError):
        open_envelope(bytes(part), KEY, ballot_id=7)


@pytest.mark.parametrize("length", [0, 1, 64, 65, 80, 112])
def test_a_part_that_is_cut_does_not_open(length):
    with pytest.raises(SealingError):
        open_envelope(sealed()[:length], KEY, ballot_id=7)


def test_a_part_that_is_padded_does_not_open():
    with pytest.raises(SealingError):
        open_envelope(sealed() + b"\0", KEY, ballot_id=7)


@pytest.mark.parametrize("key", [b"", b"\0", b"\4" + bytes(64), PUBLIC[:-1], PUBLIC + b"\0"])
def test_nothing_is_sealed_for_what_is_no_key(key):
    with pytest.raises(SealingError):
        seal(new_message(1), key, ballot_id=7)


def test_equal_votes_look_unlike_and_unlike_votes_have_equal_length():
    parts = [sealed(choice) for choice in (1, 1, 1, 2, 3)]
    assert len(set(parts)) == 5
    assert {len(part) for part in parts} == {113}


def test_two_messages_of_one_choice_differ():
    first, second = new_message(1), new_message(1)
    assert first[:2] == second[:2] == b"\x01\x01"
    assert first[2:] != second[2:]


@pytest.mark.parametrize("choice", [-1, 0, 256])
def test_there_is_no_message_for_what_is_no_choice(choice):
    with pytest.raises(SealingError):
        new_message(choice)


@pytest.mark.parametrize(
    "message",
    [b"", b"\1\1", bytes(32), b"\1\0" + bytes(30), b"\2\1" + bytes(30), b"\1\1" + bytes(29), b"\1\1" + bytes(31)],
)
def test_a_message_of_another_make_has_no_choice(message):
    with pytest.raises(SealingError):
        choice_of(message)


@given(PARTS)
def test_a_frame_gives_its_parts_back(parts):
    assert unpack(pack(parts)) == parts


@given(PARTS)
def test_a_frame_is_read_from_any_buffer(parts):
    assert unpack(memoryview(pack(parts))) == parts


@given(PARTS, st.data())
def test_a_cut_frame_is_refused(parts, data):
    framed = pack(parts)
    with pytest.raises(SealingError):
        unpack(framed[: data.draw(st.integers(0, len(framed) - 1))])


@given(PARTS, st.binary(min_size=1, max_size=9))
def test_a_frame_that_something_follows_is_refused(parts, rest):
    with pytest.raises(SealingError):
        unpack(pack(parts) + rest)


@settings(max_examples=300)
@given(st.one_of(st.binary(max_size=60), st.binary(max_size=60).map(lambda rest: b"\x01\x01" + rest)))
def test_whatever_is_read_as_a_frame_is_the_only_frame_of_its_parts(anything):
    try:
        parts = unpack(anything)
    except SealingError:
        return
    assert pack(parts) == anything


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [(pair, b"x") for pair in range(17)],
        [(0, b"")],
        [(0, bytes(65536))],
        [(256, b"x")],
        [(-1, b"x")],
        [(1, b"x"), (0, b"y")],
        [(1, b"x"), (1, b"y")],
    ],
)
def test_parts_that_have_no_frame_are_refused(parts):
    with pytest.raises(SealingError):
        pack(parts)


@pytest.mark.parametrize(
    "envelope",
    [
        b"\x02\x01\x00\x00\x01x",  # another version
        b"\x01\x00",  # no part
        b"\x01\x01\x00\x00\x00",  # an empty part
        b"\x01\x02\x01\x00\x01x\x00\x00\x01y",  # pairs not in order
        b"\x01\x02\x01\x00\x01x\x01\x00\x01y",  # one pair twice
    ],
)
def test_a_frame_that_pack_does_not_make_is_refused(envelope):
    with pytest.raises(SealingError):
        unpack(envelope)


def test_the_receipt_of_an_only_part_is_that_part_s_hash():
    envelope = pack([(0, sealed())])
    assert [envelope_hash(envelope)] == part_hashes(envelope)


def test_the_receipt_of_several_parts_changes_with_each_of_them():
    parts = [(1, b"a"), (2, b"b"), (3, b"c")]
    receipts = {envelope_hash(pack(parts))}
    for at, (pair, _part) in enumerate(parts):
        receipts.add(envelope_hash(pack([*parts[:at], (pair, b"z"), *parts[at + 1 :]])))
    assert len(receipts) == 4


def test_a_part_copied_into_another_envelope_is_found_by_its_hash():
    copied = sealed()
    first, second = pack([(1, copied), (2, sealed())]), pack([(1, sealed()), (2, copied)])
    assert set(part_hashes(first)) & set(part_hashes(second)) == {part_hashes(first)[0]}


def test_no_part_can_be_made_whose_hash_is_the_receipt_of_others():
    parts = [(1, b"a"), (2, b"b")]
    joined = b"".join(part_hashes(pack(parts)))
    for forged in (joined, b"\x01" + joined):
        assert envelope_hash(pack([(0, forged)])) != envelope_hash(pack(parts))
