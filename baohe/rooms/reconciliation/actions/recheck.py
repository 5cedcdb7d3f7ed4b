"""What happened since the bill came: items that need no bill to be explained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from baohe.plumbing import clock
from baohe.rooms.reconciliation.actions.false_words import take_back_false_words
from baohe.rooms.reconciliation.actions.find_items import explain_by_movements, explain_by_trades, keep
from baohe.rooms.reconciliation.actions.staging import Find
from baohe.rooms.reconciliation.actions.suspense import Adopted, hold, take_over
from baohe.rooms.reconciliation.contracts import ItemView, Movement
from baohe.rooms.reconciliation.models import Item
from baohe.rooms.reconciliation.rules import differences as rules
from baohe.rooms.reconciliation.views import item_view

MOST = 500


def numbers_to_recheck(provider: str) -> list[str]:
    """Numbers of live items that our own side may explain by now, the nearest deadline first."""
    live = Item.objects.filter(
        provider=provider, ended_at=None, difference__in=[rules.PROVIDER_ONLY, rules.TWICE]
    ).exclude(number="")
    return list(dict.fromkeys(live.order_by("deadline", "id").values_list("number", flat=True)[:MOST]))


def trades_to_recheck(provider: str) -> list[str]:
    """The provider's references of live items of money that named no number of ours, the nearest deadline first."""
    live = Item.objects.filter(
        provider=provider, ended_at=None, difference=rules.PROVIDER_ONLY, movement="payment", number=""
    ).exclude(trade_no="")
    return list(dict.fromkeys(live.order_by("deadline", "id").values_list("trade_no", flat=True)[:MOST]))


def recheck(
    provider: str,
    movements: Iterable[Movement],
    adopted: Adopted,
    find: Find,
    by_trade: Iterable[Movement] = (),
) -> int:
    """End the items that `movements` explain by their number and `by_trade` by the provider's reference, let go of
    money that the settlement of a payment has put on suspense itself since, and take back what it put there on a
    false word. Returns how many items ended."""
    found: Mapping[tuple[str, str], Movement] = {(one.kind, one.number): one for one in movements}
    with transaction.atomic():
        hold(provider)
        ended = explain_by_movements(provider, found)
        ended += explain_by_trades(provider, {one.trade_no: one for one in by_trade})
        take_over(provider, adopted)
        take_back_false_words(provider, find)
    return ended


def bill_is_missing(provider: str, day: date, why: str) -> ItemView:
    """The item of a day without a bill; there is one at most."""
    with transaction.atomic():
        row = Item.objects.filter(provider=provider, day=day, difference=rules.MISSING_BILL).first()
        if row is None:
            facts = {
                "difference": rules.MISSING_BILL,
                "movement": "",
                "number": f"{day}",
                "trade_no": "",
                "nth": 1,
                "bill_fen": None,
                "bill_currency": "",
                "bill_at": None,
                "ours_fen": None,
                "ours_currency": "",
                "ours_at": None,
                "ours_state": "",
                "diff_fen": 0,
            }
            [row] = keep(provider, day, [facts], lambda *_: False, why=why)
        return item_view(row)


def bill_is_due(day: date) -> bool:
    return rules.bill_is_due(day, clock.now())
