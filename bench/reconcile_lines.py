"""`reconcile.lines`: a provider's bill of 1,000,000 lines against as many payments of ours, beside COPY and a join.

Ours takes both sides as they come, line by line, and ends with a closed run: staged by COPY, matched both ways with
amounts, currencies, trade numbers, doubles and the neighbouring days, the differences kept as items with their money
on suspense, the leaf written. The reference copies the same two texts, ready-made in memory, into two tables and
joins them once with FULL JOIN on the number, counting what is not alike. Both find the same differences.
Lines a second; more is better.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from baohe.adapters.providers.port import BillLine
from baohe.cli.bench import Measure
from baohe.kernel.dates import day_begins
from baohe.rooms.reconciliation import facade as reconciliation
from baohe.rooms.reconciliation.contracts import RunView

LINES = 1_000_000
ROUNDS = 2
DAY = date(2026, 11, 20)
_DROPPED, _ALTERED = 5_000, 7_000


@dataclass(frozen=True, slots=True)
class Payment:
    """One of ours, as the payments' door gives it."""

    number: str
    trade_no: str
    amount_fen: int
    at: datetime
    kind: str = "payment"
    currency: str = "CNY"
    state: str = "paid"


def measure() -> Measure:
    """The best of `ROUNDS` each, on a day of its own."""
    ours, plain = [], []
    for round_ in range(ROUNDS):
        begin = time.perf_counter()
        told = run(DAY + timedelta(days=round_), LINES)
        ours.append(LINES / (time.perf_counter() - begin))
        seconds, found = _plain(DAY + timedelta(days=round_))
        plain.append(LINES / seconds)
        if told.differences != found:
            raise AssertionError(f"we found {told.differences} differences, PostgreSQL {found}")
    return Measure(max(ours), "lines/s", max(plain))


def run(day: date, lines: int) -> RunView:
    """A whole run of `lines` lines, of which a few were dropped and a few altered."""
    with reconciliation.held("wallet", day):
        staged = reconciliation.stage("wallet", day, bill(day, lines), payments(day, lines), _none, lambda _: None)
        return reconciliation.conclude(staged, lambda *_: False)


def bill(day: date, lines: int) -> Iterator[BillLine]:
    at = day_begins(day) + timedelta(hours=9)
    for n in range(lines):
        if n % _DROPPED:
            yield BillLine("payment", _number(day, n), f"2026{n:024d}", _fen(n) + (not n % _ALTERED), "CNY", at)


def payments(day: date, lines: int) -> Iterator[Payment]:
    at = day_begins(day) + timedelta(hours=9)
    return (Payment(_number(day, n), f"2026{n:024d}", _fen(n), at) for n in range(lines))


def _number(day: date, n: int) -> str:
    return f"BH{n % 1024:04d}{day.toordinal()}{n * 2_654_435_761 % 2**32:026X}"


def _fen(n: int) -> int:
    return 100 + n * 7_919 % 900_000


def _none(_: Sequence[str]) -> list[Payment]:
    return []


def _plain(day: date) -> tuple[float, int]:
    """Seconds of COPY and FULL JOIN over the same rows as ready-made text, and how many rows are not alike."""
    texts = {
        "plain_bill": "".join(f"{one.number}\t{one.trade_no}\t{one.amount_fen}\n" for one in bill(day, LINES)),
        "plain_ours": "".join(f"{one.number}\t{one.trade_no}\t{one.amount_fen}\n" for one in payments(day, LINES)),
    }
    begin = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for table, text in texts.items():
            cursor.execute(f"CREATE TEMP TABLE {table} (number text, trade_no text, amount_fen bigint) ON COMMIT DROP")
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                copy.write(text)
            cursor.execute(f"ANALYZE {table}")
        cursor.execute(
            "SELECT count(*) FROM plain_bill b FULL JOIN plain_ours o USING (number)"
            " WHERE b.amount_fen IS DISTINCT FROM o.amount_fen"
        )
        [found] = cursor.fetchone()
    return time.perf_counter() - begin, found
