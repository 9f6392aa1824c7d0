"""Keyed tags: HMACs under keys derived from the installation's TAG_KEY, one key a purpose."""

import hmac
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

type Part = str | int | bytes


def tag(purpose: str, *parts: Part) -> bytes:
    """Return 32 bytes that tell nothing without TAG_KEY; the purpose (`support:7`) has a key of its own."""
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"tag|" + purpose.encode()).derive(settings.TAG_KEY)
    return hmac.digest(key, _encode(parts), sha256)


def box_mac(ballot_id: int, roll_id: int, version: int, envelope_hash: bytes) -> bytes:
    """Return the MAC that binds an envelope to its ballot, roll entry and version, under the ballot's own key."""
    return tag(f"box:{ballot_id}", ballot_id, roll_id, version, envelope_hash)


def _encode(parts: tuple[Part, ...]) -> bytes:
    """Join the parts with kind and length, so that no two lists of parts give the same bytes."""
    encoded = b""
    for part in parts:
        kind, data = _kind_and_data(part)
        encoded += kind + len(data).to_bytes(4) + data
    return encoded


def _kind_and_data(part: Part) -> tuple[bytes, bytes]:
    match part:
        case bool():
            raise TypeError("A truth value is no part of a tag.")
        case bytes():
            return b"b", part
        case int():
            return b"i", f"{part:d}".encode()
        case str():
            return b"s", part.encode()
    raise TypeError(f"A {type(part).__name__} is no part of a tag.")
