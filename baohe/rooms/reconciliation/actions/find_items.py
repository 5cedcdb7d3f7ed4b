"""Differences become items; items that a later bill or movement explains are ended with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from baohe.kernel.dates import business_date
from baohe.plumbing import clock
from baohe.rooms.people import facade as people
from baohe.rooms.reconciliation.actions.suspense import Adopted, park, release
from baohe.rooms.reconciliation.contracts import Movement, Party
from baohe.rooms.reconciliation.models import Crossing, Item, ItemEvent, Run
from baohe.rooms.reconciliation.rules import differences as rules

BATCH = 500

_COLUMNS = (
    "difference",
    "movement",
    "number",
    "trade_no",
    "nth",
    "bill_fen",
    "bill_currency",
    "bill_at",
    "ours_fen",
    "ours_currency",
    "ours_at",
    "ours_state",
    "diff_fen",
)
_NEW = """
SELECT d.difference, d.kind, d.number, d.trade_no, d.nth, d.bill_fen, d.bill_currency, d.bill_at, d.ours_fen,
       d.ours_currency, d.ours_at, d.state, d.diff_fen
FROM reconciliation_difference d
WHERE NOT EXISTS (SELECT FROM reconciliation_item i WHERE i.provider = %(provider)s AND i.day = %(day)s
                  AND i.difference = d.difference AND i.movement = d.kind AND i.number = d.number
                  AND i.trade_no = d.trade_no AND i.nth = d.nth
                  AND i.bill_fen IS NOT DISTINCT FROM d.bill_fen AND i.bill_currency = d.bill_currency
                  AND NOT EXISTS (SELECT FROM reconciliation_itemevent e
                                  WHERE e.item_id = i.id AND e.what = 'explained' AND e.by_id IS NULL))
ORDER BY d.kind, d.number, d.trade_no, d.difference, d.nth LIMIT %(size)s
"""
"""What people have ended stays ended; what the machine ended because a bill no longer said so is new when one does."""
_GONE = """
SELECT i.id FROM reconciliation_item i
WHERE i.provider = %(provider)s AND i.day = %(day)s AND i.ended_at IS NULL
  AND i.difference NOT IN ('missing_bill', 'false_word')
  AND NOT EXISTS (SELECT FROM reconciliation_difference d
                  WHERE d.difference = i.difference AND d.kind = i.movement AND d.number = i.number
                    AND d.trade_no = i.trade_no AND d.nth = i.nth
                    AND d.bill_fen IS NOT DISTINCT FROM i.bill_fen AND d.bill_currency = i.bill_currency)
"""
_BILLED_HERE = """
SELECT i.id FROM reconciliation_item i JOIN reconciliation_across a ON a.kind = i.movement AND a.number = i.number
WHERE i.provider = %(provider)s AND i.difference = 'ours_only' AND i.ended_at IS NULL AND NOT a.again
  AND i.day <> %(day)s
"""
_TRUE_AFTER_ALL = """
SELECT i.id FROM reconciliation_item i
WHERE i.provider = %(provider)s AND i.day = %(day)s AND i.difference = 'false_word' AND i.ended_at IS NULL
  AND EXISTS (SELECT FROM reconciliation_bill b WHERE b.kind = i.movement AND b.trade_no = i.trade_no
                AND b.amount_fen = i.ours_fen AND b.currency = i.ours_currency)
  AND NOT EXISTS (SELECT FROM reconciliation_ours o WHERE o.kind = i.movement AND o.trade_no = i.trade_no AND o.done)
