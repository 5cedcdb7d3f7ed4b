"""The end of a month: the reserve for cover still to be given, the tax inside the commission, and the books closed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from django.db import transaction

from baohe.flows import bookkeeping
from baohe.kernel.dates import add_months
from baohe.plumbing import outbox
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.contracts import ClosedMonthView
from baohe.rooms.ledger.facade import chart, movements
from baohe.rooms.policies import facade as policies

SHARD = 0
"""Entries of a whole month belong to no policy."""

VAT_BP: tuple[tuple[date, int], ...] = ((date(2016, 5, 1), 600),)
"""Rate of the tax on commission of a general taxpayer, by the day it took effect (财税〔2016〕36号)."""


@dataclass(frozen=True, slots=True)
class Reserve:
    """An insurer's reserve at the end of the month beside what the books hold for it."""

    insurer: str
    policies: int
    unearned_fen: int
    booked_fen: int

    @property
    def change_fen(self) -> int:
        return self.unearned_fen - self.booked_fen


@dataclass(frozen=True, slots=True)
class Closing:
    """What closing `month` will post. `commission_fen` is the month's commission less claw-backs, tax included."""

    month: date
    reserves: tuple[Reserve, ...]
    commission_fen: int
    vat_bp: int
    vat_fen: int


def prepare(month: date) -> Closing:
    """What `close` would post now; changes nothing."""
    reserves = tuple(_reserves(month))
    commission_fen = _commission_fen(month)
    vat_bp = [bp for since, bp in VAT_BP if since <= month][-1]
    return Closing(month, reserves, commission_fen, vat_bp, tax_inside(commission_fen, vat_bp))


def close(month: date, staff_id: UUID, staff_name: str) -> ClosedMonthView:
    """Post reserve and tax as of the last day and close the month, in one transaction; once for ever (field bug 21:
    two people, or one person twice, close it once). Raises `MonthNotClosable`."""
    with transaction.atomic():
        ledger.hold_months()
        earlier = ledger.closed_month(month)
        if earlier is not None:
            return earlier
        _post(prepare(month))
        view = ledger.close_month(month, staff_id, staff_name)
        evidence.append("books_closed", f"{month:%Y-%m}", {"entries": view.entries, "balances": view.digest}, SHARD)
        outbox.publish("ledger.month_closed", f"{month:%Y-%m}", SHARD, {"month": month.isoformat()})
    return view


def tax_inside(gross_fen: int, rate_bp: int) -> int:
    """The tax in an amount that includes it: gross × rate ÷ (1 + rate), rounded once, half away from zero."""
    exact = Fraction(abs(gross_fen) * rate_bp, 10_000 + rate_bp)
    tax = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    return tax if gross_fen >= 0 else -tax


def _reserves(month: date) -> list[Reserve]:
    unearned: dict[str, int] = defaultdict(int)
    counted: dict[str, int] = defaultdict(int)
    for row in policies.earned_on(_last_day(month)):
        for insurer, fen in bookkeeping.by_carrier(catalog.version(row.version_id), row.unearned_fen):
            unearned[insurer] += fen
            counted[insurer] += row.policies
    booked = {
        account.split("/")[1]: -fen
        for account, fen in ledger.balances("insurer").items()
        if account.endswith("/unearned_premium")
    }
    return [
        Reserve(insurer, counted[insurer], unearned[insurer], booked.get(insurer, 0))
        for insurer in sorted({*unearned, *booked})
    ]


def _commission_fen(month: date) -> int:
    moved = {row.account: row.debit_fen - row.credit_fen for row in ledger.trial_balance(month).rows}
    return -moved.get(chart.COMMISSION_EARNED, 0) - moved.get(chart.COMMISSION_CLAWED_BACK, 0)


def _post(closing: Closing) -> None:
    for reserve in closing.reserves:
        _entry(
            "unearned_change",
            f"{closing.month:%Y-%m}:{reserve.insurer}",
            closing.month,
            movements.unearned_change(reserve.insurer, reserve.change_fen),
        )
    _entry("commission_vat", f"{closing.month:%Y-%m}", closing.month, movements.vat(closing.vat_fen))


def _entry(kind: str, ref: str, month: date, postings: tuple[ledger.Posting, ...]) -> None:
    if postings:
        ledger.post(ledger.Entry(kind, ref, SHARD, _last_day(month), f"{month:%Y-%m}", postings))


def _last_day(month: date) -> date:
    return add_months(month, 1) - timedelta(days=1)
