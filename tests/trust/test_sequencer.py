"""The sequencer, killed at every write point, with another one beside it, or inside a transaction."""

from __future__ import annotations

import threading
from unittest import mock

import pytest
from django.db import connection, transaction

from baohe.rooms.evidence import facade as evidence
from baohe.rooms.evidence.models import EvidenceCheckpoint, EvidenceLeaf, EvidenceTile
from tests.trust import naive_tree
from tests.trust.log_steps import all_leaves, record

pytestmark = pytest.mark.django_db


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
def test_the_sequencer_refuses_to_run_inside_a_transaction():
    """Its checkpoint file would promise leaves that a rollback takes back."""
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        evidence.integrate()
