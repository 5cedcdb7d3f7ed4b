"""`ledger.post`: postings a second through the ledger's door, beside COPY of the same rows.

Ours is `ledger.post_many`: 1,000 entries of four postings a transaction, checked before and by the deferred trigger
at commit, under foreign key and append-only triggers. The reference is COPY of the very rows, as one ready-made
text a table, into tables with the same columns, checks and indexes but without triggers and foreign keys. Both
commit durably, take turns, and begin with empty tables.
"""

from __future__ import annotations

import time
from datetime import date

from django.db import connection, transaction

from baohe.cli.bench import Measure
from baohe.rooms.ledger import facade as ledger

ENTRIES = 1_000
ROUNDS = 10
_TABLES = ("ledger_ledgerentry", "ledger_posting")


def measure() -> Measure:
    """Postings a second; the best of `ROUNDS` each, so that a neighbour's noise hits neither."""
    with connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(f"DROP TABLE IF EXISTS plain_{table}")
            cursor.execute(f"CREATE TABLE plain_{table} (LIKE {table} INCLUDING ALL)")
    ours, plain = [], []
    try:
        for round_ in range(ROUNDS):
            ours.append(_ours(round_))
            plain.append(_plain(round_))
        if problems := ledger.check():
            raise AssertionError(problems)
    finally:
        with connection.cursor() as cursor:
            for table in _TABLES:
                cursor.execute(f"DROP TABLE IF EXISTS plain_{table}")
    return Measure(max(ours), "postings/s", max(plain))


def _entries(round_: int) -> list[ledger.Entry]:
    return [
        ledger.Entry(
            kind="bench",
            ref=f"{round_}-{number}",
            shard_key=number % 1024,
            business_date=date(2026, 11, 22),
            memo="运费险",
            postings=ledger.joined(
                ledger.movements.bulk_premium("shop-1", "haijia", 100 + number),
                ledger.movements.commission_accrued("haijia", (100 + number) * 15 // 100),
            ),
        )
        for number in range(ENTRIES)
    ]


def _ours(round_: int) -> float:
    entries = _entries(round_)
    begin = time.perf_counter()
    with transaction.atomic():
        postings = ledger.post_many(entries)
    return postings / (time.perf_counter() - begin)


def _plain(round_: int) -> float:
    """The rows that our round just wrote, copied as text from memory."""
    pattern = f"{round_}-%"
    chosen = {
        "ledger_ledgerentry": f"SELECT * FROM ledger_ledgerentry WHERE kind = 'bench' AND ref LIKE '{pattern}'",
        "ledger_posting": (
            "SELECT p.* FROM ledger_posting p JOIN ledger_ledgerentry e ON e.id = p.entry_id"
            f" WHERE e.kind = 'bench' AND e.ref LIKE '{pattern}'"
        ),
    }
    with connection.cursor() as cursor:
        texts = {}
        for table, rows in chosen.items():
            with cursor.copy(f"COPY ({rows}) TO STDOUT") as copy:
                texts[table] = b"".join(bytes(part) for part in copy)
        begin = time.perf_counter()
        with transaction.atomic():
            for table in _TABLES:
                with cursor.copy(f"COPY plain_{table} FROM STDIN") as copy:
                    copy.write(texts[table])
        seconds = time.perf_counter() - begin
    return texts["ledger_posting"].count(b"\n") / seconds
