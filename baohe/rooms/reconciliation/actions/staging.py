"""Both sides of a day in tables of this session, by COPY: the machine holds one batch at a time, the database the rest.

Temporary tables are unlogged, seen by nobody else and gone with the connection, also when the process is killed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar

from django.db import connection

from baohe.adapters.providers.port import BillLine
from baohe.rooms.reconciliation.contracts import Movement
from baohe.rooms.reconciliation.rules.differences import DONE

BATCH = 5_000
ASKED_AT_ONCE = 1_000
MOST_ASKED = 500
"""Open payments asked about in one run; the rest become items, which the next round looks at again."""

_T = TypeVar("_T")

Find = Callable[[Sequence[str]], Iterable[Movement]]
Settle = Callable[[Movement], None]

_GONE = """
DROP TABLE IF EXISTS pg_temp.reconciliation_bill, pg_temp.reconciliation_ours, pg_temp.reconciliation_pair,
    pg_temp.reconciliation_across, pg_temp.reconciliation_difference
"""

_TABLES = """
CREATE TEMP TABLE reconciliation_bill (
    n bigint, kind text, number text, trade_no text, amount_fen bigint, currency text, at timestamptz);
CREATE TEMP TABLE reconciliation_ours (
    kind text, number text, trade_no text, amount_fen bigint, currency text, at timestamptz, state text, done boolean,
    day date GENERATED ALWAYS AS ((at AT TIME ZONE 'Asia/Shanghai')::date) STORED);
"""

_UNKNOWN = """
SELECT DISTINCT b.number FROM reconciliation_bill b
WHERE b.number > %(after)s
  AND NOT EXISTS (SELECT FROM reconciliation_ours o WHERE o.kind = b.kind AND o.number = b.number)
ORDER BY b.number LIMIT %(size)s
"""

_CROSSED = """
SELECT DISTINCT c.number FROM reconciliation_crossing c
WHERE c.provider = %(provider)s AND c.bill_day = %(day)s AND c.number > %(after)s
  AND NOT EXISTS (SELECT FROM reconciliation_ours o WHERE o.kind = c.movement AND o.number = c.number)
ORDER BY c.number LIMIT %(size)s
"""
"""Movements of other days that an earlier edition of this bill named: should this one not, they are still known."""

_COPY_OURS = "COPY reconciliation_ours (kind, number, trade_no, amount_fen, currency, at, state, done) FROM STDIN"

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass(frozen=True, slots=True)
class Staged:
    """A day whose two sides lie in this session's tables."""

    provider: str
    day: date
    bill_digest: str
    asked: int


def stage(
    provider: str, day: date, lines: Iterable[BillLine], movements: Iterable[Movement], find: Find, settle: Settle
) -> Staged:
    """Load the bill and our movements of `day`, then what else of ours the bill names, or an earlier edition of it
    named (`find`, by number).

    A payment that we hold as open, closed or failed while the bill says it was paid is first handed to `settle`, the
    ordinary way in, and looked up again; only what stays becomes a difference. Calls the outside world through its
    arguments: not in a transaction. Whatever `lines` raises leaves nothing behind.
    """
    with connection.cursor() as cursor:
        cursor.execute(_GONE)
        cursor.execute(_TABLES)
    bill_digest = _load_bill(lines)
    _load_ours(movements)
    _analyze()
    asked = sum(_look_up(numbers, find, settle, MOST_ASKED) for numbers in _numbers(_UNKNOWN, {}))
    for numbers in _numbers(_CROSSED, {"provider": provider, "day": day}):
        _look_up(numbers, find, settle, 0)
    _analyze()
    return Staged(provider, day, bill_digest, asked)


def leave() -> None:
    """Give the space back before the session ends."""
    with connection.cursor() as cursor:
        cursor.execute(_GONE)


def _load_bill(lines: Iterable[BillLine]) -> str:
    """COPY the lines and return the SHA-256 of exactly what was copied."""
    seen = hashlib.sha256()
    for batch in _batches(enumerate(lines, start=1)):
        text = "".join(_bill_row(n, line) for n, line in batch)
        seen.update(text.encode())
        _copy("COPY reconciliation_bill FROM STDIN", text)
    return seen.hexdigest()


def _bill_row(n: int, one: BillLine) -> str:
    number, trade_no = _escaped(one.number), _escaped(one.trade_no)
    return f"{n}\t{one.kind}\t{number}\t{trade_no}\t{one.amount_fen}\t{one.currency}\t{one.at}\n"


def _load_ours(movements: Iterable[Movement]) -> None:
    for batch in _batches(movements):
        _copy(_COPY_OURS, "".join(map(_our_row, batch)))


def _copy(statement: str, text: str) -> None:
    # Only once the batch is read: its reader may have a cursor on this connection, which an open COPY would block
    # for ever.
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(text)


def _batches(things: Iterable[_T]) -> Iterator[list[_T]]:
    left = iter(things)
    while batch := list(islice(left, BATCH)):
        yield batch


def _our_row(one: Movement) -> str:
    number, trade_no = _escaped(one.number), _escaped(one.trade_no)
    done = "t" if one.state in DONE else "f"
    return f"{one.kind}\t{number}\t{trade_no}\t{one.amount_fen}\t{one.currency}\t{one.at}\t{one.state}\t{done}\n"


def _escaped(text: str) -> str:
    return text if text.isalnum() else text.translate(_ESCAPES)


def _numbers(query: str, what: Mapping[str, object]) -> Iterator[list[str]]:
    """Numbers that are not among ours yet, in pages."""
    after = ""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(query, {**what, "after": after, "size": ASKED_AT_ONCE})
            numbers = [number for (number,) in cursor.fetchall()]
        if not numbers:
            return
        yield numbers
        after = numbers[-1]


def _look_up(numbers: Sequence[str], find: Find, settle: Settle, most: int) -> int:
    found = list(find(numbers))
    undecided = [one for one in found if one.state not in DONE][:most]
    for one in undecided:
        settle(one)
    if undecided:
        found = list(find(numbers))
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, number FROM reconciliation_ours WHERE number = ANY(%s)", [list(numbers)])
        there = set(cursor.fetchall())
    _load_ours(one for one in found if (one.kind, one.number) not in there)
    return len(undecided)


def _analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE reconciliation_bill")
        cursor.execute("ANALYZE reconciliation_ours")
