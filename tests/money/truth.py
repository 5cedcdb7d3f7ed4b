"""What must be true of money after whatever happened: the platform's books held against the providers' own memories."""

from __future__ import annotations

from collections import Counter

from django.db import connection

from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments.models import OPEN, UNDECIDED, PaymentIntent, Payout, Refund
from tests.money.providers import Providers


def imbalance() -> list[str]:
    """Entries that do not add up, and whatever else the ledger finds wrong with itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry_id FROM ledger_posting GROUP BY entry_id, currency HAVING sum(amount_fen) <> 0")
        off = [f"entry {entry} is off" for (entry,) in cursor.fetchall()]
    return off + ledger.check()


def double_payments(providers: Providers) -> list[str]:
    """Subjects for which payers' money is held more than once: paid twice and neither given back nor in suspense."""
    paid = PaymentIntent.objects.filter(state="paid", surplus=False).values_list("subject_id", flat=True)
    found = [f"{subject} is paid {times} times" for subject, times in Counter(paid).items() if times > 1]
    taken = Counter({number: 0 for _, number, _ in providers.captured()})
    for _, number, fen in providers.captured():
        taken[number] += fen
    kept = {row.order_number: row for row in PaymentIntent.objects.all()}
    for number, fen in taken.items():
        intent = kept[number]
        if intent.state == "paid" and fen > intent.amount_fen + _suspended(intent):
            found.append(f"{number}: {fen} fen taken for {intent.amount_fen}")
    return found


def limbo(providers: Providers) -> list[str]:
    """Money of which nobody knows what it is: captured and not settled, or leaving and not decided."""
    found = [f"{row.order_number} is still {row.state}" for row in PaymentIntent.objects.filter(state__in=OPEN)]
    settled = set(PaymentIntent.objects.filter(state="paid").values_list("order_number", flat=True))
    suspended = set(_entries("suspense_received"))
    for code, number, fen in providers.captured():
        if number not in settled and not any(memo == number for _, memo in suspended):
            found.append(f"{code} holds {fen} fen for {number} and nobody knows")
    partly = refunded_in_part(providers)
    for table in (Refund, Payout):
        for row in table.objects.filter(state__in=UNDECIDED):
            if row.id.hex not in partly:
                found.append(f"{row.natural_key} is undecided")
    return found


def books_off(providers: Providers) -> list[str]:
    """Where the clearing account of the books differs from what the provider holds, but for two known reasons: half a
    refund that went back and waits for a person, and sums that a provider told wrongly and that stand in suspense."""
    found = []
    for code in ("wallet", "transfer", "deduction"):
        books = ledger.balance(f"{code}/clearing")
        held = providers.held(code)
        known = sum(refunded_in_part(providers, code).values()) + _lies(providers, code)
        if books != held + known:
            found.append(f"{code}: the books say {books}, the provider {held}, known {known}")
    return found


def refunded_in_part(providers: Providers, code: str = "") -> dict[str, int]:
    """Number → fen of refunds of which the provider moved less than was asked."""
    found: dict[str, int] = {}
    for provider in (code,) if code else ("wallet", "transfer", "deduction"):
        found |= providers.partly(provider)
    return found


def _lies(providers: Providers, code: str) -> int:
    """Fen in suspense that the provider told of and never had."""
    real = providers.trades(code)
    told = [ref.rpartition(":") for ref, _ in _entries("suspense_received") if ref.rpartition(":")[0] in real]
    return sum(int(fen) for trade, _, fen in told if real[trade] != int(fen))


def _suspended(intent: PaymentIntent) -> int:
    return sum(
        int(ref.rpartition(":")[2]) for ref, memo in _entries("suspense_received") if memo == intent.order_number
    )


def _entries(kind: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ref, memo FROM ledger_ledgerentry WHERE kind = %s", [kind])
        return list(cursor.fetchall())
