"""The log from a fact to a proof, and what it refuses."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import uuid
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from baohe.cli import log as log_command
from baohe.kernel import merkle
from baohe.kernel.canonical import canonical_bytes
from baohe.kernel.tlog import ProofTextRefused, read_proof
from baohe.plumbing import clock, files
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.evidence import store
from baohe.rooms.evidence.errors import LogRefusesToSign
from baohe.rooms.evidence.models import EvidenceCheckpoint, EvidenceLeaf, EvidenceTile
from baohe.rooms.evidence.rules import make_leaf, subtree_reader
from tests.trust import naive_tree

pytestmark = pytest.mark.django_db

MOMENT = datetime(2026, 11, 22, 6, 6, 0, 123_456, tzinfo=UTC)


def record(number: int, prefix: str = "policy") -> list[str]:
    subjects = [f"{prefix}-{i}" for i in range(number)]
    evidence.append_many([evidence.NewLeaf("policy_issued", s, {"premium_fen": 100}, 7) for s in subjects])
    return subjects


def all_leaves() -> list[bytes]:
    rows = EvidenceLeaf.objects.exclude(leaf_index=None).order_by("leaf_index")
    return [bytes(data) for data in rows.values_list("leaf_data", flat=True)]


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


def test_leaves_wait_until_they_are_signed_for():
    record(3)
    assert evidence.proof("policy-1") is None
    evidence.integrate()
    record(1, "new")
    assert evidence.proof("new-0") is None
    assert evidence.proof("policy-1").tree_size == 3
    assert evidence.proof("nobody") is None


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


class TestAppendOnly:
    """The database refuses what the code never does."""

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE evidence_evidenceleaf SET kind = 'other'",
            "UPDATE evidence_evidenceleaf SET subject = 'other'",
            "UPDATE evidence_evidenceleaf SET leaf_data = 'x', leaf_hash = sha256('\\x0078'::bytea)",
            "UPDATE evidence_evidenceleaf SET leaf_index = 1",
            "UPDATE evidence_evidenceleaf SET leaf_index = NULL",
            "UPDATE evidence_evidenceleaf SET opening = 'x'",
            "UPDATE evidence_evidenceleaf SET recorded_at = now()",
            "DELETE FROM evidence_evidenceleaf",
            "TRUNCATE evidence_evidenceleaf",
            "UPDATE evidence_evidencetile SET hashes = sha256('x')",
            "UPDATE evidence_evidencetile SET level = 1",
            "DELETE FROM evidence_evidencetile",
            "TRUNCATE evidence_evidencetile",
            "UPDATE evidence_evidencecheckpoint SET note = 'x'",
            "DELETE FROM evidence_evidencecheckpoint",
            "TRUNCATE evidence_evidencecheckpoint",
            "UPDATE evidence_evidencelog SET origin = 'x'",
            "DELETE FROM evidence_evidencelog",
        ],
    )
    def test_refused(self, change):
        record(1)
        evidence.integrate()
        before = evidence.checkpoint(), all_leaves()
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
        assert (evidence.checkpoint(), all_leaves()) == before
        assert evidence.problems() == []

    def test_a_hash_that_is_not_of_the_data_is_refused(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            EvidenceLeaf.objects.create(
                id=uuid.uuid4(), shard_key=1, kind="x", subject="y", leaf_data=b"z", leaf_hash=b"h" * 32,
                recorded_at=clock.now(),
            )  # fmt: skip

    def test_two_leaves_never_have_one_place(self):
        record(2)
        with pytest.raises(IntegrityError), transaction.atomic():
            EvidenceLeaf.objects.update(leaf_index=0)


class TestRefusesToSign:
    """The file outside of the database wins; nothing is signed that does not continue it."""

    def head(self) -> bytes:
        return files.read(store._name(store.this_log().id))

    def refused(self, part: str) -> None:
        before = self.head()
        with pytest.raises(LogRefusesToSign) as refusal:
            evidence.integrate()
        assert part in refusal.value.message_en
        assert self.head() == before

    def test_when_the_tree_would_shrink(self):
        record(3)
        evidence.integrate()
        with connection.cursor() as cursor:  # a database restored from before
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("UPDATE evidence_evidencetile SET hashes = substring(hashes FROM 1 FOR 64)")
            cursor.execute("UPDATE evidence_evidenceleaf SET leaf_index = NULL WHERE leaf_index = 2")
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        EvidenceLeaf.objects.filter(leaf_index=None).update(opening=None)
        with mock.patch("baohe.rooms.evidence.actions.integrate._waiting", return_value=[]):
            self.refused("2 leaves, 3 were signed")

    def test_when_history_was_rewritten(self):
        record(3)
        evidence.integrate()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("UPDATE evidence_evidencetile SET hashes = sha256('x') || substring(hashes FROM 33)")
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        record(1, "new")
        self.refused("not the root that was signed")

    def test_when_time_does_not_advance(self):
        record(1)
        evidence.integrate()
        record(1, "new")
        with clock.travel(clock.now() - timedelta(days=1)):
            self.refused("time does not advance")
        evidence.integrate()
        assert evidence.checkpoint().size == 2

    def test_when_the_file_is_gone(self, own_data_folder):
        record(1)
        evidence.integrate()
        (own_data_folder / "files" / store._name(store.this_log().id)).unlink()
        record(1, "new")
        with pytest.raises(LogRefusesToSign, match="missing"):
            evidence.integrate()
        assert evidence.checkpoint() is None

    @pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"note": "x", "signed_at": "y"}'])
    def test_when_the_file_is_damaged(self, content):
        record(1)
        evidence.integrate()
        files.write(store._name(store.this_log().id), content)
        record(1, "new")
        self.refused("damaged")

    def test_when_another_signer_came_between(self):
        record(1)
        evidence.integrate()
        head = store.read_head(store.this_log())
        record(1, "new")
        evidence.integrate()
        with pytest.raises(LogRefusesToSign, match="another process"):
            store.replace_head(store.this_log(), head, head)
        assert evidence.checkpoint().size == 2


class TestKilled:
    """Every write point twice: not persisted, and persisted but not answered."""

    def crash_at(self, target: str, after: bool) -> None:
        module, name = target.rsplit(".", 1)
        real = getattr(__import__(module, fromlist=[name]), name)

        def dies(*args, **kwargs):
            if after:
                real(*args, **kwargs)
            raise KeyboardInterrupt

        with mock.patch(target, dies), pytest.raises(KeyboardInterrupt):
            evidence.integrate()

    @pytest.mark.parametrize("after", [False, True], ids=["not persisted", "persisted but not answered"])
    @pytest.mark.parametrize(
        "target",
        [
            "baohe.rooms.evidence.actions.integrate._grow",
            "baohe.rooms.evidence.actions.integrate._set_places",
            "baohe.rooms.evidence.actions.integrate._sequence",
            "baohe.rooms.evidence.actions.integrate._signed",
            "baohe.rooms.evidence.store.replace_head",
            "baohe.plumbing.files.write",
            "baohe.rooms.evidence.actions.integrate._remember",
            "baohe.rooms.evidence.actions.integrate._sign",
        ],
    )
    def test_at(self, target, after):
        record(300)
        evidence.integrate()
        old = evidence.checkpoint()
        record(10, "new")

        self.crash_at(target, after)

        seen = evidence.checkpoint()  # what the world may have seen already
        record(2, "after")
        evidence.integrate()
        head = evidence.checkpoint()
        leaves = all_leaves()
        assert head.size == len(leaves) == 312
        for earlier in (old, seen):
            assert naive_tree.mth(leaves[: earlier.size]) == earlier.root_hash
        assert EvidenceLeaf.objects.filter(leaf_index=None).count() == 0
        assert set(EvidenceCheckpoint.objects.values_list("size", flat=True)) >= {old.size, seen.size, head.size}
        assert evidence.problems() == []


def test_the_audit_names_a_changed_leaf():
    record(3)
    evidence.integrate()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE evidence_evidenceleaf SET leaf_data = 'x', leaf_hash = sha256('\\x0078') WHERE leaf_index = 1"
        )
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    assert evidence.problems() == ["leaf 1 is not what the tile says"]


@pytest.mark.django_db(transaction=True)
def test_a_second_sequencer_stands_aside():
    with transaction.atomic():
        record(3)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [0x6C6F67])
        results = []

        def other():
            results.append(evidence.integrate())
            connection.close()

        thread = threading.Thread(target=other)
        thread.start()
        thread.join(timeout=20)
    assert results == [0]
    assert EvidenceTile.objects.count() == 0
    assert evidence.integrate() == 3


@pytest.mark.django_db(transaction=True)
def test_a_leaf_outside_of_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        evidence.append("policy_issued", "policy-1", {}, 3)
    assert not EvidenceLeaf.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_sequencer_refuses_to_run_inside_a_transaction():
    """Its checkpoint file would promise leaves that a rollback takes back."""
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        evidence.integrate()
