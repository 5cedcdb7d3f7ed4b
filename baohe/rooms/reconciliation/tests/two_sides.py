"""Two sides of a day as plain data, and the whole of the matching again in plain Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from baohe.adapters.providers.port import BillLine
from baohe.kernel.dates import business_date, day_begins
from baohe.rooms.reconciliation import facade
from baohe.rooms.reconciliation.contracts import RunView, SuspenseView

DAY = date(2026, 11, 21)
NEXT = DAY + timedelta(days=1)
NOON = day_begins(DAY) + timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Ours:
    kind: str
    number: str
    amount_fen: int
    trade_no: str = ""
    currency: str = "CNY"
    at: datetime = NOON
    state: str = "done"


def billed(
    kind: str, number: str, amount_fen: int, trade_no: str = "t", currency: str = "CNY", at: datetime = NOON
) -> BillLine:
    return BillLine(kind, number, trade_no, amount_fen, currency, at)


class Books:
    """Our side: what the payments' door would answer. `settles` are numbers that a question to the provider ends."""

    def __init__(self, *rows: Ours) -> None:
        self.rows = list(rows)
        self.settles: set[str] = set()
        self.asked: list[str] = []

    def on(self, day: date) -> list[Ours]:
        return [row for row in self.rows if business_date(row.at) == day and row.state in ("paid", "done")]

    def find(self, numbers: Sequence[str]) -> list[Ours]:
        return [row for row in self.rows if row.number in numbers]

    def settle(self, one: Ours) -> None:
        self.asked.append(one.number)
        if one.number in self.settles:
            self.rows[self.rows.index(one)] = Ours(
                one.kind, one.number, one.amount_fen, one.trade_no, one.currency, one.at
            )

    def run(
        self, lines: Iterable[BillLine], day: date = DAY, provider: str = "wallet", adopted=lambda *_: False
    ) -> RunView:
        with facade.held(provider, day):
            staged = facade.stage(provider, day, lines, self.on(day), self.find, self.settle)
            return facade.conclude(staged, adopted)


def differences(provider: str = "wallet", live: bool | None = True) -> list[tuple[str, str, int]]:
    found, _ = facade.items(1, 200, provider=provider, live=live)
    return sorted((one.difference, one.number or one.trade_no, one.diff_fen) for one in found)


def suspense(provider: str = "wallet") -> SuspenseView:
    return facade.suspense(provider)


def plainly(lines: Sequence[BillLine], books: Books) -> Counter[tuple[str, str, str, int]]:
    """The reference, for one day seen for the first time: (difference, kind, number, fen) → how often."""
    found: Counter[tuple[str, str, str, int]] = Counter()
    ours = {(row.kind, row.number): row for row in books.rows}
    taken: dict[tuple[str, str], int] = {}
    for key, row in ours.items():
        fits = [
            (n, line)
            for n, line in enumerate(lines)
            if (line.kind, line.number) == key
            and row.state in ("paid", "done")
            and (line.kind != "payment" or row.trade_no in ("", line.trade_no))
        ]
        if fits:
            right = [n for n, line in fits if (line.amount_fen, line.currency) == (row.amount_fen, row.currency)]
            taken[key] = right[0] if right else fits[0][0]
    seen: Counter[tuple[str, str, str]] = Counter()
    for n, line in enumerate(lines):
        key, sign = (line.kind, line.number), 1 if line.kind == "payment" else -1
        if taken.get(key) == n:
            row = ours[key]
            if line.currency != row.currency:
                found["currency", *key, -sign * row.amount_fen] += 1
            elif line.amount_fen != row.amount_fen:
                found["amount", *key, sign * (line.amount_fen - row.amount_fen)] += 1
            elif abs((business_date(row.at) - DAY).days) > 1:
                found["day", *key, 0] += 1
            continue
        seen[(*key, line.trade_no)] += 1
        twice = key in taken or (seen[(*key, line.trade_no)] > 1 and line.trade_no != "")
        fen = sign * line.amount_fen if line.currency == "CNY" else 0
        found["twice" if twice else "provider_only", *key, fen] += 1
    for key, row in ours.items():
        if key not in taken and row in books.on(DAY):
            found["ours_only", *key, (-1 if row.kind == "payment" else 1) * row.amount_fen] += 1
    return found
