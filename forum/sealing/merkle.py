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


def proof(leaves: list[bytes], index: int) -> list[bytes]:
    """Return the inclusion proof of one leaf: the hashes of its path's siblings, nearest first."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"There is no leaf {index} among {len(leaves)}.")
    return _proof([leaf_hash(leaf) for leaf in leaves], index)


def _proof(hashes: list[bytes], index: int) -> list[bytes]:
    if len(hashes) == 1:
        return []
    split = _split(len(hashes))
    if index < split:
        return [*_proof(hashes[:split], index), _root(hashes[split:])]
    return [*_proof(hashes[split:], index - split), _root(hashes[:split])]


def proves(leaf: bytes, index: int, size: int, path: list[bytes], expected: bytes) -> bool:
    """Tell whether the path leads from the leaf at `index` of `size` to the expected root."""
    if not 0 <= index < size:
        return False
    hashed, node, last = leaf_hash(leaf), index, size - 1
    for sibling in path:
        if last == 0:
            return False
        if node & 1 or node == last:
            hashed = node_hash(sibling, hashed)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            hashed = node_hash(hashed, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and hashed == expected
