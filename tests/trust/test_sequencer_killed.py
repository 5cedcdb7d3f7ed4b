"""`kill -9` of real sequencers at moments of chance: no checkpoint the world saw is ever contradicted."""

from __future__ import annotations

import os
import random
import signal
import time

import pytest
from django.db import connection, transaction

from baohe.rooms.evidence import facade as evidence
from baohe.rooms.evidence.models import EvidenceLeaf
from tests.trust import naive_tree

ROUNDS = 15
LEAVES = 40


def forked_sequencer() -> int:
    """A process that sequences as fast as it can, until it is killed."""
    child = os.fork()
    if child:
        return child
    try:
        connection.connection = None  # the parent's; closing it here would end the parent's session
        while True:
            evidence.integrate()
    finally:
        os._exit(1)


@pytest.mark.django_db(transaction=True)
def test_killed_sequencers_never_fork_the_log():
    chance = random.Random(9162)
    seen = []
    for round_ in range(ROUNDS):
        child = forked_sequencer()
        for part in range(4):
            with transaction.atomic():
                evidence.append_many(
                    [evidence.NewLeaf("policy_issued", f"{round_}-{part}-{i}", {}, 3) for i in range(LEAVES // 4)]
                )
            time.sleep(chance.uniform(0, 0.04))
            if (head := evidence.checkpoint()) is not None:
                seen.append(head)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)

    deadline = time.monotonic() + 30
    while (head := evidence.checkpoint()) is None or head.size < ROUNDS * LEAVES:
        evidence.integrate()  # the lock of the last killed session may be held for a moment
        assert time.monotonic() < deadline

    rows = EvidenceLeaf.objects.order_by("leaf_index")
    leaves = [bytes(data) for data in rows.values_list("leaf_data", flat=True)]
    assert head.size == len(leaves) == ROUNDS * LEAVES
    for earlier in [*seen, head]:
        assert naive_tree.mth(leaves[: earlier.size]) == earlier.root_hash
    assert len({h.size for h in seen}) > 3  # the killed ones did work
    assert evidence.problems() == []