"""
"""Nothing but an earlier, bent bill had called it false, no settlement did. Its money is an item of this bill now."""


def keep_differences(provider: str, day: date, adopted: Adopted) -> int:
    """Write what is new among the matched differences, end what is no longer one, and return how many there are."""
    what = {"provider": provider, "day": day, "size": BATCH}
    explain(_items(_GONE, what), "重新对账后两边一致")
    explain(_items(_TRUE_AFTER_ALL, what), "新账单与渠道当时所报一致")
    explain(_items(_BILLED_HERE, what), f"{day} 的账单里有这一笔")
    explain(Item.objects.filter(provider=provider, day=day, difference=rules.MISSING_BILL, ended_at=None), "账单已到")
    next_has_run = Run.objects.filter(provider=provider, day=day + timedelta(days=1)).exists()
    while rows := _rows(_NEW, what):
        found = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
        keep(provider, day, found, adopted, may_wait=not next_has_run)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM reconciliation_difference")
        return int(cursor.fetchone()[0])


def keep_lost(provider: str, day: date, lost: Sequence[Sequence[Any]], adopted: Adopted) -> None:
    """Movements of days that are closed which the new edition of `day` no longer bills: differences of their own day
    again."""
    for *row, our_day in lost:
        found = [dict(zip(_COLUMNS, row, strict=True))]
        keep(provider, our_day, found, adopted, why=f"{day} 的新账单里不再有这一笔")


def keep(
    provider: str,
    day: date,
    found: list[dict[str, Any]],
    adopted: Adopted,
    *,
    may_wait: bool = False,
    why: str = "",
) -> list[Item]:
    """Items with an owner and a deadline; their money stands on suspense from now on."""
    now, owners = clock.now(), _owners()
    items = []
    for facts in found:
        waits = (
            may_wait
            and facts["difference"] == rules.OURS_ONLY
            and facts["ours_at"] is not None
            and rules.may_be_tomorrows(facts["ours_at"], day)
        )
        owner = next(owners, None)
        items.append(
            Item(
                id=clock.new_id(),
                provider=provider,
                day=day,
                state="waiting" if waits else "open" if owner is None else "assigned",
                owner_id=owner and owner.id,
                owner_name=owner.name if owner else "",
                deadline=rules.deadline(facts["difference"], now),
                found_at=now,
                **facts,
            )
        )
    Item.objects.bulk_create(items)
    _tell(items, "found", [why or rules.NAMES[item.difference].zh for item in items])
    park([item for item in items if item.state != "waiting"], adopted)
    return items


def next_day_has_spoken(provider: str, day: date) -> None:
    """What might have been in the bill of `day` and was not is a difference of the day before after all."""
    waited = Item.objects.filter(provider=provider, day=day - timedelta(days=1), state="waiting")
    for item in waited.order_by("id"):
        item.state = "assigned" if item.owner_id else "open"
        item.save(update_fields=["state"])
        _tell([item], "opened", [f"{day} 的账单里也没有"])
        park([item], lambda *_: False)


def explain_by_movements(provider: str, found: Mapping[tuple[str, str], Movement]) -> int:
    """End what our own movements explain by now: a payment that was still open when the bill came is settled."""
    live = Item.objects.select_for_update().filter(
        provider=provider,
        difference=rules.PROVIDER_ONLY,
        ended_at=None,
        number__in=[number for _, number in found],
    )
    ended = 0
    for item in live.order_by("id"):
        one = found.get((item.movement, item.number))
        if one is None or not _is_the_line(item, one):
            continue
        our_day = business_date(one.at)
        if our_day != item.day:
            Crossing.objects.get_or_create(
                provider=provider,
                movement=item.movement,
                number=item.number,
                defaults={"bill_day": item.day, "our_day": our_day},
            )
        counterpart = Item.objects.filter(
            provider=provider,
            difference=rules.OURS_ONLY,
            movement=item.movement,
            number=item.number,
            ended_at=None,
        )
        explain([item], f"我方 {our_day} 已入账")
        explain(counterpart, f"{item.day} 的账单里有这一笔")
        ended += 1
    return ended


def explain_by_trades(provider: str, found: Mapping[str, Movement]) -> int:
    """End items of money that named none of our numbers, by what we hold under the provider's own reference, to the
    fen: a recovery that people have booked since the bill came."""
    live = Item.objects.select_for_update().filter(
        provider=provider,
        difference=rules.PROVIDER_ONLY,
        movement="payment",
        number="",
        ended_at=None,
        trade_no__in=list(found),
    )
    ended = 0
    for item in live.order_by("id"):
        one = found[item.trade_no]
        if not _is_the_line(item, one):
            continue
        our_day = business_date(one.at)
        # also of the same day: the receipt is no movement that a bill of its own day has to name again
        Crossing.objects.get_or_create(
            provider=provider,
            movement=item.movement,
            number=one.number,
            defaults={"bill_day": item.day, "our_day": our_day},
        )
        ours = Item.objects.filter(provider=provider, difference=rules.OURS_ONLY, number=one.number, ended_at=None)
        explain([item], f"我方 {our_day} 已入账（{one.number}）")
        explain(ours, f"{item.day} 的账单里有这一笔")
        ended += 1
    return ended


def explain(items: Any, why: str) -> None:
    """End items of which nothing is left; what stands on suspense for them goes back where it came from."""
    for item in list(items):
        release(item, "suspense_explained", why)
        item.state, item.ended_at, item.resolution = "explained", clock.now(), why
        item.save(update_fields=["state", "ended_at", "resolution", "standing_fen"])
        _tell([item], "explained", [why])


def _is_the_line(item: Item, one: Movement) -> bool:
    if one.state not in rules.DONE:
        return False
    if item.movement == "payment" and one.trade_no and one.trade_no != item.trade_no:
        return False
    return (one.amount_fen, one.currency) == (item.bill_fen, item.bill_currency)


def _owners() -> Iterator[Party]:
    """Whoever of finance has the fewest live items, again and again; ends at once when finance is empty."""
    staff = {one.id: one.name for one in people.staff_with_role("finance")}
    has = Counter(dict.fromkeys(staff, 0))
    live = Item.objects.filter(Q(ended_at=None), owner_id__in=list(staff))
    has.update(dict(live.values_list("owner_id").annotate(n=Count("id"))))
    while has:
        owner_id = min(staff, key=lambda id_: has[id_])
        has[owner_id] += 1
        yield Party(owner_id, staff[owner_id])


def _tell(items: list[Item], what: str, texts: list[str]) -> None:
    now = clock.now()
    ItemEvent.objects.bulk_create(
        ItemEvent(item_id=item.id, at=now, what=what, text=text[:300]) for item, text in zip(items, texts, strict=True)
    )


def _items(query: str, what: Mapping[str, Any]) -> list[Item]:
    ids = [id_ for (id_,) in _rows(query, what)]
    return list(Item.objects.select_for_update().filter(id__in=ids).order_by("id"))


def _rows(query: str, what: Mapping[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, what)
        return cursor.fetchall()
