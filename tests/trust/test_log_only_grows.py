"""What the log refuses: change, and a signature under a tree that does not continue the last one."""

from __future__ import annotations

import uuid
from datetime import timedelta
from unittest import mock

import pytest
from django.db import IntegrityError, connection, transaction

from baohe.plumbing import clock, files
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.evidence import store
from baohe.rooms.evidence.errors import LogRefusesToSign
from baohe.rooms.evidence.models import EvidenceLeaf
from tests.trust.log_steps import all_leaves, record

pytestmark = pytest.mark.django_db


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
