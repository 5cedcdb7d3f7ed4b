"""`evidence.append`: leaves a second through the evidence log's door, beside COPY of the same rows.

Ours is `evidence.append_many`: 5,000 facts a transaction, each salted, committed to, hashed, and written with COPY
into the append-only table, whose check hashes the leaf once more. The reference is COPY of the very rows, as one
ready-made text, into a table with the same columns, checks and indexes. Both commit durably and take turns.
"""

from __future__ import annotations

import time

from django.db import connection, transaction

from baohe.cli.bench import Measure
from baohe.rooms.evidence import facade as evidence

LEAVES = 5_000
ROUNDS = 6
_TABLE = "evidence_evidenceleaf"


def measure() -> Measure:
    """Leaves a second; the best of `ROUNDS` each, so that a neighbour's noise hits neither."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS plain_{_TABLE}")
        cursor.execute(f"CREATE TABLE plain_{_TABLE} (LIKE {_TABLE} INCLUDING ALL)")
    ours, plain = [], []
    try:
        for round_ in range(ROUNDS):
            ours.append(_ours(round_))
            plain.append(_plain(round_))
        evidence.integrate()
        if problems := evidence.problems():
            raise AssertionError(problems)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS plain_{_TABLE}")
    return Measure(max(ours), "leaves/s", max(plain))


def _ours(round_: int) -> float:
    facts = {"number": "F2026-0000-0000-0000", "version": "freight_return@2026.1", "premium_fen": 60}
    drafts = [
        evidence.NewLeaf(f"bench_{round_}", f"018f2b7e-{number:028d}", {**facts, "n": number}, number % 1024)
        for number in range(LEAVES)
    ]
    begin = time.perf_counter()
    with transaction.atomic():
        evidence.append_many(drafts)
    return LEAVES / (time.perf_counter() - begin)


def _plain(round_: int) -> float:
    """The rows that our round just wrote, copied as text from memory."""
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY (SELECT * FROM {_TABLE} WHERE kind = 'bench_{round_}') TO STDOUT") as copy:
            text = b"".join(bytes(part) for part in copy)
        begin = time.perf_counter()
        with transaction.atomic(), cursor.copy(f"COPY plain_{_TABLE} FROM STDIN") as copy:
            copy.write(text)
        return LEAVES / (time.perf_counter() - begin)
