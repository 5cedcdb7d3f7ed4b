"""What an item puts on suspense and takes off again: postings whose reference is the item."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from baohe.plumbing import clock
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.reconciliation.models import Item

SHARD = 0
PARKED = "suspense_parked"
ADOPTED_KIND = "suspense_received"
"""What the settlement of a payment posts when verified money fits nowhere; the item takes it over, not twice."""


def park(items: Sequence[Item], adopted: Callable[[str, str, int], bool]) -> None:
    """Each item's difference on suspense, so that clearing is what the provider says to the fen."""
    entries = []
    for item in items:
        if item.diff_fen == 0:
            continue
        item.standing_fen = item.diff_fen
        item.adopted = (
            item.diff_fen > 0 and bool(item.ours_state) and adopted(item.number, item.trade_no, item.diff_fen)
        )
        if not item.adopted:
            entries.append(_entry(item, PARKED, ledger.movements.suspense_in(item.diff_fen, item.provider)))
    ledger.post_many(entries)
    Item.objects.bulk_update(items, ["standing_fen", "adopted"], batch_size=500)


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


def take_over(provider: str, numbers: Sequence[str], adopted: Callable[[str, str, int], bool]) -> None:
    """A callback that came after the bill has put the same money on suspense again: ours goes, its stays."""
    late = Item.objects.select_for_update().filter(
        provider=provider, number__in=list(numbers), ended_at=None, adopted=False, standing_fen__gt=0
    )
    for item in late.order_by("id"):
        if adopted(item.number, item.trade_no, item.diff_fen):
            postings = ledger.movements.suspense_out(item.standing_fen, item.provider)
            ledger.post(_entry(item, "suspense_taken_over", postings))
            item.adopted = True
            item.save(update_fields=["adopted"])
