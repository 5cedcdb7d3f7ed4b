"""Every posting of a branch in one month, for whoever must read them all: in pages by key, so memory stays flat."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection

from baohe.rooms.ledger.contracts import StatementLine

_PAGE = 2_000

_LINES = """
SELECT e.id, e.kind, e.ref, e.business_date, e.memo, e.recorded_at, p.account, p.amount_fen, p.currency, p.line
FROM ledger_ledgerentry e JOIN ledger_posting p ON p.entry_id = e.id
WHERE p.account LIKE %(below)s AND p.currency = 'CNY' AND e.period = %(month)s
  AND (p.entry_id, p.line) > (%(entry)s, %(line)s)
ORDER BY p.entry_id, p.line LIMIT %(page)s
"""

_BEFORE_ALL = "00000000-0000-0000-0000-000000000000"


def lines_of(branch: str, month: date) -> Iterator[StatementLine]:
    """The postings below `branch` that count in `month` (its first day), in the order of `account_statement`."""
    escaped = branch.rstrip("/").replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    last: tuple[Any, int] = (_BEFORE_ALL, 0)
    while True:
        with connection.cursor() as cursor:
            what = {"below": f"{escaped}/%", "month": month, "entry": last[0], "line": last[1], "page": _PAGE}
            cursor.execute(_LINES, what)
            rows = cursor.fetchall()
        for row in rows:
            yield StatementLine(*row[:9])
        if len(rows) < _PAGE:
            return
        last = (rows[-1][0], rows[-1][9])
