"""A tariff folded into one array: every premium of the version computed beforehand, one look-up a quote.

Possible when each input has few distinguishable values (choices, or bands of all tables laid over each other). The
cells come from the walk through the formula itself, so folding can only be faster, never different. A tariff that
cannot be folded (an amount that scales, too many cells) is walked each time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from baohe.kernel.errors import InvalidInput
from baohe.rooms.catalog.contracts import Inputs, RatingInput
from baohe.rooms.rating.rules.coding import Ints, number_of
from baohe.rooms.rating.rules.tables import NOT_SOLD
from baohe.rooms.rating.rules.walking import Move, every, walk_many

MOST_CELLS = 2_000_000
_MOST_NUMBERS = 100_000
"""Longest range of an input for which every number of a column gets its own entry; a longer one is searched by band."""
_MOST_TEXTS = 200
"""The same for the text of a single quote, whose entries are dearer."""


class Shares(Protocol):
    """What a text adds to the cell's place. Raises `KeyError` for one that is not plainly offered."""

    def __getitem__(self, text: str, /) -> int: ...


@dataclass(frozen=True, slots=True)
class _Searched:
    """The band of a number among many."""

    item: RatingInput
    starts: Sequence[int]
    stride: int

    def __getitem__(self, text: str, /) -> int:
        try:
            return (bisect_right(self.starts, number_of(self.item, text)) - 1) * self.stride
        except InvalidInput:
            raise KeyError(text) from None


@dataclass(frozen=True, slots=True)
class FoldedAxis:
    """`offsets[number − first]` is the number's share of the cell's place; `by_text` the same for its text."""

    input: str
    first: int
    starts: Ints
    stride: int
    offsets: Ints | None
    by_text: Shares

    def offsets_of(self, numbers: Ints) -> Ints:
        """For numbers that were checked against the input's range."""
        if self.offsets is not None:
            # The range was checked, so "clip" never clips: it only spares numpy a second check of every row.
            return self.offsets.take(numbers - self.first if self.first else numbers, mode="clip")
        return (np.searchsorted(self.starts, numbers, side="right").astype(np.int64) - 1) * self.stride


@dataclass(frozen=True, slots=True)
class Folded:
    axes: tuple[FoldedAxis, ...]
    cells: Ints
    plain_cells: memoryview
    by_text: tuple[tuple[str, Shares], ...]
    whole: bool
    """No cell is left out, so no row needs to be looked at for it."""

    @property
    def weight(self) -> int:
        """Bytes in memory, near enough."""
        offsets = sum(axis.offsets.nbytes for axis in self.axes if axis.offsets is not None)
        starts = sum(axis.starts.nbytes for axis in self.axes)
        return self.cells.nbytes + offsets + 6 * starts + 120 * _MOST_TEXTS

    def premium(self, inputs: Inputs) -> int | None:
        """The premium, or None where the long way has to find out what is wrong (or reads an unusual spelling)."""
        if len(inputs) != len(self.by_text):
            return None
        place = 0
        try:
            for code, offsets in self.by_text:
                place += offsets[inputs[code]]
        except KeyError:
            return None
        premium_fen: int = self.plain_cells[place]
        return None if premium_fen == NOT_SOLD else premium_fen

    def premium_many(self, numbers: Mapping[str, Ints]) -> Ints:
        """Premiums of checked columns; `NOT_SOLD` where there is none."""
        first, *others = self.axes
        places = first.offsets_of(numbers[first.input])
        for axis in others:
            places = places + axis.offsets_of(numbers[axis.input])
        return self.cells.take(places, mode="clip")


def fold(inputs: tuple[RatingInput, ...], moves: tuple[Move, ...]) -> Folded | None:
    """None when an input scales by its own number, or there would be too many cells."""
    if any(move.step.op == "scale" and not move.multipliers for move in every(moves)):
        return None
    starts = [_starts(item, moves) for item in inputs]
    sizes = [len(of_one) for of_one in starts]
    if not inputs or int(np.prod(sizes, dtype=np.float64)) > MOST_CELLS:
        return None
    grid = np.meshgrid(*starts, indexing="ij")
    numbers = {item.code: axis.ravel() for item, axis in zip(inputs, grid, strict=True)}
    cells, sold = walk_many(moves, numbers)
    # A formula of constants alone has one figure for all.
    cells = np.broadcast_to(np.where(sold, cells, NOT_SOLD), numbers[inputs[0].code].shape).copy()
    strides = [int(np.prod(sizes[i + 1 :], dtype=np.int64)) for i in range(len(sizes))]
    axes = tuple(_axis(*facts) for facts in zip(inputs, starts, strides, strict=True))
    return Folded(axes, cells, cells.data, tuple((axis.input, axis.by_text) for axis in axes), bool(sold.all()))


def _starts(item: RatingInput, moves: tuple[Move, ...]) -> Ints:
    """The first number of each stretch that no table tells apart."""
    if item.kind == "choice":
        return np.arange(len(item.choices), dtype=np.int64)
    lowest, highest = item.minimum or 0, item.maximum or 0
    cuts = {lowest}
    for move in every(moves):
        for axis in move.table.axes if move.table else ():
            if axis.input == item.code:
                cuts |= {start for start in axis.starts if lowest < start <= highest}
    return np.asarray(sorted(cuts), dtype=np.int64)


def _axis(item: RatingInput, starts: Ints, stride: int) -> FoldedAxis:
    lowest, highest = int(starts[0]), item.maximum if item.maximum is not None else len(starts) - 1
    searched = _Searched(item, tuple(int(start) for start in starts), stride)
    if highest - lowest > _MOST_NUMBERS:
        return FoldedAxis(item.code, lowest, starts, stride, None, searched)
    numbers = np.arange(lowest, highest + 1, dtype=np.int64)
    offsets = (np.searchsorted(starts, numbers, side="right").astype(np.int64) - 1) * stride
    if highest - lowest > _MOST_TEXTS:
        return FoldedAxis(item.code, lowest, starts, stride, offsets, searched)
    names = [choice.value for choice in item.choices] or [str(number) for number in numbers]
    offered = dict(list(zip(names, (int(o) for o in offsets), strict=True))[:: item.step])
    return FoldedAxis(item.code, lowest, starts, stride, offsets, offered)
