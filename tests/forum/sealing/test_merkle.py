"""Merkle trees against the known answers of Certificate Transparency, and against each other."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.sealing.merkle import leaf_hash, node_hash, root

# The eight leaves and roots that certificate-transparency's reference implementations test with.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
TREES = st.lists(st.binary(max_size=8), min_size=1, max_size=40)


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_the_root_of_the_known_leaves(size):
    assert root(LEAVES[:size]).hex() == ROOTS[size]


def test_the_shape_for_seven_leaves_is_that_of_rfc_9162():
    a, b, c, d, e, f, g = map(leaf_hash, LEAVES[:7])
    left = node_hash(node_hash(a, b), node_hash(c, d))
    assert root(LEAVES[:7]) == node_hash(left, node_hash(node_hash(e, f), g))


def test_a_node_is_not_taken_for_a_leaf():
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert root([b"a", b"b"]) != root([left + right])
    assert root([b"a", b"b"]) == sha256(b"\x01" + left + right).digest()


@given(TREES, st.data())
def test_the_root_changes_with_any_leaf_and_with_their_number(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    changed = [*leaves[:index], leaves[index] + b"!", *leaves[index + 1 :]]
    assert len({root(leaves), root(changed), root([*leaves, b""]), root(leaves[:-1])}) == 4
