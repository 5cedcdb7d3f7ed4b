"""Each day's provider bill against our payments, both ways, once the day is over and the bill is there.

What the bill says was paid and we hold as open goes the ordinary way in first: the provider is asked and its answer
settled like any other. Only what stays becomes an item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import islice

import structlog

from baohe.flows import settle_payment
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.contracts import MovementView
from baohe.rooms.reconciliation import facade as reconciliation
from baohe.rooms.reconciliation.contracts import Movement, RunView
from baohe.rooms.reconciliation.errors import DayNotOver

log = structlog.get_logger()

_LINES_AT_ONCE = 1_000
LOOK_BACK = timedelta(days=31)
"""How long a missing bill is asked for; after that its item alone remembers it."""


def run(provider: str, day: date, *, again: bool = False) -> RunView:
    """Reconcile a provider's day. Done once for ever: a second call returns the first one's run, and waits for one
    that is under way. `again` fetches the bill anew and makes an edition, which adds no item twice.

    Raises `DayNotOver`, `NotBilled`, `ProviderNotSetUp`. Calls the provider: not in a transaction.
    """
    if day >= clock.today():
        raise DayNotOver(day=f"{day}")
    with reconciliation.held(provider, day):
        earlier = reconciliation.current_run(provider, day)
        if earlier is not None and not again:
            return earlier
        recheck(provider)
        with reconciliation.bill_of(provider, day) as lines:
            return match(provider, day, lines)


def match(provider: str, day: date, lines: Iterable[reconciliation.BillLine]) -> RunView:
    """The run of a bill that is in hand; the caller holds the day (`reconciliation.held`)."""
    staged = reconciliation.stage(
        provider, day, _named(provider, lines), _ours_on(provider, day), partial(_found, provider), _ask
    )
    done = reconciliation.conclude(staged, _adopted_at(provider))
    recheck(provider)  # the bill may have proven that a notice was false
    log.info("day_reconciled", provider=provider, day=f"{day}", lines=done.bill.count, differences=done.differences)
    return done


def recheck(provider: str) -> int:
    """End the items that our own side explains by now, and take back what a false word put on suspense; returns how
    many items ended."""
    numbers = reconciliation.numbers_to_recheck(provider)
    found = _found(provider, numbers) if numbers else ()
    recovered = _recovered(provider, reconciliation.trades_to_recheck(provider))
    return reconciliation.recheck(provider, found, _adopted_at(provider), partial(_found, provider), recovered)


def daily_round() -> int:
    """Every day that is over and has no run yet, provider by provider; a bill that stays away becomes an item.
    Cheap when nothing is due; returns how many runs were made."""
    made = 0
    for provider in reconciliation.PROVIDERS:
        try:
            made += _round_of(provider)
        except Exception:  # noqa: BLE001 - whatever one provider's bill broke, the others' days must have their turn
            log.exception("round_of_provider_failed", provider=provider)
    return made


def _round_of(provider: str) -> int:
    yesterday = clock.today() - timedelta(days=1)
    # A worker that was away, or a bill that did not come on the first day, must leave no day behind.
    known = (reconciliation.first_day(provider), payments.first_day_paid(provider))
    first = min((day for day in known if day is not None), default=yesterday)
    made = 0
    for day in reconciliation.days_without_run(provider, max(first, clock.today() - LOOK_BACK), yesterday):
        try:
            run(provider, day)
            made += 1
        except reconciliation.ProviderNotSetUp:
            return made
        except reconciliation.NotBilled as refusal:
            log.warning("bill_missing", provider=provider, day=f"{day}", reason=refusal.message_en)
            if refusal.facts["broken"] or reconciliation.bill_is_due(day):
                reconciliation.bill_is_missing(provider, day, refusal.message_zh)
    recheck(provider)
    return made


def _ours_on(provider: str, day: date) -> Iterator[Movement]:
    """Our payments, and the recoveries that people booked."""
    yield from payments.movements_on(provider, day)
    if provider == claims.RECOVERIES_AT:
        yield from claims.receipts_on(day)


def _found(provider: str, numbers: Sequence[str]) -> list[Movement]:
    found: list[Movement] = [*payments.movements_by_numbers(provider, numbers)]
    if provider == claims.RECOVERIES_AT:
        found += claims.receipts_by_numbers(numbers)
    return found


def _recovered(provider: str, references: Sequence[str]) -> list[claims.ReceiptView]:
    if provider != claims.RECOVERIES_AT or not references:
        return []
    return claims.receipts_by_references(references)


def _named(provider: str, lines: Iterable[reconciliation.BillLine]) -> Iterator[reconciliation.BillLine]:
    """A third party's insurer names no number of ours: where two people have booked its money as a recovery, by the
    bank's reference, the line carries that receipt's number. Money that nobody has booked stays without one, and stands
    on suspense like all that is unexplained."""
    left = iter(lines)
    while batch := list(islice(left, _LINES_AT_ONCE)):
        nameless = [line.trade_no for line in batch if line.kind == "payment" and not line.number]
        numbers = {one.trade_no: one.number for one in _recovered(provider, nameless)}
        for line in batch:
            known = numbers.get(line.trade_no) if line.kind == "payment" and not line.number else None
            yield replace(line, number=known) if known else line


def _ask(one: Movement) -> None:
    """The ordinary way in for a payment that the bill knows better than we do."""
    if one.kind == "payment" and isinstance(one, MovementView):
        settle_payment.settle_by_query(one.id, rest_seconds=0)


def _adopted_at(provider: str) -> Callable[[str, str, int], bool]:
    """Whether the settlement has put the money of a refused callback on suspense already."""
    return partial(settle_payment.stands_in_suspense, provider)
