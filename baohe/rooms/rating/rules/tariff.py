"""A compiled version: tables and formula as one exact integer function, for one person or a million.

Compiling proves that every product stays exact in 64 bits, that bands neither gap nor overlap, and that the formula
rounds exactly once, at its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from baohe.kernel.errors import InvalidInput
from baohe.kernel.money import BASIS
from baohe.rooms.catalog.contracts import FormulaStep, Inputs, ProductVersion, RateTable, RatingInput
from baohe.rooms.rating.errors import TariffBroken
from baohe.rooms.rating.rules.coding import Ints, number_of, numbers_of
from baohe.rooms.rating.rules.folding import Folded, fold
from baohe.rooms.rating.rules.tables import NOT_SOLD, CompiledTable, broken, compile_table
from baohe.rooms.rating.rules.walking import Move, NoRate, place_of, walk, walk_many

_LIMIT = 2**62
_BLOCK = 1 << 15
"""Rows priced at a time: the columns of a block and what is made of them stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Tariff:
    version: ProductVersion
    inputs: tuple[RatingInput, ...]
    moves: tuple[Move, ...]
    folded: Folded | None

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
            item = _input(self.version, axis.input)
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
    _check_shape(version)
    moves: list[Move] = []
    denominator, largest = 1, 0
    for step in version.formula.steps:
        table = compile_table(version, _named(version, step.table)) if step.table else None
        scale_by = _multipliers(version, step)
        if step.op == "lookup" and table is not None:
            denominator, largest = table.scale, table.largest
        elif step.op == "factor" and table is not None:
            denominator, largest = denominator * table.scale * BASIS, largest * table.largest
        elif step.op == "add" and table is not None:
            if denominator % table.scale:
                raise broken(version, table.table, "小数位比前一步更细", "has finer decimals than the steps before")
            largest += table.largest * (denominator // table.scale)
        elif step.op == "scale":
            denominator *= step.per
            largest *= max(scale_by) if scale_by else _input(version, step.input).maximum or 1
        if 2 * largest + 2 * denominator * step.multiple_fen >= _LIMIT:
            raise _shape(version, "数字太大，无法精确相乘", "figures are too large to multiply exactly")
        moves.append(Move(step, table, scale_by, denominator))
    whole = tuple(moves)
    return Tariff(version, version.rating_inputs, whole, fold(version.rating_inputs, whole))


def _check_shape(version: ProductVersion) -> None:
    ops = [step.op for step in version.formula.steps]
    if ops[0] != "lookup" or ops.count("lookup") != 1 or ops.count("round") != 1 or ops[-1] != "round":
        raise _shape(version, "应以 lookup 开始，以唯一的 round 结束", "must start with lookup and round once, last")


def _named(version: ProductVersion, name: str) -> RateTable:
    table = version.table(name)
    if table is None:
        raise _shape(version, f"没有费率表 {name}", f"there is no table {name}")
    return table


def _input(version: ProductVersion, code: str) -> RatingInput:
    item = version.rating_input(code)
    if item is None:
        raise _shape(version, f"没有投保项 {code}", f"there is no input {code}")
    return item


def _multipliers(version: ProductVersion, step: FormulaStep) -> tuple[int, ...]:
    if step.op != "scale":
        return ()
    return tuple(int(choice.value) for choice in _input(version, step.input).choices)


def _shape(version: ProductVersion, zh: str, en: str) -> TariffBroken:
    return TariffBroken(version=version.id, table="formula", reason_zh=zh, reason_en=en)


def _unknown(code: str, known: list[str]) -> InvalidInput:
    return InvalidInput(
        # Half a surrogate pair can be written in JSON but not sent back as UTF-8.
        field=code[:40].encode(errors="replace").decode(),
        reason_zh=f"没有这一项，可填：{'、'.join(known)}",
        reason_en=f"unknown; use {', '.join(known)}",
    )
