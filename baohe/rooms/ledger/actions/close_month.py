"""Close a month: from then on nothing lands in it, and its balances stand."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection, transaction

from baohe.kernel.canonical import digest
from baohe.kernel.dates import add_months
from baohe.plumbing import clock
from baohe.rooms.ledger import models
from baohe.rooms.ledger.contracts import ClosedMonthView
from baohe.rooms.ledger.errors import MonthNotClosable
from baohe.rooms.ledger.queries import check
from baohe.rooms.ledger.reports import closed_month, first_open_month

_BALANCES = """
INSERT INTO ledger_monthbalance (month_id, account, currency, opening_fen, debit_fen, credit_fen, closing_fen)
SELECT %(month)s, account, currency, sum(opening), sum(debit), sum(credit), sum(opening) + sum(debit) - sum(credit)
FROM (
    SELECT account, currency, closing_fen AS opening, 0 AS debit, 0 AS credit
    FROM ledger_monthbalance WHERE month_id = %(before)s
    UNION ALL
    SELECT p.account, p.currency, 0, greatest(p.amount_fen, 0), greatest(-p.amount_fen, 0)
    FROM ledger_ledgerentry e JOIN ledger_posting p ON p.entry_id = e.id
    WHERE e.period = %(month)s
) AS moved
GROUP BY account, currency
"""


def close_month(month: date, staff_id: UUID, staff_name: str) -> ClosedMonthView:
    """Close `month` (its first day) in the caller's transaction; closing it again returns what was closed.

    Waits for the posts that are under way and lets no new one in until the caller commits. Raises `MonthNotClosable`:
    the running month, a month out of order, or books in which `check()` finds something wrong.
    """
    with transaction.atomic():
        hold_months()
        earlier = closed_month(month)
        if earlier is not None:
            return earlier
        _refuse_out_of_order(month)
        if problems := check():
            raise MonthNotClosable(
                month=f"{month:%Y-%m}", reason_zh=f"账目有误（{problems[0]}）", reason_en=problems[0]
            )
        row = models.ClosedMonth(
            month=month,
            closed_at=clock.now(),
            closed_by=staff_id,
            closed_by_name=staff_name,
            entries=models.LedgerEntry.objects.filter(period=month).count(),
        )
        balances = _balances(month)
        row.digest = digest([[account, currency, fen] for account, currency, fen in balances])
        row.save(force_insert=True)
        with connection.cursor() as cursor:
            cursor.execute(_BALANCES, {"month": month, "before": add_months(month, -1)})
        return ClosedMonthView(month, row.closed_at, staff_id, staff_name, row.entries, row.digest)


def hold_months() -> None:
    """Keep every post out until the caller's transaction ends. What is posted on the way to closing a month comes
    after this: two closings that each hold the posts' share would wait for each other for ever."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ledger.close_month'))")


def _refuse_out_of_order(month: date) -> None:
    text, today = f"{month:%Y-%m}", clock.today()
    if month.day != 1 or month >= today.replace(day=1):
        raise MonthNotClosable(month=text, reason_zh="这个月还没有结束", reason_en="it is not over yet")
    following = first_open_month()
    if following is not None and month != following:
        raise MonthNotClosable(
            month=text, reason_zh=f"先结 {following:%Y-%m}", reason_en=f"{following:%Y-%m} comes first"
        )


def _balances(month: date) -> list[tuple[str, str, int]]:
    """Every account with its sum up to the end of `month`, from the postings themselves, not from the cache."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.account, p.currency, sum(p.amount_fen)::bigint FROM ledger_ledgerentry e"
            " JOIN ledger_posting p ON p.entry_id = e.id WHERE e.period <= %s GROUP BY 1, 2 ORDER BY 1, 2",
            [month],
        )
        return list(cursor.fetchall())
