"""Formula steps → moves over compiled tables, with the proof that every product stays exact in 64 bits.

A running figure is known here by its denominator, by the largest numerator it can reach, and by whether it is money
yet: a share that was looked up (1% of each yuan, that is one fen a yuan) becomes money at the step that scales it.
"""

from __future__ import annotations

from dataclasses import replace

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts import FormulaStep
from baohe.rooms.rating.rules.parts import Parts, Running
from baohe.rooms.rating.rules.stepping import LIMIT, StepCompiler
from baohe.rooms.rating.rules.walking import Move, round_to

_BOUNDS = ("at_least", "at_most")


def compile_steps(
    parts: Parts, steps: tuple[FormulaStep, ...], place: str, label: Text | None = None
) -> tuple[tuple[Move, ...], int]:
    """The moves and the largest figure they can end with, in fen. Raises `TariffBroken` with the step."""
    _check_order(parts, steps, place)
    running, moves = Running(), []
    for number, step in enumerate(steps):
        here = f"{place}[{number}]"
        running, move = StepCompiler(parts, step, here).compiled(running)
        if 2 * running.largest + 2 * running.denominator * running.over_most >= LIMIT:
            raise parts.broken(
                here,
                "数字太大，无法精确相乘；可在前面先 round 一次",
                "figures are too large to multiply exactly; a round before this step helps",
            )
        moves.append(replace(move, part=label))
    for number in range(len(moves)):
        _check_bound(parts, moves, number, f"{place}[{number}]")
    return tuple(moves), running.largest


def _check_order(parts: Parts, steps: tuple[FormulaStep, ...], place: str) -> None:
    ops = [step.op for step in steps]
    if not ops or ops[0] not in ("lookup", "add"):
        raise parts.broken(f"{place}[0]", "应以 lookup 或 add 开始", "must be lookup or add: something to start from")
    if ops[-1] != "round":
        raise parts.broken(f"{place}[{len(ops) - 1}]", "最后一步应为 round", "is last, so it must be round")
    for number, op in enumerate(ops):
        if op == "lookup" and number:
            raise parts.broken(f"{place}[{number}]", "lookup 只能是第一步", "lookup may only come first")
        if op == "divide" and ops[number + 1] != "round":
            raise parts.broken(f"{place}[{number}]", "divide 之后须紧跟 round", "divide must be followed by round")


def _check_bound(parts: Parts, moves: list[Move], number: int, place: str) -> None:
    """A minimum that the next rounding would undercut is no minimum; a cap that it would exceed is no cap."""
    bound = moves[number].step
    if bound.op not in _BOUNDS:
        return
    after = next(move.step for move in moves[number + 1 :] if move.step.op not in _BOUNDS)
    table = moves[number].table
    if after.op != "round":
        return
    over = table.scale if table is not None else 1
    filed = sorted({int(cell) for cell in table.sold}) if table is not None else [bound.fen or 0]
    for cell in filed:
        rounded = round_to(cell, over, after)
        if rounded * over < cell if bound.op == "at_least" else rounded * over > cell:
            raise parts.broken(
                place,
                f"¥{cell / over / 100:.2f} 经后面的取整变成 ¥{rounded / 100:.2f}，保不住",
                f"¥{cell / over / 100:.2f} becomes ¥{rounded / 100:.2f} at the rounding after it, and does not hold",
            )
