"""The Merkle tree of RFC 6962 (and 9162, section 2.1): hashes, roots, and proofs checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()
_AT_ONCE = 12
"""A run of up to 2**12 leaves is hashed level by level, which takes least time."""

Subtree = Callable[[int, int], bytes]
"""The hash of a complete subtree, by its height and its number at that height from the left."""


class ProofInvalid(Exception):
    """The proof does not lead to the root that it should lead to."""


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of one leaf."""
    return sha256(b"\0" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over two others."""
    return sha256(b"\1" + left + right).digest()


def over(hashes: Sequence[bytes]) -> bytes:
    """The hash over a complete subtree of which these are all the nodes of one height."""
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=True)
        hashes = [sha256(b"\1" + left + right).digest() for left, right in pairs]
    return hashes[0]


class Frontier:
    """A tree that grows to the right, of which only the complete subtrees are kept."""

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size = size
        self.hashes = list(hashes)
        if len(self.hashes) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} complete subtrees")

    def extend(self, leaf_hashes: Sequence[bytes]) -> None:
        """Add leaves on the right, by their hashes."""
        done = 0
        while done < len(leaf_hashes):
            height = min((len(leaf_hashes) - done).bit_length() - 1, _AT_ONCE)
            while self.size % (1 << height):
                height -= 1
            self._add(over(leaf_hashes[done : done + (1 << height)]), height)
            done += 1 << height

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self.hashes:
            return EMPTY_ROOT
        found = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            found = node_hash(left, found)
        return found

    def _add(self, found: bytes, height: int) -> None:
        number = self.size >> height
        while number & 1:
            found = node_hash(self.hashes.pop(), found)
            number >>= 1
        self.hashes.append(found)
        self.size += 1 << height


def root_of(start: int, end: int, subtree: Subtree) -> bytes:
    """The hash over the leaves from `start` (counted from 0) up to but without `end`."""
    size = end - start
    if not size:
        return EMPTY_ROOT
    if size & (size - 1) == 0:
        height = size.bit_length() - 1
        return subtree(height, start >> height)
    split = start + _split(size)
    return node_hash(root_of(start, split, subtree), root_of(split, end, subtree))


def inclusion(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """The proof that leaf `index` (from 0) is in the tree of that size."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    found, start, end = [], 0, size
    while end - start > 1:
        split = start + _split(end - start)
        if index < split:
            found.append(root_of(split, end, subtree))
            end = split
        else:
            found.append(root_of(start, split, subtree))
            start = split
    return found[::-1]


def consistency(first: int, second: int, subtree: Subtree) -> list[bytes]:
    """The proof that the tree of size `first` is the beginning of that of size `second`."""
    if not 0 < first <= second:
        raise ValueError(f"a tree of {first} leaves is no beginning of one of {second}")
    found, start, end = [], 0, second
    while first != end:
        split = start + _split(end - start)
        if first <= split:
            found.append(root_of(split, end, subtree))
            end = split
        else:
            found.append(root_of(start, split, subtree))
            start = split
    if start:
        found.append(root_of(start, end, subtree))
    return found[::-1]


def check_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Raise ProofInvalid unless the leaf of that hash is at `index` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        raise ProofInvalid(f"there is no leaf {index} in a tree of {size}")
    here, last, found = index, size - 1, leaf
    for each in proof:
        if last == 0:
            raise ProofInvalid("the proof is too long")
        if here & 1 or here == last:
            found = node_hash(each, found)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            found = node_hash(found, each)
        here, last = here >> 1, last >> 1
    if last or found != root:
        raise ProofInvalid("the proof does not lead to the root")


def check_consistency(
    first: int, second: int, proof: Sequence[bytes], first_root: bytes, second_root: bytes
) -> None:
    """Raise ProofInvalid unless the one tree begins the other (RFC 9162, 2.1.4.2)."""
    if not 0 < first <= second:
        raise ProofInvalid(f"a tree of {first} leaves is no beginning of one of {second}")
    if first == second:
        if proof or first_root != second_root:
            raise ProofInvalid("two trees of one size have two roots")
        return
    path = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    if not path:
        raise ProofInvalid("the proof is empty")
    here, last = first - 1, second - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old = new = path[0]
    for each in path[1:]:
        if last == 0:
            raise ProofInvalid("the proof is too long")
        if here & 1 or here == last:
            old, new = node_hash(each, old), node_hash(each, new)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            new = node_hash(new, each)
        here, last = here >> 1, last >> 1
    if last or old != first_root or new != second_root:
        raise ProofInvalid("the proof does not lead to both roots")


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)
