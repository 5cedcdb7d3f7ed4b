"""The Merkle tree of RFC 6962 and RFC 9162: hashes, proofs, and their strict verification.

Pure: trees are read through a function `read(level, index)` that gives the hash of the complete subtree over leaves
`[index·2^level, (index+1)·2^level)`. A proof over n leaves asks for O(log n) of them. Verification follows RFC 9162,
sections 2.1.3.2 and 2.1.4.2, step by step; it never raises for a wrong proof, it answers False.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

SubtreeReader = Callable[[int, int], bytes]


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(size: int, read: SubtreeReader) -> bytes:
    """Root of the first `size` leaves."""
    return EMPTY_ROOT if size == 0 else range_hash(0, size, read)


def range_hash(start: int, end: int, read: SubtreeReader) -> bytes:
    """MTH(D[start:end]) where `start` is a multiple of the largest power of two below the length, as every range
    of a proof is. Complete subtrees are read; only the ragged right edge is hashed here."""
    length = end - start
    if length & (length - 1) == 0:
        level = length.bit_length() - 1
        return read(level, start >> level)
    middle = start + _split_point(length)
    return node_hash(range_hash(start, middle, read), range_hash(middle, end, read))


def inclusion_proof(index: int, size: int, read: SubtreeReader) -> list[bytes]:
    """PATH(index, D[0:size]) of RFC 9162 2.1.3.1, sibling of the leaf first. Raises `ValueError` out of range."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    return [range_hash(start, end, read) for start, end in _inclusion_ranges(index, size)]


def consistency_proof(size1: int, size2: int, read: SubtreeReader) -> list[bytes]:
    """PROOF(size1, D[0:size2]) of RFC 9162 2.1.4.1; empty for equal sizes. Raises `ValueError` out of range."""
    if not 0 < size1 <= size2:
        raise ValueError(f"no proof from {size1} to {size2}")
    return [range_hash(start, end, read) for start, end in _consistency_ranges(size1, size2)]


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """RFC 9162 2.1.3.2. A proof longer or shorter than the path is wrong, not merely odd."""
    if not 0 <= index < size or not _all_hashes(leaf, root, *proof):
        return False
    fn, sn, computed = index, size - 1, leaf
    for node in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            computed = node_hash(node, computed)
            while not fn & 1 and fn:
                fn >>= 1
                sn >>= 1
        else:
            computed = node_hash(computed, node)
        fn >>= 1
        sn >>= 1
    return sn == 0 and computed == root


def verify_consistency(size1: int, size2: int, root1: bytes, root2: bytes, proof: Sequence[bytes]) -> bool:
    """RFC 9162 2.1.4.2. Equal sizes need equal roots and an empty proof. A first size of zero is refused: the RFC
    defines no proof from the empty tree, so a "valid" one would vouch for nothing."""
    if not 0 < size1 <= size2 or not _all_hashes(root1, root2, *proof):
        return False
    if size1 == size2:
        return not proof and root1 == root2
    if not proof:
        return False
    nodes = list(proof)
    if size1 & (size1 - 1) == 0:
        nodes.insert(0, root1)
    fn, sn = size1 - 1, size2 - 1
    while fn & 1:
        fn >>= 1
        sn >>= 1
    old = new = nodes[0]
    for node in nodes[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            old = node_hash(node, old)
            new = node_hash(node, new)
            while not fn & 1 and fn:
                fn >>= 1
                sn >>= 1
        else:
            new = node_hash(new, node)
        fn >>= 1
        sn >>= 1
    return sn == 0 and old == root1 and new == root2


def _split_point(length: int) -> int:
    """The largest power of two below `length` (≥ 2)."""
    return 1 << ((length - 1).bit_length() - 1)


def _inclusion_ranges(index: int, size: int) -> Iterator[tuple[int, int]]:
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _split_point(end - start)
        if index < middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    return reversed(path)


def _consistency_ranges(size1: int, size2: int) -> Iterator[tuple[int, int]]:
    start, end, old_end = 0, size2, size1
    path = []
    while old_end != end:
        middle = start + _split_point(end - start)
        if old_end <= middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    if start > 0:
        path.append((start, end))
    return reversed(path)


def _all_hashes(*values: bytes) -> bool:
    return all(len(value) == HASH_BYTES for value in values)
