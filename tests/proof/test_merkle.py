"""The tree of RFC 6962 and 9162, against their examples and against another implementation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tlog_scales.tlog import ConsistencyProof, InclusionProof

from services.proof import merkle

# The leaves and roots that implementations of certificate transparency test themselves with.
LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                 "606162636465666768696a6b6c6d6e6f")
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


def tree(leaves):
    """The subtrees over these leaves, worked out the slow way."""
    hashes = [merkle.leaf_hash(leaf) for leaf in leaves]

    def subtree(height, number):
        first = number << height
        return slow_root(hashes[first : first + (1 << height)])

    return subtree


def slow_root(hashes):
    """MTH of RFC 6962, 2.1, word for word, over leaf hashes."""
    if not hashes:
        return merkle.EMPTY_ROOT
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return merkle.node_hash(slow_root(hashes[:split]), slow_root(hashes[split:]))


@pytest.mark.parametrize("size", range(9))
def test_the_roots_of_the_known_leaves(size):
    frontier = merkle.Frontier()
    frontier.extend([merkle.leaf_hash(leaf) for leaf in LEAVES[:size]])
    assert frontier.root().hex() == ROOTS[size]
    assert merkle.root_of(0, size, tree(LEAVES)).hex() == ROOTS[size]


def test_the_seven_leaves_of_the_standard():
    """RFC 6962, 2.1.3, and RFC 9162, 2.1.5: the proofs named there by the letters of the nodes."""
    leaves = [f"d{number}".encode() for number in range(7)]
    a, b, c, d, e, f, j = (merkle.leaf_hash(leaf) for leaf in leaves)
    g, h, i = (merkle.node_hash(*pair) for pair in ((a, b), (c, d), (e, f)))
    k, el = merkle.node_hash(g, h), merkle.node_hash(i, j)
    subtree = tree(leaves)
    assert merkle.inclusion(0, 7, subtree) == [b, h, el]
    assert merkle.inclusion(3, 7, subtree) == [c, g, el]
    assert merkle.inclusion(4, 7, subtree) == [f, j, k]
    assert merkle.inclusion(6, 7, subtree) == [i, k]
    assert merkle.consistency(3, 7, subtree) == [c, d, g, el]
    assert merkle.consistency(4, 7, subtree) == [el]
    assert merkle.consistency(6, 7, subtree) == [i, j, k]


def test_every_proof_of_small_trees_holds_here_and_elsewhere():
    leaves = [bytes([number]) for number in range(33)]
    hashes, subtree = [merkle.leaf_hash(leaf) for leaf in leaves], tree(leaves)
    for size in range(1, 34):
        root = slow_root(hashes[:size])
        for index in range(size):
            proof = merkle.inclusion(index, size, subtree)
            merkle.check_inclusion(hashes[index], index, size, proof, root)
            InclusionProof(index, size, proof).check(hashes[index], root)
        for first in range(1, size + 1):
            proof, old = merkle.consistency(first, size, subtree), slow_root(hashes[:first])
            merkle.check_consistency(first, size, proof, old, root)
            ConsistencyProof(first, size, proof).check(old, root)


@given(st.lists(st.integers(0, 700), max_size=8), st.integers(0, 40))
def test_a_tree_grows_to_the_same_root_however_it_is_fed(parts, more):
    hashes = [merkle.leaf_hash(number.to_bytes(2)) for number in range(sum(parts) + more)]
    frontier, done = merkle.Frontier(), 0
    for part in [*parts, more]:
        frontier.extend(hashes[done : done + part])
        frontier = merkle.Frontier(frontier.size, frontier.hashes)
        done += part
    assert frontier.root() == slow_root(hashes)


@given(st.integers(2, 60), st.data())
def test_a_proof_of_something_else_is_refused(size, data):
    leaves = [number.to_bytes(2) for number in range(size)]
    hashes, subtree = [merkle.leaf_hash(leaf) for leaf in leaves], tree(leaves)
    index, other = data.draw(st.permutations(range(size)))[:2]
    proof, root = merkle.inclusion(index, size, subtree), slow_root(hashes)
    wrong = [
        (hashes[index], other, size, proof, root),
        (hashes[other], index, size, proof, root),
        (hashes[index], index, size, proof[:-1], root),
        (hashes[index], index, size, [*proof, root], root),
        (hashes[index], index, size, proof, hashes[index]),
        (hashes[index], size, size, proof, root),
    ]
    for leaf, at, of, path, top in wrong:
        with pytest.raises(merkle.ProofInvalid):
            merkle.check_inclusion(leaf, at, of, path, top)
    first = data.draw(st.integers(1, size - 1))
    old, path = slow_root(hashes[:first]), merkle.consistency(first, size, subtree)
    for pair in ((root, root), (old, old), (old, hashes[0] if size > 2 else old)):
        with pytest.raises(merkle.ProofInvalid):
            merkle.check_consistency(first, size, path, *pair)
    for damaged in (path[:-1], [*path, root], [], path[::-1] if len(path) > 1 else []):
        with pytest.raises(merkle.ProofInvalid):
            merkle.check_consistency(first, size, damaged, old, root)
