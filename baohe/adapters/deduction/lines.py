"""The lines of the network's settlement file. Pure.

A file of a day is a zip of two texts: `…ZM_…` has one line of fixed columns a movement, `…ZMSUM_…` says for each kind
how many lines there are and what they add up to.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from baohe.adapters.deduction import protocol
from baohe.adapters.providers.port import BillBroken, BillLine

COLUMNS: tuple[tuple[str, int], ...] = (
    ("txnType", 2),
    ("txnSubType", 2),
    ("traceNo", 6),
    ("txnTime", 14),
    ("accNo", 19),
    ("txnAmt", 12),
    ("settleAmt", 13),
    ("queryId", 21),
    ("orderId", 32),
    ("origQryId", 21),
    ("currencyCode", 3),
    ("reqReserved", 64),
)
"""Name and width; columns are padded with blanks and parted by one."""

WIDTH = sum(width for _, width in COLUMNS) + len(COLUMNS) - 1
KINDS: Mapping[str, Literal["payment", "refund", "payout"]] = {"11": "payment", "04": "refund", "12": "payout"}

Totals = dict[str, tuple[int, int]]
"""txnType → (lines, fen)."""


def detail_name(day: date, mer_id: str) -> str:
    return f"INN{day:%y%m%d}88ZM_{mer_id}"


def totals_name(day: date, mer_id: str) -> str:
    return f"INN{day:%y%m%d}88ZMSUM_{mer_id}"


def line_text(words: Mapping[str, str]) -> str:
    return " ".join(words.get(name, "")[:width].ljust(width) for name, width in COLUMNS)


def read_line(text: str) -> BillLine:
    """Raises `BillBroken` for anything that is not a whole line."""
    words = _columns(text)
    amount_fen, at = protocol.read_fen(words["txnAmt"]), protocol.read_time(words["txnTime"])
    sign = "C" if words["txnType"] == "11" else "D"
    if words["txnType"] not in KINDS or not amount_fen or at is None or not words["queryId"]:
        raise BillBroken("a line that cannot be read")
    if words["settleAmt"] != f"{sign}{amount_fen:012d}":
        raise BillBroken("a line that settles another amount than it moved")
    return BillLine(
        kind=KINDS[words["txnType"]],
        number=words["reqReserved"] or words["orderId"],
        trade_no=words["queryId"],
        amount_fen=amount_fen,
        currency=protocol.currency(words["currencyCode"]),
        at=at,
    )


def totals_text(totals: Totals) -> str:
    return "".join(f"{kind} {totals[kind][0]:010d} {totals[kind][1]:016d}\n" for kind in sorted(totals))


def read_totals(text: str) -> Totals:
    """Raises `BillBroken`."""
    found: Totals = {}
    for line in text.splitlines():
        parts = line.split()
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts) or parts[0] in found:
            raise BillBroken("totals that cannot be read")
        found[parts[0]] = (int(parts[1]), int(parts[2]))
    return found


def count(totals: Totals, line: BillLine) -> None:
    """Add a line to what was counted so far."""
    kind = next(code for code, name in KINDS.items() if name == line.kind)
    lines, fen = totals.get(kind, (0, 0))
    totals[kind] = (lines + 1, fen + line.amount_fen)


def _columns(text: str) -> dict[str, str]:
    if len(text) != WIDTH:
        raise BillBroken("a line of another length")
    words, start = {}, 0
    for name, width in COLUMNS:
        words[name] = text[start : start + width].strip()
        start += width
        if start < WIDTH and text[start] != " ":
            raise BillBroken("columns that run together")
        start += 1
    return words
