"""A compiled version: tables and formula as one exact integer function, for one person or a million.

Compiling proves that every product stays exact in 64 bits, that bands neither gap nor overlap, and that nothing rounds
but the steps that say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from baohe.kernel.errors import InvalidInput
from baohe.rooms.catalog.contracts import Inputs, ProductVersion, RatingInput
from baohe.rooms.rating.rules.agreeing import check_defaults, check_family, check_plans
from baohe.rooms.rating.rules.coding import Ints, number_of, numbers_of
from baohe.rooms.rating.rules.compiling import compile_steps
from baohe.rooms.rating.rules.folding import Folded, fold
from baohe.rooms.rating.rules.parts import Parts
from baohe.rooms.rating.rules.tables import NOT_SOLD, CompiledTable, check_unread
from baohe.rooms.rating.rules.walking import Move, NoRate, every, place_of, walk, walk_many

_BLOCK = 1 << 15
"""Rows priced at a time: the columns of a block and what is made of them stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Tariff:
    version: ProductVersion
    inputs: tuple[RatingInput, ...]
    moves: tuple[Move, ...]
    folded: Folded | None

    @property
    def weight(self) -> int:
        """Bytes this keeps in memory beyond its version, near enough to bound a cache by."""
        tables = {id(move.table): move.table for move in every(self.moves) if move.table is not None}
        cells = sum(table.cells.nbytes for table in tables.values())
        starts = (axis.starts for table in tables.values() for axis in table.axes)
        cells += sum(40 * len(of_one) for of_one in starts if not isinstance(of_one, range))
        return 4_096 + cells + (self.folded.weight if self.folded is not None else 0)

    def numbers(self, inputs: Inputs) -> dict[str, int]:
        """Every input read and checked; an unknown name is refused rather than ignored."""
        known = {item.code for item in self.inputs}
        for code in inputs:
            if code not in known:
                raise _unknown(code, sorted(known))
        return {item.code: number_of(item, inputs.get(item.code)) for item in self.inputs}

    def premium(self, inputs: Inputs) -> int:
        """Premium in fen. Raises `InvalidInput` naming the field and what it may be."""
        premium_fen = self.folded.premium(inputs) if self.folded is not None else None
        return self.premium_of(self.numbers(inputs)) if premium_fen is None else premium_fen

    def premium_of(self, numbers: Mapping[str, int]) -> int:
        """Premium in fen of inputs read by `numbers`, by the walk."""
        *_, (premium_fen, _) = self.steps(numbers)
        return premium_fen

    def steps(self, numbers: Mapping[str, int]) -> Iterator[tuple[int, Move]]:
        """The running figure after each step."""
        try:
            yield from walk(self.moves, numbers)
        except NoRate as missing:
            raise self._not_sold(missing.table, numbers) from None

    def figure_of(self, move: Move, numbers: Mapping[str, int]) -> int:
        """What a figure added by `move` comes to, in fen."""
        *_, (amount_fen, _) = walk(move.figure, numbers)
        return amount_fen

    def premium_many(self, columns: Mapping[str, NDArray[np.generic]]) -> Ints:
        """Premiums in fen of whole columns, one value an input and row.

        A column holds texts, or whole numbers: the number itself, or the place of the choice in the filed list.
        """
        for code in columns:
            if self.version.rating_input(code) is None:
                raise _unknown(code, sorted(item.code for item in self.inputs))
        numbers = {item.code: numbers_of(item, columns.get(item.code)) for item in self.inputs}
        rows = max((len(column) for column in numbers.values()), default=0)
        if any(len(column) != rows for column in numbers.values()):
            raise InvalidInput(field="columns", reason_zh="各列行数不同", reason_en="differ in length")
        premiums = np.empty(rows, dtype=np.int64)
        for start in range(0, rows, _BLOCK):
            block = slice(start, start + _BLOCK)
            premiums[block] = self._block({code: column[block] for code, column in numbers.items()})
        return premiums

    def _block(self, numbers: Mapping[str, Ints]) -> Ints:
        if self.folded is not None:
            premiums = self.folded.premium_many(numbers)
            if self.folded.whole:
                return premiums
            sold = premiums != NOT_SOLD
        else:
            premiums, sold = walk_many(self.moves, numbers)
        if not sold.all():
            row = int(np.flatnonzero(~sold)[0])
            self.premium_of({code: int(column[row]) for code, column in numbers.items()})
        return premiums

    def _not_sold(self, table: CompiledTable, numbers: Mapping[str, int]) -> InvalidInput:
        """Names the last input that could be chosen differently, and what it may be instead."""
        for axis, stride in reversed(list(zip(table.axes, table.strides, strict=True))):
            without = place_of(table, numbers) - axis.position(numbers[axis.input]) * stride
            others = [p for p in range(axis.size) if table.plain_cells[without + p * stride] != NOT_SOLD]
            item = self.version.rating_input(axis.input)
            assert item is not None  # the compiler has looked it up
            if others:
                words = [axis.words(place) for place in others]
                return InvalidInput(
                    field=axis.input,
                    reason_zh=f"与其他选择搭配时，{item.name.zh}只能是：{'、'.join(words)}",
                    reason_en=f"with your other choices {item.name.en} can only be: {', '.join(words)}",
                    allowed=words,
                )
        code = table.axes[0].input
        return InvalidInput(field=code, reason_zh="这个组合不在费率表内", reason_en="no rate for this combination")


def compile_tariff(version: ProductVersion) -> Tariff:
    """Raises `TariffBroken`."""
    parts = Parts(version)
    formula = version.formula
    for number, figure in enumerate(formula.figures):
        if figure.name in parts.figures:
            place = f"figures[{number}].name"
            raise parts.broken(place, f"{figure.name} 重复", f"{figure.name} is there twice")
        parts.figures[figure.name] = compile_steps(parts, figure.steps, f"figures[{number}].steps", figure.label)
    moves, _ = compile_steps(parts, formula.steps, "steps")
    for table in version.rate_tables:
        if table.name not in parts.tables:
            check_unread(version, table)
    check_defaults(parts)
    check_plans(parts)
    check_family(parts)
    return Tariff(version, version.rating_inputs, moves, fold(version.rating_inputs, moves))


def _unknown(code: str, known: list[str]) -> InvalidInput:
    return InvalidInput(
        # Half a surrogate pair can be written in JSON but not sent back as UTF-8.
        field=code[:40].encode(errors="replace").decode(),
        reason_zh=f"没有这一项，可填：{'、'.join(known)}",
        reason_en=f"unknown; use {', '.join(known)}",
    )
