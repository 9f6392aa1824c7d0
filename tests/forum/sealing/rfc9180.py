"""A reader of HPKE base mode for P-256 / HKDF-SHA256 / AES-128-GCM, written from RFC 9180 (sections 4, 5 and 7.1).

It shares no HPKE code with the product, so that what the product seals is shown to be readable by the standard alone.
"""

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

POINT_LENGTH = 65
KEM = b"KEM" + (0x0010).to_bytes(2)
SUITE = b"HPKE" + (0x0010).to_bytes(2) + (0x0001).to_bytes(2) + (0x0001).to_bytes(2)


def open_base(sealed: bytes, key: ec.EllipticCurvePrivateKey, *, info: bytes, aad: bytes = b"") -> bytes:
    """Open encapsulated key and ciphertext of the first message."""
    encapsulated, ciphertext = sealed[:POINT_LENGTH], sealed[POINT_LENGTH:]
    secret = _decapsulate(encapsulated, key)
    context = b"\x00" + _extract(SUITE, b"", b"psk_id_hash", b"") + _extract(SUITE, b"", b"info_hash", info)
    schedule = _extract(SUITE, secret, b"secret", b"")
    aead = AESGCM(_expand(SUITE, schedule, b"key", context, 16))
    return aead.decrypt(_expand(SUITE, schedule, b"base_nonce", context, 12), ciphertext, aad)


def _decapsulate(encapsulated: bytes, key: ec.EllipticCurvePrivateKey) -> bytes:
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), encapsulated))
    own = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return _expand(KEM, _extract(KEM, b"", b"eae_prk", shared), b"shared_secret", encapsulated + own, 32)


def _extract(suite: bytes, salt: bytes, label: bytes, material: bytes) -> bytes:
    return HKDF.extract(SHA256(), salt, b"HPKE-v1" + suite + label + material)


def _expand(suite: bytes, secret: bytes, label: bytes, context: bytes, length: int) -> bytes:
    info = length.to_bytes(2) + b"HPKE-v1" + suite + label + context
    return HKDFExpand(SHA256(), length, info).derive(secret)
