"""What a statement says, byte for byte, and whether a file is one. Pure but for the signature check handed in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from baohe.kernel.canonical import canonical_bytes
from baohe.rooms.settlement.contracts import Checked, LineView, PartyView, Total
from baohe.rooms.settlement.rules.payable import is_technical

FORMAT = "baohe.settlement.statement/1"

Signed = Callable[[bytes, str, str], bool]


class Adding:
    """Counts, adds and hashes lines as they pass by, so that a month of a million lines needs no memory."""

    def __init__(self) -> None:
        self.lines = 0
        self.moved_fen = 0
        self._hash = hashlib.sha256()
        self._totals: dict[tuple[str, str], tuple[int, int]] = {}

    def take(self, line: LineView) -> None:
        self.lines += 1
        self.moved_fen += line.amount_fen
        self._hash.update(line_bytes(line) + b"\n")
        count, fen = self._totals.get((line.kind, line.account), (0, 0))
        self._totals[line.kind, line.account] = (count + 1, fen + line.amount_fen)

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    @property
    def totals(self) -> tuple[Total, ...]:
        return tuple(Total(kind, account, *sums) for (kind, account), sums in sorted(self._totals.items()))


def line_bytes(line: LineView) -> bytes:
    return canonical_bytes(
        {
            "account": line.account,
            "amount_fen": line.amount_fen,
            "date": line.date.isoformat(),
            "kind": line.kind,
            "memo": line.memo,
            "number": line.number,
            "reference": line.reference,
        }
    )


@dataclass(frozen=True, slots=True)
class Head:
    """What a statement says above its totals."""

    number: str
    party: PartyView
    month: date
    edition: int
    reason: str
    opening_fen: int
    technical_fen: int
    dispute_until: date


def payable_fen(head: Head, added: Adding) -> int:
    """What is paid: positive to the party. The closing balance without the figures that nobody pays."""
    return head.technical_fen - (head.opening_fen + added.moved_fen)


def content_of(head: Head, added: Adding) -> bytes:
    """The canonical bytes that are signed."""
    party = head.party
    return canonical_bytes(
        {
            "format": FORMAT,
            "number": head.number,
            "party": {"kind": party.kind, "code": party.code, "name": party.name},
            "month": f"{head.month:%Y-%m}",
            "edition": head.edition,
            "reason": head.reason,
            "currency": "CNY",
            "opening_fen": head.opening_fen,
            "closing_fen": head.opening_fen + added.moved_fen,
            "payable_fen": payable_fen(head, added),
            "technical_fen": head.technical_fen,
            "dispute_until": head.dispute_until.isoformat(),
            "totals": [
                {
                    "kind": t.kind,
                    "account": t.account,
                    "lines": t.lines,
                    "amount_fen": t.amount_fen,
                    "group": "technical" if is_technical(t.account) else "payable",
                }
                for t in added.totals
            ],
            "lines": added.lines,
            "lines_digest": added.digest,
        }
    )


def file_of(content: bytes, key: str, signature: str, lines: Iterable[LineView]) -> Iterator[bytes]:
    """The file for download, piece by piece: canonical JSON of key, lines, signature and statement."""
    yield b'{"key":' + canonical_bytes(key) + b',"lines":['
    for line in lines:
        yield (b"," if line.number > 1 else b"") + line_bytes(line)
    yield b'],"signature":' + canonical_bytes(signature) + b',"statement":' + content + b"}"


def check(content: bytes, key: str, is_signed: Signed) -> Checked:
    """Whether `content` is a statement that the holder of `key` signed and nobody changed by a byte."""
    try:
        told = json.loads(content)
        statement, lines, signature = told["statement"], told["lines"], told["signature"]
        if set(told) != {"key", "lines", "signature", "statement"} or canonical_bytes(told) != content:
            return Checked(False, "文件不是原样", "the file is not as it was issued")
        if statement["format"] != FORMAT or not isinstance(signature, str) or not isinstance(lines, list):
            return Checked(False, "不是对账单文件", "not a statement")
        if told["key"] != key or not is_signed(canonical_bytes(statement), signature, key):
            return Checked(False, "签名不是本平台的", "not signed by this platform")
        if hashlib.sha256(b"".join(canonical_bytes(one) + b"\n" for one in lines)).hexdigest() != _digest(statement):
            return Checked(False, "明细被改动过", "the lines were changed")
        return _genuine(statement)
    except (ValueError, KeyError, TypeError, RecursionError):
        return Checked(False, "不是对账单文件", "not a statement")


def _digest(statement: dict[str, Any]) -> str:
    return str(statement["lines_digest"])


def _genuine(statement: dict[str, Any]) -> Checked:
    return Checked(
        True,
        "真实，未被改动",
        "genuine and unchanged",
        statement["number"],
        statement["party"]["name"],
        statement["month"],
        statement["closing_fen"],
        statement.get("payable_fen"),
    )
