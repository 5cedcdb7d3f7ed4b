"""The accountant's reports. A closed month is read from its snapshot, an open one is added up; `check()` proves both
to be the same sums."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Max, Min

from baohe.kernel.dates import add_months
from baohe.kernel.errors import InvalidInput
from baohe.rooms.ledger import models
from baohe.rooms.ledger.contracts import (
    AccountMonth,
    AccountStatement,
    ClosedMonthView,
    MoneyFlow,
    RunningLine,
    StatementLine,
    TrialBalance,
)
from baohe.rooms.ledger.rules import chart
from baohe.rooms.ledger.rules.flows import Turnover, flows_between

MAX_PAGE = 200
MAX_ACCOUNTS = 5_000

_MOVED = """
SELECT account, sum(opening)::bigint, sum(debit)::bigint, sum(credit)::bigint
FROM (
    SELECT account, closing_fen AS opening, 0 AS debit, 0 AS credit
    FROM ledger_monthbalance WHERE month_id = %(snapshot)s AND currency = 'CNY'
    UNION ALL
    SELECT p.account,
           CASE WHEN e.period < %(month)s THEN p.amount_fen ELSE 0 END,
           CASE WHEN e.period >= %(month)s THEN greatest(p.amount_fen, 0) ELSE 0 END,
           CASE WHEN e.period >= %(month)s THEN greatest(-p.amount_fen, 0) ELSE 0 END
    FROM ledger_ledgerentry e JOIN ledger_posting p ON p.entry_id = e.id
    WHERE e.period > %(snapshot)s AND e.period <= %(month)s AND p.currency = 'CNY'
) AS moved
GROUP BY account ORDER BY account LIMIT %(limit)s
"""

_LINES = """
SELECT e.id, e.kind, e.ref, e.business_date, e.memo, e.recorded_at, p.account, p.amount_fen, p.currency,
       sum(p.amount_fen) OVER (ORDER BY e.period, p.entry_id, p.line)::bigint
FROM ledger_ledgerentry e JOIN ledger_posting p ON p.entry_id = e.id
WHERE {under} AND p.currency = 'CNY' AND e.period BETWEEN %(first)s AND %(last)s
ORDER BY e.period, p.entry_id, p.line OFFSET %(offset)s LIMIT %(size)s
"""

_TOTALS = """
SELECT coalesce(sum(p.amount_fen) FILTER (WHERE e.period < %(first)s), 0)::bigint,
       coalesce(sum(p.amount_fen) FILTER (WHERE e.period >= %(first)s AND p.amount_fen > 0), 0)::bigint,
       coalesce(-sum(p.amount_fen) FILTER (WHERE e.period >= %(first)s AND p.amount_fen < 0), 0)::bigint,
       count(*) FILTER (WHERE e.period >= %(first)s)
