"""Merkle trees as RFC 9162 (section 2.1) hashes them."""

from hashlib import sha256


def leaf_hash(leaf: bytes) -> bytes:
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root(leaves: list[bytes]) -> bytes:
    """Return the Merkle tree hash (32 bytes) of the leaves in this order; that of none is SHA-256 of nothing."""
    if not leaves:
        return sha256(b"").digest()
    return _root([leaf_hash(leaf) for leaf in leaves])


def _root(hashes: list[bytes]) -> bytes:
    if len(hashes) == 1:
        return hashes[0]
    split = _split(len(hashes))
    return node_hash(_root(hashes[:split]), _root(hashes[split:]))


def _split(size: int) -> int:
    """The largest power of two smaller than the size."""
    return 1 << ((size - 1).bit_length() - 1)
