"""A fact becomes a leaf that shows nothing of it, and a leaf a place in the tree of the RFC."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from baohe.kernel import merkle
from baohe.kernel.canonical import canonical_bytes
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.evidence.models import EvidenceLeaf
from baohe.rooms.evidence.rules import make_leaf
from tests.trust import naive_tree
from tests.trust.log_steps import all_leaves, record

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 11, 22, 6, 6, 0, 123_456, tzinfo=UTC)


def test_a_fact_becomes_a_leaf_without_its_content():
    view = evidence.append("policy_issued", "policy-1", {"premium_fen": 128_640}, shard_key=3)

    row = EvidenceLeaf.objects.get()
    leaf = json.loads(bytes(row.leaf_data))
    assert view.leaf_hash == merkle.leaf_hash(bytes(row.leaf_data))
    assert sorted(leaf) == ["commitment", "kind", "recorded_at", "v"]
    assert b"128640" not in bytes(row.leaf_data) and b"policy-1" not in bytes(row.leaf_data)
    assert leaf["commitment"] == hashlib.sha256(bytes(row.opening)).hexdigest()
    assert len(bytes.fromhex(json.loads(bytes(row.opening))["salt"])) == 32
    assert row.leaf_index is None


def test_the_same_fact_twice_makes_two_different_commitments():
    first = evidence.append("policy_issued", "policy-1", {"premium_fen": 1}, shard_key=3)
    second = evidence.append("policy_issued", "policy-1", {"premium_fen": 1}, shard_key=3)
    assert first.leaf_hash != second.leaf_hash


def test_append_once_repeats_nothing():
    first = evidence.append_once("document_issued", "policy-1", {"size": 1}, 3)
    assert evidence.append_once("document_issued", "policy-1", {"size": 1}, 3) == first
    assert EvidenceLeaf.objects.count() == 1


@pytest.mark.parametrize("kind", ["", "Policy", "a b", 'x","y":"', "x" * 61])
def test_a_kind_is_a_code_word(kind):
    with pytest.raises(ValueError, match="kind"):
        evidence.append(kind, "policy-1", {}, 3)


@given(
    st.dictionaries(
        st.text(max_size=5),
        st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.lists(st.integers(), max_size=2),
        max_size=5,
    ),
    st.text(max_size=20),
)
def test_the_opening_is_canonical_whatever_the_facts(facts, subject):
    made = make_leaf("policy_issued", subject, facts, MOMENT, bytes(32))
    assert made.opening == canonical_bytes({"facts": facts, "salt": "00" * 32, "subject": subject})
    assert canonical_bytes(json.loads(made.leaf_data)) == made.leaf_data


def test_floats_are_refused():
    with pytest.raises(TypeError):
        evidence.append("policy_issued", "policy-1", {"premium": 1.5}, 3)
    assert not EvidenceLeaf.objects.exists()


@pytest.mark.parametrize("batches", [[1], [1, 1, 1], [7, 1], [255, 2], [256], [300, 300], [5] * 9])
def test_the_tree_is_the_tree_of_the_rfc_however_leaves_arrive(batches):
    for number, size in enumerate(batches):
        record(size, f"batch-{number}")
        assert evidence.integrate() == size

    leaves = all_leaves()
    head = evidence.checkpoint()
    assert len(leaves) == head.size == sum(batches)
    assert head.root_hash == naive_tree.mth(leaves)
    assert evidence.problems() == []


def test_leaves_wait_until_they_are_signed_for():
    record(3)
    assert evidence.proof("policy-1") is None
    evidence.integrate()
    record(1, "new")
    assert evidence.proof("new-0") is None
    assert evidence.proof("policy-1").tree_size == 3
    assert evidence.proof("nobody") is None


@pytest.mark.django_db(transaction=True)
def test_a_leaf_outside_of_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        evidence.append("policy_issued", "policy-1", {}, 3)
    assert not EvidenceLeaf.objects.exists()
