"""Each day's provider bill against our payments, both ways, once the day is over and the bill is there.

What the bill says was paid and we hold as open goes the ordinary way in first: the provider is asked and its answer
settled like any other. Only what stays becomes an item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import partial

import structlog

from baohe.flows import settle_payment
from baohe.plumbing import clock
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.contracts import MovementView
from baohe.rooms.reconciliation import facade as reconciliation
from baohe.rooms.reconciliation.contracts import Movement, RunView
from baohe.rooms.reconciliation.errors import DayNotOver

log = structlog.get_logger()

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
    ours = payments.movements_on(provider, day)
    staged = reconciliation.stage(provider, day, lines, ours, partial(_found, provider), _ask)
    done = reconciliation.conclude(staged, _adopted_at(provider))
    recheck(provider)  # the bill may have proven that a notice was false
    log.info("day_reconciled", provider=provider, day=f"{day}", lines=done.bill.count, differences=done.differences)
    return done


def recheck(provider: str) -> int:
    """End the items that our own side explains by now, and take back what a false word put on suspense; returns how
    many items ended."""
    numbers = reconciliation.numbers_to_recheck(provider)
    found = payments.movements_by_numbers(provider, numbers) if numbers else ()
    return reconciliation.recheck(provider, found, _adopted_at(provider), partial(_found, provider))


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


def _found(provider: str, numbers: Sequence[str]) -> Iterable[MovementView]:
    return payments.movements_by_numbers(provider, numbers)


def _ask(one: Movement) -> None:
    """The ordinary way in for a payment that the bill knows better than we do."""
    if one.kind == "payment" and isinstance(one, MovementView):
        settle_payment.settle_by_query(one.id, rest_seconds=0)


def _adopted_at(provider: str) -> Callable[[str, str, int], bool]:
    """Whether the settlement has put the money of a refused callback on suspense already."""
    return partial(settle_payment.stands_in_suspense, provider)