FROM ledger_ledgerentry e JOIN ledger_posting p ON p.entry_id = e.id
WHERE {under} AND p.currency = 'CNY' AND e.period <= %(last)s
"""

_UNDER = "(p.account = %(account)s OR p.account LIKE %(below)s)"

_MOVED_ON_DAYS = """
SELECT p.account, sum(p.amount_fen)::bigint
FROM ledger_ledgerentry e JOIN ledger_posting p ON p.entry_id = e.id
WHERE {under} AND p.currency = 'CNY' AND e.period >= %(month)s AND e.business_date BETWEEN %(first)s AND %(last)s
GROUP BY 1 ORDER BY 1
"""

_TURNOVER = """
SELECT e.kind, p.account, sum(p.amount_fen)::bigint
FROM ledger_ledgerentry e JOIN ledger_posting p ON p.entry_id = e.id
WHERE e.period BETWEEN %(first)s AND %(last)s AND p.currency = 'CNY'
GROUP BY 1, 2 ORDER BY 1, 2
"""


def closed_month(month: date) -> ClosedMonthView | None:
    row = models.ClosedMonth.objects.filter(month=month).first()
    return None if row is None else _closed(row)


def closed_months(limit: int = 24) -> list[ClosedMonthView]:
    """The newest first."""
    return [_closed(row) for row in models.ClosedMonth.objects.order_by("-month")[:limit]]


def first_open_month() -> date | None:
    """The month to be closed next: after the last closed one, or that of the first entry; None with empty books."""
    last = models.ClosedMonth.objects.aggregate(last=Max("month"))["last"]
    if last is not None:
        return add_months(last, 1)
    first: date | None = models.LedgerEntry.objects.aggregate(first=Min("period"))["first"]
    return first


def trial_balance(month: date) -> TrialBalance:
    """Every account that ever moved, with opening, turnovers and closing of `month` (its first day)."""
    _first_day(month)
    closed = closed_month(month)
    if closed is not None:
        rows = [
            (row.account, row.opening_fen, row.debit_fen, row.credit_fen)
            for row in models.MonthBalance.objects.filter(month_id=month, currency="CNY").order_by("account")
        ]
    else:
        rows = _added_up(month)
    accounts = tuple(_account_month(*row) for row in rows)
    return TrialBalance(
        month, closed, accounts, sum(row.debit_fen for row in accounts), sum(row.credit_fen for row in accounts)
    )


def account_statement(account: str, first: date, last: date, page: int = 1, size: int = 50) -> AccountStatement:
    """An account or branch over the months from `first` to `last` (first days). Raises `InvalidInput`."""
    _first_day(first)
    _first_day(last)
    if page < 1 or not 1 <= size <= MAX_PAGE or last < first:
        raise InvalidInput(field="page", reason_zh=f"每页 1–{MAX_PAGE} 条", reason_en=f"1–{MAX_PAGE} lines a page")
    what: dict[str, Any] = {
        **_branch(account),
        "first": first,
        "last": last,
        "offset": (page - 1) * size,
        "size": size,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS.format(under=_UNDER), what)
        opening, debit, credit, total = cursor.fetchone()
        cursor.execute(_LINES.format(under=_UNDER), what)
        items = [RunningLine(StatementLine(*row[:9]), opening + row[9]) for row in cursor.fetchall()]
    return AccountStatement(
        account, chart.name_of(account), first, last, opening, debit, credit, opening + debit - credit,
        items, total, page, size,
    )  # fmt: skip


def money_flows(first: date, last: date) -> list[MoneyFlow]:
    """Where money went between the families of accounts in the months from `first` to `last`, largest first."""
    _first_day(first)
    _first_day(last)
    with connection.cursor() as cursor:
        cursor.execute(_TURNOVER, {"first": first, "last": last})
        return flows_between([Turnover(*row) for row in cursor.fetchall()])


def moved(branch: str, first: date, last: date) -> dict[str, int]:
    """Account → net fen of the facts dated from `first` to `last`, both included, under a branch of the chart."""
    what = {**_branch(branch), "month": first.replace(day=1), "first": first, "last": last}
    with connection.cursor() as cursor:
        cursor.execute(_MOVED_ON_DAYS.format(under=_UNDER), what)
        return dict(cursor.fetchall())


def wrong_snapshots() -> list[str]:
    """Balances of closed months that differ from the sums of the postings, in sentences."""
    with connection.cursor() as cursor:
        cursor.execute(_WRONG)
        return [f"balance of {account} at the end of {month:%Y-%m} is off" for month, account in cursor.fetchall()]


_WRONG = """
WITH sums AS (
    SELECT m.month, p.account, p.currency, sum(p.amount_fen) AS closing
    FROM ledger_closedmonth m
    JOIN ledger_ledgerentry e ON e.period <= m.month JOIN ledger_posting p ON p.entry_id = e.id
    WHERE m.month = (SELECT max(month) FROM ledger_closedmonth)
    GROUP BY 1, 2, 3
)
SELECT coalesce(s.month, b.month_id), coalesce(s.account, b.account)
FROM sums s FULL JOIN (
    SELECT * FROM ledger_monthbalance WHERE month_id = (SELECT max(month) FROM ledger_closedmonth)
) b ON b.month_id = s.month AND b.account = s.account AND b.currency = s.currency
WHERE coalesce(s.closing, 0) <> coalesce(b.closing_fen, 0)
LIMIT 20
"""


def _added_up(month: date) -> list[tuple[str, int, int, int]]:
    snapshot = models.ClosedMonth.objects.filter(month__lt=month).aggregate(last=Max("month"))["last"] or date.min
    with connection.cursor() as cursor:
        cursor.execute(_MOVED, {"snapshot": snapshot, "month": month, "limit": MAX_ACCOUNTS + 1})
        rows = cursor.fetchall()
    if len(rows) > MAX_ACCOUNTS:
        raise InvalidInput(
            field="month", reason_zh=f"科目多于 {MAX_ACCOUNTS} 个", reason_en=f"more than {MAX_ACCOUNTS} accounts"
        )
    return rows


def _account_month(account: str, opening: int, debit: int, credit: int) -> AccountMonth:
    kind = chart.kind_of(account)
    class_ = kind.class_ if kind is not None else ""
    return AccountMonth(account, chart.name_of(account), class_, opening, debit, credit, opening + debit - credit)


def _closed(row: models.ClosedMonth) -> ClosedMonthView:
    return ClosedMonthView(row.month, row.closed_at, row.closed_by, row.closed_by_name, row.entries, row.digest)


def _branch(account: str) -> dict[str, str]:
    below = account.rstrip("/").replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "/%"
    return {"account": account, "below": below}


def _first_day(month: date) -> None:
    if month.day != 1:
        raise InvalidInput(field="month", reason_zh="月份用其首日表示", reason_en="a month is named by its first day")
