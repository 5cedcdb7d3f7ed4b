"""The last days of the demo world, reconciled: all agrees but two lines that finance has to look into."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from baohe.flows import reconcile
from baohe.kernel.dates import day_begins
from baohe.plumbing import clock
from baohe.rooms.payments import facade as payments
from baohe.rooms.reconciliation import facade as reconciliation

DAYS = 5


def build() -> None:
    """Once: an installation that has reconciled anything is left alone."""
    if reconciliation.first_day("wallet") is not None:
        return
    yesterday = clock.today() - timedelta(days=1)
    for day in (yesterday - timedelta(days=back) for back in reversed(range(DAYS))):
        for provider in reconciliation.PROVIDERS:
            with reconciliation.held(provider, day):
                reconcile.match(provider, day, _bill(provider, day, surprises=day == yesterday))


def _bill(provider: str, day: date, *, surprises: bool) -> Iterator[reconciliation.BillLine]:
    """What the provider would have written: our own movements, and yesterday what nobody can place."""
    for one in payments.movements_on(provider, day):
        yield reconciliation.BillLine(one.kind, one.number, one.trade_no, one.amount_fen, one.currency, one.at)
    at = day_begins(day) + timedelta(hours=15, minutes=24, seconds=9)
    if surprises and provider == "transfer":
        yield reconciliation.BillLine("payment", "", f"CN{day:%Y%m%d}004417", 368_000, "CNY", at)
    if surprises and provider == "wallet":
        yield reconciliation.BillLine("payout", "", f"{day:%Y%m%d}2200140938620517", 12_660, "CNY", at)
