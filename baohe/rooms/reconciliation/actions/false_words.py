"""A provider that tells a wrong amount, rightly signed: what it told stands on suspense and never existed.

The same trade proves it: settled for another amount, or billed at another. Then the entry is reversed, for clearing
would be too high for ever, and an item without money asks a person to take it up with the provider.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from baohe.kernel.dates import business_date
from baohe.plumbing import clock
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.contracts import StatementLine
from baohe.rooms.reconciliation.actions.find_items import keep
from baohe.rooms.reconciliation.actions.staging import Find
from baohe.rooms.reconciliation.actions.suspense import RECEIVED, has_fresh
from baohe.rooms.reconciliation.contracts import Movement
from baohe.rooms.reconciliation.models import Item
from baohe.rooms.reconciliation.rules import differences as rules


@dataclass(frozen=True, slots=True)
class _Truth:
    """What a trade really moved, in the words of whoever proves it."""

    day: date
    number: str
    amount_fen: int
    currency: str
    at: datetime | None


def take_back_false_words(provider: str, find: Find) -> int:
    """Inside the caller's transaction, which holds the provider's suspense. `find` gives our movements by number.
    Returns how many were taken back; a repeat finds none of them again."""
    if not has_fresh(provider):
        return 0
    taken = 0
    for word in ledger.unreversed(ledger.chart.suspense(provider), RECEIVED):
        truth = _truth(provider, word, find)
        if truth is not None:
            _take_back(provider, word, truth)
            taken += 1
    return taken


def _truth(provider: str, word: StatementLine, find: Find) -> _Truth | None:
    """None while nothing contradicts the word. What an item has taken over is that item's matter."""
    trade_no, told_fen = _trade_of(word), -word.amount_fen
    billed = Item.objects.filter(provider=provider, movement="payment", trade_no=trade_no)
    lines = list(billed.exclude(bill_fen=None).exclude(difference=rules.FALSE_WORD).order_by("id"))
    if any(line.adopted and line.diff_fen == told_fen for line in lines):
        return None
    told = told_fen, "CNY"
    lines = [line for line in lines if line.state != "explained"]  # a later bill took that back
    proofs = _proofs(lines, [one for one in find([word.memo]) if one.trade_no == trade_no])
    if not proofs or any((one.amount_fen, one.currency) == told for one in proofs):
        return None
    return proofs[0]


def _proofs(lines: list[Item], ours: list[Movement]) -> list[_Truth]:
    """A settled payment has all of its trade's money, and what its bill says otherwise stands on suspense by itself;
    without one, the bill speaks alone."""
    settled = [
        _Truth(business_date(one.at), one.number, one.amount_fen, one.currency, one.at)
        for one in ours
        if one.kind == "payment" and one.state in rules.DONE
    ]
    billed = [_Truth(one.day, one.number, one.bill_fen or 0, one.bill_currency, one.bill_at) for one in lines]
    return settled or billed


def _take_back(provider: str, word: StatementLine, truth: _Truth) -> None:
    trade_no, told_fen = _trade_of(word), -word.amount_fen
    why = f"渠道曾报 {told_fen} 分，实为 {truth.amount_fen} 分（{truth.currency}），所报已冲回"
    ledger.reverse(word.entry_id, clock.today(), f"{why} {trade_no}")
    facts = {
        "difference": rules.FALSE_WORD,
        "movement": "payment",
        "number": truth.number,
        "trade_no": trade_no,
        "nth": 1 + Item.objects.filter(provider=provider, difference=rules.FALSE_WORD, trade_no=trade_no).count(),
        "bill_fen": truth.amount_fen,
        "bill_currency": truth.currency,
        "bill_at": truth.at,
        "ours_fen": told_fen,
        "ours_currency": word.currency,
        "ours_at": word.recorded_at,
        "ours_state": "told",
        "diff_fen": 0,
    }
    keep(provider, truth.day, [facts], lambda *_: False, why=why)


def _trade_of(word: StatementLine) -> str:
    return word.ref.rpartition(":")[0]
