"""What an item puts on suspense and takes off again: postings whose reference is the item."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from baohe.plumbing import clock
from baohe.plumbing.queues import queue_behind
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.reconciliation.models import Item
from baohe.rooms.reconciliation.rules.differences import PROVIDER_ONLY, TWICE
from baohe.rooms.reconciliation.standing import suspense

SHARD = 0
RECEIVED = "suspense_received"
PARKED = "suspense_parked"
MOST = 500
"""Items looked at in one round."""

_WHOLE = (PROVIDER_ONLY, TWICE)
"""Differences that are a whole line of the bill."""

Adopted = Callable[[str, str, int], bool]
"""Whether the settlement of a payment has put (number, trade number, fen) on suspense, because verified money fitted
nowhere. The item takes that posting over; the money stands there once."""


def hold(provider: str) -> None:
    """One at a time decides what becomes of money that the settlement put on suspense; until the transaction ends."""
    queue_behind("reconciliation.suspense", [provider])


def park(items: Sequence[Item], adopted: Adopted) -> None:
    """Each item's difference on suspense, so that clearing is what the provider says to the fen."""
    entries, fresh = [], {provider: has_fresh(provider) for provider in {item.provider for item in items}}
    for item in items:
        if item.diff_fen == 0:
            continue
        item.standing_fen = item.diff_fen
        item.adopted = fresh[item.provider] and _may_adopt(item) and adopted(item.number, item.trade_no, item.diff_fen)
        if item.adopted:
            item.save(update_fields=["standing_fen", "adopted"])
        else:
            entries.append(_entry(item, PARKED, ledger.movements.suspense_in(item.diff_fen, item.provider)))
    ledger.post_many(entries)
    Item.objects.bulk_update(items, ["standing_fen"], batch_size=500)


def release(item: Item, kind: str, why: str) -> None:
    """The item's money off suspense; the caller saves the item."""
    if item.standing_fen:
        ledger.post(_entry(item, kind, ledger.movements.suspense_out(item.standing_fen, item.provider), why))
        item.standing_fen = 0


def _entry(item: Item, kind: str, postings: ledger.movements.Postings, why: str = "") -> ledger.Entry:
    return ledger.Entry(
        kind=kind,
        ref=str(item.id),
        shard_key=SHARD,
        business_date=item.day if kind == PARKED else clock.today(),
        memo=(why or item.number or item.trade_no)[:200],
        postings=postings,
    )


def take_over(provider: str, adopted: Adopted) -> None:
    """A callback that came after the bill has put the same money on suspense again: ours goes, its stays."""
    if not has_fresh(provider):
        return
    late = Item.objects.select_for_update().filter(
        provider=provider, difference__in=_WHOLE, ended_at=None, adopted=False, standing_fen__gt=0
    )
    for item in late.order_by("deadline", "id")[:MOST]:
        if _may_adopt(item) and adopted(item.number, item.trade_no, item.diff_fen):
            postings = ledger.movements.suspense_out(item.standing_fen, item.provider)
            ledger.post(_entry(item, "suspense_taken_over", postings))
            item.adopted = True
            item.save(update_fields=["adopted"])


def has_fresh(provider: str) -> bool:
    """Whether the settlement has money on suspense that no item has taken over; nearly always it has none."""
    return suspense(provider).fresh_fen != 0


def _may_adopt(item: Item) -> bool:
    """Money that came in, whole, by a trade that no other item has taken over: a line that the bill repeats must not
    claim what stands there once."""
    if item.movement != "payment" or item.difference not in _WHOLE or item.diff_fen <= 0 or not item.trade_no:
        return False
    same = Item.objects.filter(provider=item.provider, number=item.number, trade_no=item.trade_no, adopted=True)
    return not same.filter(diff_fen=item.diff_fen).exists()
