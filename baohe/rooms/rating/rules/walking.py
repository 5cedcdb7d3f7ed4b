"""One walk through the formula's steps: for one person, or for whole columns at once.

Numerator and denominator stay whole numbers and are divided once, at the step the filed formula calls `round`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
    """One formula step over compiled parts. `scale_by` gives the multiplier of each choice of a scaling input
    (empty: the number itself); `denominator` is what all steps up to here divide by together."""

    step: FormulaStep
    table: CompiledTable | None
    scale_by: tuple[int, ...]
    denominator: int

    @property
    def cells(self) -> CompiledTable:
        assert self.table is not None  # the compiler gives every step that reads a table its table
        return self.table

    @property
    def lift(self) -> int:
        """What a cell is multiplied by to stand over the common denominator."""
        return self.denominator // self.cells.scale


def walk(moves: tuple[Move, ...], numbers: Mapping[str, int]) -> Iterator[tuple[int, Move]]:
    """The running numerator after each step, for one person. Raises `NoRate`."""
    value = 0
    for move in moves:
        op = move.step.op
        if op == "round":
            divisor = move.denominator * move.step.multiple_fen
            value = (2 * value + divisor) // (2 * divisor) * move.step.multiple_fen
        elif op == "scale":
            number = numbers[move.step.input]
            value *= move.scale_by[number] if move.scale_by else number
        else:
            cell = move.cells.plain_cells[place_of(move.cells, numbers)]
            if cell == NOT_SOLD:
                raise NoRate(move.cells)
            value = cell if op == "lookup" else value * cell if op == "factor" else value + cell * move.lift
        yield value, move


def walk_many(moves: tuple[Move, ...], numbers: Mapping[str, Ints]) -> tuple[Ints, Sold]:
    """Premiums of whole columns, and whether each row has one."""
    value: Ints = np.zeros(1, dtype=np.int64)
    sold: Sold = np.ones(1, dtype=np.bool_)
    for move in moves:
        op = move.step.op
        if op == "round":
            divisor = move.denominator * move.step.multiple_fen
            value = (2 * value + divisor) // (2 * divisor) * move.step.multiple_fen
        elif op == "scale":
            column = numbers[move.step.input]
            value = value * (np.asarray(move.scale_by, dtype=np.int64)[column] if move.scale_by else column)
        else:
            cells = move.cells.cells[places_of(move.cells, numbers)]
            sold = sold & (cells != NOT_SOLD)
            value = cells if op == "lookup" else value * cells if op == "factor" else value + cells * move.lift
    return value, sold


def place_of(table: CompiledTable, numbers: Mapping[str, int]) -> int:
    """Place of one person's cell in the flat table."""
    return sum(a.position(numbers[a.input]) * s for a, s in zip(table.axes, table.strides, strict=True))


def places_of(table: CompiledTable, numbers: Mapping[str, Ints]) -> Ints:
    """`place_of` for columns."""
    places: Ints = np.zeros(1, dtype=np.int64)
    for axis, stride in zip(table.axes, table.strides, strict=True):
        places = places + axis.positions(numbers[axis.input]) * stride
    return places
