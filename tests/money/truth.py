"""What must be true of money after whatever happened: the platform's books held against the providers' own memories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from baohe.adapters.providers.port import BillLine
from baohe.kernel.dates import business_date
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments.models import OPEN, UNDECIDED, PaymentIntent, Payout, Refund
from baohe.rooms.reconciliation import facade as reconciliation
from baohe.rooms.reconciliation.models import Item
from tests.money.providers import Providers


def imbalance() -> list[str]:
    """Entries that do not add up, and whatever else the ledger finds wrong with itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry_id FROM ledger_posting GROUP BY entry_id, currency HAVING sum(amount_fen) <> 0")
        off = [f"entry {entry} is off" for (entry,) in cursor.fetchall()]
    return off + ledger.check()


def double_payments(providers: Providers) -> list[str]:
    """Things that are paid for twice, and orders for which more was taken than they cost, unless the surplus stands in
    suspense with an owner."""
    paid = PaymentIntent.objects.filter(state="paid", surplus=False).values_list("subject_id", flat=True)
    found = [f"{subject} is paid {times} times" for subject, times in Counter(paid).items() if times > 1]
    price = dict(PaymentIntent.objects.filter(state="paid").values_list("order_number", "amount_fen"))
    for number, fen in _taken(providers).items():
        if number in price and fen != price[number] + _in_suspense(number):
            found.append(f"{number}: {fen} fen taken for {price[number]}")
    return found


def limbo(providers: Providers) -> list[str]:
    """Money of which nobody knows what it is: captured and neither settled nor in suspense, or leaving and undecided.

    A refund of which the provider moved a part only is a person's: it stands as an item of the reconciliation.
    """
    found = [f"{row.order_number} is still {row.state}" for row in PaymentIntent.objects.filter(state__in=OPEN)]
    settled = set(PaymentIntent.objects.filter(state="paid").values_list("order_number", flat=True))
    for number, fen in _taken(providers).items():
        if number not in settled and fen != _in_suspense(number):
            found.append(f"{fen} fen came for {number} and nobody knows")
    for table in (Refund, Payout):
        undecided = table.objects.filter(state__in=UNDECIDED)
        found += [f"{row.natural_key} is undecided" for row in undecided if not _with_a_person(row.id.hex)]
    return found


def books_off(providers: Providers) -> list[str]:
    """Where the clearing account of the books differs from what the provider holds. Whatever a provider lied about, did
    by halves or never told stands in suspense by now, so there is no difference left to explain."""
    held = {code: providers.held(code) for code in providers.simulators}
    books = {code: ledger.balance(f"{code}/clearing") for code in held}
    off = [code for code in held if books[code] != held[code]]
    return [f"{code}: {books[code]} in the books, {held[code]} at the provider" for code in off]


def unexplained(days: Iterable[date]) -> list[str]:
    """Live items of the reconciliation that a calm bill does not bear out, or that nobody has to end by a day, and days
    of which something bent is all that was read."""
    bills = {code: {day: _bill(code, day) for day in days} for code in reconciliation.PROVIDERS}
    found = []
    for item in Item.objects.filter(ended_at=None).order_by("provider", "day", "id"):
        name = f"{item} ({item.bill_fen} at the provider, {item.ours_fen} ours)"
        if item.owner_id is None or item.deadline <= item.found_at:
            found.append(f"{name} has no owner or deadline")
        if not _borne_out(item, bills[item.provider]):
            found.append(f"{name} is open and the bill does not say so")
    return found


def _bill(code: str, day: date) -> list[BillLine]:
    with reconciliation.bill_of(code, day) as lines:
        return list(lines)


def _borne_out(item: Item, bills: Mapping[date, Sequence[BillLine]]) -> bool:
    there = [one for lines in bills.values() for one in lines if (one.kind, one.number) == (item.movement, item.number)]
    here = [one.amount_fen for one in bills.get(item.day, ()) if one in there and one.trade_no == item.trade_no]
    match item.difference:
        case "ours_only":
            return not there
        case "missing_bill":
            return item.day not in bills
        case "false_word":
            return item.ours_fen not in here or _settled(item)
        case "day":
            return item.bill_fen in here and abs(business_date(item.ours_at) - item.day) > timedelta(days=1)
    return item.bill_fen in here and (item.difference == "twice" or not _settled(item))


def _settled(item: Item) -> bool:
    """Whether we hold the very movement that the item says we do not."""
    if item.movement != "payment":
        table = Refund if item.movement == "refund" else Payout
        return table.objects.filter(id=UUID(item.number), state="done", amount_fen=item.bill_fen).exists()
    paid = PaymentIntent.objects.filter(order_number=item.number, state="paid", amount_fen=item.bill_fen)
    return paid.filter(trade_no=item.trade_no).exists()


def _taken(providers: Providers) -> Counter[str]:
    taken: Counter[str] = Counter()
    for _, number, fen in providers.captured():
        taken[number] += fen
    return taken


def _in_suspense(number: str) -> int:
    """Fen of an order that stand in suspense as live items of the reconciliation."""
    return sum(Item.objects.filter(number=number, ended_at=None).values_list("standing_fen", flat=True))


def _with_a_person(number: str) -> bool:
    return Item.objects.filter(number=number, ended_at=None).exists()
