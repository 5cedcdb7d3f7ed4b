"""The tree against the definitions of the RFC, exhaustively for small trees and by chance for larger ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baohe.kernel import merkle
from tests.trust import naive_tree

MOST = 70
ENTRIES = [f"entry {number}".encode() for number in range(MOST)]
ROOTS = [naive_tree.mth(ENTRIES[:size]) for size in range(MOST + 1)]


def read(level: int, index: int) -> bytes:
    return naive_tree.mth(ENTRIES[index << level : (index + 1) << level])


def flipped(value: bytes, bit: int) -> bytes:
    changed = bytearray(value)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@pytest.mark.parametrize("size", range(1, MOST + 1))
def test_every_inclusion_proof_is_the_path_of_the_rfc_and_holds(size):
    for index in range(size):
        proof = merkle.inclusion_proof(index, size, read)
        assert proof == naive_tree.path(index, ENTRIES[:size])
        assert merkle.verify_inclusion(index, size, merkle.leaf_hash(ENTRIES[index]), proof, ROOTS[size])


@pytest.mark.parametrize("size2", range(1, MOST + 1))
def test_every_consistency_proof_is_the_proof_of_the_rfc_and_holds(size2):
    for size1 in range(1, size2 + 1):
        proof = merkle.consistency_proof(size1, size2, read)
        assert proof == naive_tree.proof(size1, ENTRIES[:size2])
        assert merkle.verify_consistency(size1, size2, ROOTS[size1], ROOTS[size2], proof)


@pytest.mark.parametrize("size", range(MOST + 1))
def test_root(size):
    assert merkle.root_of(size, read) == ROOTS[size]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13, 31, 32, 33, 64, 70])
def test_an_inclusion_proof_proves_no_other_place_size_or_length(size):
    for index in range(size):
        leaf = merkle.leaf_hash(ENTRIES[index])
        proof = merkle.inclusion_proof(index, size, read)
        for other in range(size):
            if other != index:
                assert not merkle.verify_inclusion(other, size, leaf, proof, ROOTS[size])
        assert not merkle.verify_inclusion(index, 0, leaf, proof, ROOTS[size])
        assert not merkle.verify_inclusion(size, size, leaf, proof, ROOTS[size])
        assert not merkle.verify_inclusion(-1, size, leaf, proof, ROOTS[size])
        assert not merkle.verify_inclusion(index, size, leaf, [*proof, leaf], ROOTS[size])
        assert not merkle.verify_inclusion(index, size, leaf, [leaf, *proof], ROOTS[size])
        if proof:
            assert not merkle.verify_inclusion(index, size, leaf, proof[:-1], ROOTS[size])
            assert not merkle.verify_inclusion(index, size, leaf, proof[1:], ROOTS[size])
            assert not merkle.verify_inclusion(index, size, leaf, [*proof[:-1], b""], ROOTS[size])


@pytest.mark.parametrize("size2", [1, 2, 3, 5, 8, 13, 31, 32, 33, 64, 70])
def test_a_consistency_proof_proves_no_other_pair_of_trees(size2):
    for size1 in range(1, size2 + 1):
        proof = merkle.consistency_proof(size1, size2, read)
        old, new = ROOTS[size1], ROOTS[size2]
        for other in range(1, size2 + 1):
            if other != size1:
                assert not merkle.verify_consistency(other, size2, old, new, proof)
        assert not merkle.verify_consistency(0, size2, merkle.EMPTY_ROOT, new, [])
        assert not merkle.verify_consistency(0, 0, merkle.EMPTY_ROOT, merkle.EMPTY_ROOT, [])
        assert not merkle.verify_consistency(size2 + 1, size2, old, new, proof)
        assert not merkle.verify_consistency(size1, size2, old, new, [*proof, new])
        assert not merkle.verify_consistency(size1, size2, new, old, proof) or size1 == size2
        if proof:
            assert not merkle.verify_consistency(size1, size2, old, new, proof[:-1])
            assert not merkle.verify_consistency(size1, size2, old, new, proof[1:])
            assert not merkle.verify_consistency(size1, size2, old, new, [])


def test_equal_sizes_need_equal_roots_and_an_empty_proof():
    assert merkle.verify_consistency(5, 5, ROOTS[5], ROOTS[5], [])
    assert not merkle.verify_consistency(5, 5, ROOTS[5], ROOTS[5], [ROOTS[5]])
    assert not merkle.verify_consistency(5, 5, ROOTS[5], ROOTS[6], [])


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_one_flipped_bit_anywhere_breaks_a_proof(data):
    size = data.draw(st.integers(1, MOST))
    index = data.draw(st.integers(0, size - 1))
    bit = data.draw(st.integers(0, 255))
    leaf = merkle.leaf_hash(ENTRIES[index])
    proof = merkle.inclusion_proof(index, size, read)
    place = data.draw(st.integers(0, len(proof) + 1))
    values = [leaf, ROOTS[size], *proof]
    values[place] = flipped(values[place], bit)
    assert not merkle.verify_inclusion(index, size, values[0], values[2:], values[1])

    size1 = data.draw(st.integers(1, size))
    proof = merkle.consistency_proof(size1, size, read)
    values = [ROOTS[size1], ROOTS[size], *proof]
    place = data.draw(st.integers(0, len(values) - 1))
    values[place] = flipped(values[place], bit)
    assert not merkle.verify_consistency(size1, size, values[0], values[1], values[2:])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.binary(max_size=20), min_size=1, max_size=200), st.data())
def test_any_entries_any_place(entries, data):
    size = len(entries)
    index = data.draw(st.integers(0, size - 1))
    size1 = data.draw(st.integers(1, size))

    def read_these(level: int, at: int) -> bytes:
        return naive_tree.mth(entries[at << level : (at + 1) << level])

    root = naive_tree.mth(entries)
    proof = merkle.inclusion_proof(index, size, read_these)
    assert merkle.verify_inclusion(index, size, merkle.leaf_hash(entries[index]), proof, root)
    proof = merkle.consistency_proof(size1, size, read_these)
    assert merkle.verify_consistency(size1, size, naive_tree.mth(entries[:size1]), root, proof)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 4)])
def test_there_is_no_path_outside_of_the_tree(index, size):
    with pytest.raises(ValueError, match="not in a tree"):
        merkle.inclusion_proof(index, size, read)


@pytest.mark.parametrize(("size1", "size2"), [(0, 0), (0, 3), (4, 3)])
def test_there_is_no_proof_from_nothing_or_backwards(size1, size2):
    with pytest.raises(ValueError, match="no proof"):
        merkle.consistency_proof(size1, size2, read)
