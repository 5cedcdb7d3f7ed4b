"""The calculation a claimant can check line by line (SERV-7). Pure, in whole fen; every line re-adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from baohe.kernel.decisions import Text
from baohe.kernel.money import apply_bp
from baohe.rooms.catalog.contracts import ClaimEvent
from baohe.rooms.claims.contracts import CalculationLine
from baohe.rooms.claims.rules import lines as words
from baohe.rooms.claims.rules.figures import Contract, Figures
from baohe.rooms.claims.rules.walk import Walk


@dataclass(frozen=True, slots=True)
class Calculation:
    """`used` is what this claim takes of each counted limit and deductible: key → fen."""

    lines: tuple[CalculationLine, ...]
    amount_fen: int
    used: Mapping[str, int] = field(default_factory=dict)


def calculate(event: ClaimEvent, figures: Figures, contract: Contract, used_before: Mapping[str, int]) -> Calculation:
    """Walk the steps of the filed claim rules. `used_before` holds earlier claims' use by `use_key`.

    The amount is never negative, never above any cap, and equals `re_add` of the lines.
    """
    walk = Walk(event, figures, contract, used_before)
    for step in event.steps:
        walk.take(step)
    amount = walk.end()
    return Calculation(tuple(walk.lines), amount, walk.taken)


def re_add(lines: Iterable[CalculationLine]) -> int:
    """What the lines come to when somebody adds them up again. Raises `ValueError` when they contradict themselves."""
    amount = 0
    for line in lines:
        shown = line.amount_fen
        if line.op == "start":
            amount = shown or 0
        elif line.op == "minus":
            amount -= shown or 0
        elif line.op == "times":
            amount = apply_bp(amount, line.percent_bp or 0)
        elif line.op == "cap":
            amount = amount if shown is None else min(amount, shown)
        elif shown != amount:  # subtotal and total state what is there already
            raise ValueError(f"{line.op} says {shown}, the lines before it make {amount}")
    return amount


def less_advance(lines: Sequence[CalculationLine], advanced_fen: int) -> tuple[CalculationLine, ...]:
    """The lines of the whole, with what was paid in advance taken off: the total is what is paid now, and re-adds."""
    if not advanced_fen:
        return tuple(lines)
    whole = lines[-1].amount_fen or 0
    paid = CalculationLine("minus", Text("已预付", "Paid in advance"), None, advanced_fen)
    return (
        *lines[:-1],
        CalculationLine("subtotal", Text("应赔金额", "Payable"), None, whole),
        paid,
        words.total(whole - advanced_fen),
    )


def by_person(machine: Sequence[CalculationLine], amount_fen: int, clause: str) -> tuple[CalculationLine, ...]:
    """The lines of a decision by people: the rules' own lines, then what was not agreed to; it re-adds too."""
    total = words.total(amount_fen)
    before = tuple(line for line in machine if line.op != "total")
    calculated = re_add(before) if before else -1
    if calculated < amount_fen:
        agreed = CalculationLine("start", Text("人工核定金额", "Agreed by our handler"), None, amount_fen)
        return (agreed, total)
    if calculated == amount_fen:
        return (*before, total)
    refused = CalculationLine(
        "minus", Text("核定不赔", "Not covered, decided by two people"), None, calculated - amount_fen, None, clause
    )
    return (*before, refused, total)
