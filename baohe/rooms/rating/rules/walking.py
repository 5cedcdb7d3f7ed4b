"""One walk through the formula's steps: for one person, or for whole columns at once.

The running figure is a whole number over a denominator that the compiler knows at every step. They are divided only at
the steps the filed formula calls `round`, and nothing else rounds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts import FormulaStep
from baohe.rooms.rating.rules.coding import Ints
from baohe.rooms.rating.rules.tables import NOT_SOLD, CompiledTable

Sold = NDArray[np.bool_]


class NoRate(Exception):  # noqa: N818 - not an error but an answer: the table has no such cell
    """The filed table leaves this combination out."""

    def __init__(self, table: CompiledTable) -> None:
        super().__init__(table.table.name)
        self.table = table


@dataclass(frozen=True, slots=True)
class Move:
    """One formula step over compiled parts.

    `when`: places of the choices for which it is taken. What it works with is, in this order: a table's cell ÷
    `divisor` × `times`, a figure × `times`, `multipliers` by choice, the input's own number, or the constant `amount`.
    `lift` carries the running figure to this step's denominator where the step does not do so itself; `idle` does it
    where the step is not taken. `denominator` is what all steps up to here divide by together. `part` is the label of
    the figure the step belongs to.
    """

    step: FormulaStep
    denominator: int
    table: CompiledTable | None = None
    figure: tuple[Move, ...] = ()
    when: tuple[tuple[str, frozenset[int]], ...] = ()
    divisor: int = 1
    times: int = 1
    amount: int = 0
    multipliers: tuple[int, ...] = ()
    lift: int = 1
    idle: int = 1
    part: Text | None = None

    def taken(self, numbers: Mapping[str, int]) -> bool:
        return all(numbers[code] in places for code, places in self.when)

    def taken_many(self, numbers: Mapping[str, Ints]) -> Sold:
        taken: Sold = np.ones(1, dtype=np.bool_)
        for code, places in self.when:
            taken = taken & np.isin(numbers[code], sorted(places))
        return taken


def every(moves: tuple[Move, ...]) -> list[Move]:
    """All steps, those of each figure once."""
    found: list[Move] = []
    known: set[str] = set()
    waiting = [moves]
    while waiting:
        for move in waiting.pop():
            found.append(move)
            if move.figure and move.step.figure not in known:
                known.add(move.step.figure)
                waiting.append(move.figure)
    return found


def walk(moves: tuple[Move, ...], numbers: Mapping[str, int]) -> Iterator[tuple[int, Move]]:
    """The running numerator after each step taken, for one person; a figure's own steps come before the step that
    adds it, once. Raises `NoRate`."""
    return _walk(moves, numbers, {})


def _walk(moves: tuple[Move, ...], numbers: Mapping[str, int], figures: dict[str, int]) -> Iterator[tuple[int, Move]]:
    value, over = 0, 1
    for move in moves:
        op = move.step.op
        if move.when and not move.taken(numbers):
            value *= move.idle
            continue
        if op == "round":
            value = round_to(value, move.denominator * over, move.step)
            over = 1
        elif op == "scale":
            number = numbers[move.step.input]
            value *= move.multipliers[number] if move.multipliers else number
        else:
            if move.figure and move.step.figure not in figures:
                part = 0
                for part, done in _walk(move.figure, numbers, figures):
                    yield part, done
                figures[move.step.figure] = part
            operand = operand_of(move, numbers, figures)
            if op == "divide":
                value, over = value * move.lift, operand
            else:
                value = _apply(op, value * move.lift, operand)
        yield value, move


def operand_of(move: Move, numbers: Mapping[str, int], figures: Mapping[str, int]) -> int:
    """What a step works with, over its denominator (a factor: over its own whole). Raises `NoRate`."""
    if move.table is None:
        return figures[move.step.figure] * move.times if move.figure else move.amount
    cell: int = move.table.plain_cells[place_of(move.table, numbers)]
    if cell == NOT_SOLD:
        raise NoRate(move.table)
    return cell // move.divisor * move.times


def _apply(op: str, value: int, operand: int) -> int:
    if op == "add":
        return value + operand
    if op == "factor":
        return value * operand
    if op == "at_least":
        return max(value, operand)
    if op == "at_most":
        return min(value, operand)
    return operand  # lookup


def round_to(value: int, divisor: int, step: FormulaStep) -> int:
    """`value` ÷ `divisor` in fen, rounded to the step's multiple."""
    divisor *= step.multiple_fen
    if step.mode == "up":
        return -(-value // divisor) * step.multiple_fen
    if step.mode == "down":
        return value // divisor * step.multiple_fen
    return (2 * value + divisor) // (2 * divisor) * step.multiple_fen


def walk_many(moves: tuple[Move, ...], numbers: Mapping[str, Ints]) -> tuple[Ints, Sold]:
    """Premiums of whole columns, and whether each row has one. Equal to `walk` row by row."""
    return _walk_many(moves, numbers, {})


def _walk_many(
    moves: tuple[Move, ...], numbers: Mapping[str, Ints], figures: dict[str, tuple[Ints, Sold]]
) -> tuple[Ints, Sold]:
    value: Ints = np.zeros(1, dtype=np.int64)
    over: Ints = np.ones(1, dtype=np.int64)
    sold: Sold = np.ones(1, dtype=np.bool_)
    for move in moves:
        op = move.step.op
        if op == "round":
            value, over = _round_many(value, move.denominator * over, move.step), np.ones(1, dtype=np.int64)
            continue
        if op == "scale":
            column = numbers[move.step.input]
            value = value * (np.asarray(move.multipliers, dtype=np.int64)[column] if move.multipliers else column)
            continue
        operand, there = _operand_many(move, numbers, figures)
        if op == "divide":
            value, over, sold = value * move.lift, operand, sold & there
            continue
        after = _apply_many(op, value * move.lift, operand)
        if move.when:
            taken = move.taken_many(numbers)
            after, there = np.where(taken, after, value * move.idle), there | ~taken
        value, sold = after, sold & there
    return value, sold


def _operand_many(move: Move, numbers: Mapping[str, Ints], figures: dict[str, tuple[Ints, Sold]]) -> tuple[Ints, Sold]:
    everywhere: Sold = np.ones(1, dtype=np.bool_)
    if move.table is not None:
        cells: Ints = move.table.cells[places_of(move.table, numbers)]
        there = cells != NOT_SOLD
        if move.divisor > 1:
            cells = cells // move.divisor
        return (cells * move.times if move.times > 1 else cells), there
    if move.figure:
        if move.step.figure not in figures:
            figures[move.step.figure] = _walk_many(move.figure, numbers, figures)
        value, sold = figures[move.step.figure]
        return value * move.times, sold
    return np.asarray([move.amount], dtype=np.int64), everywhere


def _apply_many(op: str, value: Ints, operand: Ints) -> Ints:
    if op == "add":
        return value + operand
    if op == "factor":
        return value * operand
    if op == "at_least":
        return np.maximum(value, operand)
    if op == "at_most":
        return np.minimum(value, operand)
    return operand  # lookup


def _round_many(value: Ints, divisor: Ints, step: FormulaStep) -> Ints:
    divisor = divisor * step.multiple_fen
    if step.mode == "up":
        return -(-value // divisor) * step.multiple_fen
    if step.mode == "down":
        return value // divisor * step.multiple_fen
    return (2 * value + divisor) // (2 * divisor) * step.multiple_fen


def place_of(table: CompiledTable, numbers: Mapping[str, int]) -> int:
    """Place of one person's cell in the flat table."""
    place = 0
    for axis, stride in zip(table.axes, table.strides, strict=True):
        place += axis.position(numbers[axis.input]) * stride
    return place


def places_of(table: CompiledTable, numbers: Mapping[str, Ints]) -> Ints:
    """`place_of` for columns."""
    places: Ints = np.zeros(1, dtype=np.int64)
    for axis, stride in zip(table.axes, table.strides, strict=True):
        places = places + axis.positions(numbers[axis.input]) * stride
    return places
