"""Sealed envelopes: HPKE (RFC 9180) in base mode, P-256 / HKDF-SHA256 / AES-128-GCM, in a frame for several parts.

The message is 32 bytes and names nobody: version, choice, 30 random bytes. The frame holds one part for a ballot the
server counts, and has room for the parts of pairs of trustees.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from forum.sealing.merkle import leaf_hash, root

VERSION = 1
MESSAGE_LENGTH = 32
MAX_PARTS = 16
MAX_PAIR = 0xFF
MAX_PART_LENGTH = 0xFFFF
SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM)


class SealingError(Exception):
    """An envelope or message that is not what it should be; `str()` says what was found, never the content."""


def new_message(choice: int) -> bytes:
    """Return a message for a choice from 1 to 255."""
    if not 1 <= choice <= 255:
        raise SealingError("A choice is a number from 1 to 255.")
    return bytes([VERSION, choice]) + secrets.token_bytes(MESSAGE_LENGTH - 2)


def choice_of(message: bytes) -> int:
    """Return the choice of a message; raise SealingError unless `new_message` could have made it."""
    if len(message) != MESSAGE_LENGTH or message[0] != VERSION or message[1] == 0:
        raise SealingError("The message has another length or version, or no choice.")
    return message[1]


def encode_public_key(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return the 65 bytes of the uncompressed point, as RFC 9180 and WebCrypto write it."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def seal(message: bytes, public_key: bytes, *, ballot_id: int, pair: int = 0, layer: int = 0) -> bytes:
    """Encrypt to the key; the place (ballot, pair, layer) is bound in, so that a part opens nowhere else."""
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public_key)
    except ValueError as error:
        raise SealingError("The public key is not a point of P-256.") from error
    return SUITE.encrypt(message, key, info=_info(ballot_id, pair, layer))


def open_envelope(
    part: bytes, private_key: ec.EllipticCurvePrivateKey, *, ballot_id: int, pair: int = 0, layer: int = 0
) -> bytes:
    """Decrypt one part; raise SealingError when key, place or content differ from what was sealed."""
    try:
        return SUITE.decrypt(part, private_key, info=_info(ballot_id, pair, layer))
    except (InvalidTag, ValueError, TypeError) as error:  # TypeError: a key of another curve
        raise SealingError("The part does not open with this key at this place.") from error


def _info(ballot_id: int, pair: int, layer: int) -> bytes:
    return f"junior-board|{VERSION}|{ballot_id:d}|{pair:d}|{layer:d}".encode()


def pack(parts: list[tuple[int, bytes]]) -> bytes:
    """Return the one frame of these parts: version, count, then pair, length in 2 bytes and ciphertext of each."""
    _check(parts)
    framed = bytes([VERSION, len(parts)])
    for pair, part in parts:
        framed += bytes([pair]) + len(part).to_bytes(2) + part
    return framed


def unpack(envelope: bytes) -> list[tuple[int, bytes]]:
    """Return the (pair, part) of a frame; raise SealingError for anything that `pack` does not make."""
    if len(envelope) < 2 or envelope[0] != VERSION:
        raise SealingError("The envelope has another version.")
    parts, at = [], 2
    for _ in range(envelope[1]):
        start = at + 3
        if start > len(envelope):
            raise SealingError("The envelope is cut.")
        end = start + int.from_bytes(envelope[at + 1 : start])
        parts.append((envelope[at], bytes(envelope[start:end])))
        at = end
    if at != len(envelope):
        raise SealingError("The envelope is cut, or something follows it.")
    _check(parts)
    return parts


def _check(parts: list[tuple[int, bytes]]) -> None:
    if not 1 <= len(parts) <= MAX_PARTS:
        raise SealingError(f"An envelope has 1 to {MAX_PARTS} parts.")
    pairs = [pair for pair, _part in parts]
    if pairs != sorted(set(pairs)) or pairs[0] < 0 or pairs[-1] > MAX_PAIR:
        raise SealingError(f"The pairs of an envelope are ascending numbers from 0 to {MAX_PAIR}.")
    if not all(1 <= len(part) <= MAX_PART_LENGTH for _pair, part in parts):
        raise SealingError(f"A part has 1 to {MAX_PART_LENGTH} bytes.")


def part_hashes(envelope: bytes) -> list[bytes]:
    """Return the hash of every part (as a Merkle leaf, RFC 9162); a copy of any part is found by them."""
    return [leaf_hash(part) for _pair, part in unpack(envelope)]


def envelope_hash(envelope: bytes) -> bytes:
    """Return what the receipt shows: the Merkle root of the parts, which for an only part is that part's hash."""
    return root([part for _pair, part in unpack(envelope)])
