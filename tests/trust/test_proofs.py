"""What the log shows of its leaves: proofs, checkpoints, tiles, and the text that holds offline."""

from __future__ import annotations

import base64
import hashlib
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from baohe.cli import log as log_command
from baohe.kernel import merkle
from baohe.kernel.tlog import ProofTextRefused, read_proof
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.evidence import store
from baohe.rooms.evidence.models import EvidenceCheckpoint
from baohe.rooms.evidence.rules import subtree_reader
from tests.trust import naive_tree
from tests.trust.log_steps import all_leaves, record

pytestmark = pytest.mark.django_db


def test_every_leaf_proves_under_the_newest_checkpoint():
    subjects = record(300)
    evidence.integrate()
    record(13, "later")
    evidence.integrate()

    leaves = all_leaves()
    for subject in [*subjects[::37], subjects[255], subjects[256], subjects[-1], "later-12"]:
        proof = evidence.proof(subject)
        assert list(proof.proof) == naive_tree.path(proof.leaf_index, leaves)
        assert log_command.check(json.dumps(proof.as_check()).encode()) == 0


def test_trees_are_consistent_with_all_that_were_signed():
    for number in (1, 2, 255, 3, 40):
        record(number, f"n{number}")
        evidence.integrate()

    leaves = all_leaves()
    for size in EvidenceCheckpoint.objects.values_list("size", flat=True):
        shown = evidence.consistency(size)
        assert list(shown.proof) == naive_tree.proof(size, leaves)
        assert log_command.check(json.dumps(shown.as_check()).encode()) == 0
    assert evidence.consistency(0) is None
    assert evidence.consistency(302) is None


def test_a_proof_reads_only_a_few_tiles():
    record(1_500)
    evidence.integrate()
    tiles = store.Tiles()
    merkle.inclusion_proof(700, 1_500, subtree_reader(tiles))
    assert tiles.reads <= 4


def test_the_checkpoint_is_a_c2sp_note_that_independent_code_verifies():
    record(5)
    evidence.integrate()

    # given only the vkey and the text, by the words of c2sp.org/signed-note
    name, key_hash, material = evidence.verifier_key().split("+", 2)
    public = base64.b64decode(material)[1:]
    text, _, signatures = evidence.checkpoint().note.rpartition("\n\n")
    text += "\n"
    dash, signer, signature = signatures.rstrip("\n").split(" ")
    raw = base64.b64decode(signature)
    assert (dash, signer) == ("—", name)
    assert raw[:4].hex() == key_hash == hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4].hex()
    Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], text.encode())
    origin, size, root = text.split("\n")[:3]
    assert (origin, size) == (name, "5")
    assert base64.b64decode(root) == naive_tree.mth(all_leaves())


def test_the_proof_text_holds_offline_and_carries_the_facts_only_for_who_may_have_them():
    evidence.append("document_issued", "policy-1", {"document_sha256": "ab" * 32}, 3)
    record(20)
    evidence.integrate()
    proof = evidence.proof("policy-1", "document_issued")

    held = read_proof(evidence.proof_text(proof, with_opening=True))
    assert held.facts() == {"document_sha256": "ab" * 32}
    assert merkle.verify_inclusion(held.leaf_index, 21, merkle.leaf_hash(held.leaf_data), held.proof, proof.root_hash)
    shown = evidence.proof_text(proof, with_opening=False)
    assert read_proof(shown).facts() is None
    assert base64.b64encode(b'"facts"').decode()[:6] not in shown

    forged = evidence.proof_text(proof, with_opening=True).replace(shown.split("\n")[1], "")
    wrong = base64.b64encode(
        json.dumps({"leaf": proof.leaf_data.decode(), "opening": '{"facts":{"document_sha256":"00"}}'}).encode()
    ).decode()
    lines = forged.split("\n")
    lines[1] = f"extra {wrong}"
    with pytest.raises(ProofTextRefused):
        read_proof("\n".join(lines)).facts()


def test_erasing_the_opening_keeps_every_proof():
    leaf = evidence.append("policy_issued", "policy-1", {"premium_fen": 1}, 3)
    record(4)
    evidence.integrate()
    before = evidence.proof(leaf.id)

    assert evidence.erase_opening(leaf.id) is True
    assert evidence.erase_opening(leaf.id) is False

    after = evidence.proof(leaf.id)
    assert after.opening is None
    assert after.proof == before.proof
    assert evidence.problems() == []


def test_tiles_and_entries_are_those_of_the_specification():
    record(300)
    evidence.integrate()
    leaves = all_leaves()
    hashes = [merkle.leaf_hash(leaf) for leaf in leaves]

    assert evidence.tile(0, 0, 256) == b"".join(hashes[:256])
    assert evidence.tile(0, 1, 44) == b"".join(hashes[256:])
    assert evidence.tile(0, 1, 10) == b"".join(hashes[256:266])
    assert evidence.tile(1, 0, 1) == naive_tree.mth(leaves[:256])
    assert evidence.tile(0, 1, 45) is None
    assert evidence.tile(0, 2, 1) is None
    assert evidence.tile(1, 0, 2) is None
    assert evidence.entry_bundle(1, 44) == b"".join(len(e).to_bytes(2, "big") + e for e in leaves[256:])
    assert evidence.entry_bundle(1, 45) is None
