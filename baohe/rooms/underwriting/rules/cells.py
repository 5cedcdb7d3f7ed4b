"""One cell of a decision table: what it lets through, as sets that can be compared.

The engine understands more than this. A set that is loaded here says only what can be proved complete: an empty cell
(anything), quoted words, whole numbers, `>= 5`, `[18..60]`, `(0..10]`; several with commas between them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from baohe.rooms.underwriting.rules.facts import UNKNOWN, Fact

Spans = tuple[tuple[int, int], ...]
"""Closed intervals of whole numbers, in order."""

_NUMBER = re.compile(r"-?\d{1,15}")
_COMPARED = re.compile(r"(>=|<=|>|<)\s*(-?\d{1,15})")
_RANGE = re.compile(r"([\[(])\s*(-?\d{1,15})\s*\.\.\s*(-?\d{1,15})\s*([\])])")
_WORD = re.compile(r'"([^"\\]{1,60})"')
_PIECE = re.compile(r'\s*("[^"\\]*"|[\[(][^\])]*[\])]|[^,\[("]+)\s*(,|$)')


class CellWrong(Exception):
    """What is wrong with the cell: a stable code, and the words for it."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.code, self.zh, self.en = code, zh, en


@dataclass(frozen=True, slots=True)
class Allowed:
    """`words` for a fact of words, `spans` for a number; both hold exactly what the cell lets through."""

    words: frozenset[str] = frozenset()
    spans: Spans = ()

    def meets(self, other: Allowed) -> bool:
        if self.words and other.words:
            return bool(self.words & other.words)
        return any(a <= d and c <= b for a, b in self.spans for c, d in other.spans)


def domain(fact: Fact) -> Allowed:
    """Everything the fact can be."""
    if fact.words:
        return Allowed(words=frozenset(fact.values))
    unknown = ((UNKNOWN, UNKNOWN),) if fact.may_be_unknown else ()
    return Allowed(spans=(*unknown, (fact.low, fact.high)))


def allowed(cell: str, fact: Fact) -> Allowed:
    """What the cell lets through. Raises `CellWrong`: unreadable, out of range, or unknown mixed with numbers."""
    if not cell.strip():
        return domain(fact)
    pieces = _pieces(cell)
    if fact.words:
        return Allowed(words=frozenset(_word_of(piece, fact) for piece in pieces))
    spans = tuple(span for piece in pieces for span in _spans_of(piece, fact))
    return Allowed(spans=tuple(sorted(spans)))


def _pieces(cell: str) -> list[str]:
    found, at = [], 0
    while at < len(cell):
        match = _PIECE.match(cell, at)
        if match is None:
            raise _unreadable(cell)
        found.append(match.group(1).strip())
        at = match.end()
    if cell.rstrip().endswith(","):
        raise _unreadable(cell)
    return found


def _word_of(piece: str, fact: Fact) -> str:
    match = _WORD.fullmatch(piece)
    if match is None:
        raise _unreadable(piece)
    word = match.group(1)
    if word not in fact.values:
        known = "、".join(fact.values)
        raise CellWrong("value_unknown", f"没有“{word}”，可以写：{known}", f"{word} is not one of {known}")
    return word


def _spans_of(piece: str, fact: Fact) -> Spans:
    low, high = _ends(piece, fact)
    whole = domain(fact).spans
    if fact.may_be_unknown and low == high == UNKNOWN:
        return ((UNKNOWN, UNKNOWN),)
    if low > high or low < whole[-1][0] or high > whole[-1][1]:
        if fact.may_be_unknown and low <= UNKNOWN <= high:
            raise CellWrong(
                "unknown_mixed",
                f"“{piece}”把“不知道”（-1）也算进去了，请写明下限",
                f"{piece} takes in what is not known (-1); name the lower end",
            )
        raise CellWrong(
            "out_of_range",
            f"“{piece}”不在 {whole[-1][0]}–{whole[-1][1]} 之内",
            f"{piece} is outside {whole[-1][0]} to {whole[-1][1]}",
        )
    return ((low, high),)


def _ends(piece: str, fact: Fact) -> tuple[int, int]:
    """Closed ends of one piece, not yet held against the domain."""
    if _NUMBER.fullmatch(piece):
        return int(piece), int(piece)
    compared = _COMPARED.fullmatch(piece)
    lowest = domain(fact).spans[0][0]
    if compared:
        number = int(compared.group(2))
        return {
            ">=": (number, fact.high),
            ">": (number + 1, fact.high),
            "<=": (lowest, number),
            "<": (lowest, number - 1),
        }[compared.group(1)]
    spread = _RANGE.fullmatch(piece)
    if spread is None:
        raise _unreadable(piece)
    opens, first, last, closes = spread.groups()
    return int(first) + (opens == "("), int(last) - (closes == ")")


def _unreadable(said: str) -> CellWrong:
    return CellWrong(
        "cell_unreadable",
        f"看不懂“{said}”；可以写 5、>= 5、[18..60]、带引号的词，或留空",
        f'{said} cannot be read; write 5, >= 5, [18..60], "word" or leave it empty',
    )


def in_words(cell: str, fact: Fact) -> str:
    """The cell as an underwriter reads it: words for words, numbers in their own unit."""
    if not cell.strip():
        return "任意"
    found = allowed(cell, fact)
    if fact.words:
        return "、".join(fact.words[word].zh for word in fact.values if word in found.words)
    return "、".join(_span_in_words(span, fact) for span in found.spans)


def _span_in_words(span: tuple[int, int], fact: Fact) -> str:
    low, high = span
    if low == high == UNKNOWN and fact.may_be_unknown:
        return "不知道"
    if high == fact.high:
        return f"{_number(low, fact)} 及以上"
    if low == fact.low:
        return f"{_number(high, fact)} 及以下"
    return _number(low, fact) if low == high else f"{_number(low, fact)}–{_number(high, fact)}"


def _number(value: int, fact: Fact) -> str:
    if fact.unit == "fen":
        return f"{value // 1_000_000:,} 万元" if value % 1_000_000 == 0 else f"{value // 100:,} 元"
    if fact.unit == "bp":
        return f"{value // 10_000} 倍" if value % 10_000 == 0 else f"{value // 10_000}.{value % 10_000 // 100:02d} 倍"
    if fact.code.endswith("_tenths"):
        return f"{value // 10}.{value % 10}"
    return str(value)
