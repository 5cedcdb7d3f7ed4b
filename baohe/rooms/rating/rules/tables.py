"""A filed table → a dense array of exact integers. Holes inside the bands and overlaps are refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import numpy as np

from baohe.rooms.catalog.contracts import Dimension, ProductVersion, RateTable, RatingInput
from baohe.rooms.rating.errors import TariffBroken
from baohe.rooms.rating.rules.coding import Axis, Ints

_FIGURE = re.compile(r"^\d{1,9}(\.\d{1,6})?$")
_BOUND = re.compile(r"^\d{1,12}$")
NOT_SOLD = -1
"""A combination the filed table leaves out on purpose: the product is not sold for it."""


@dataclass(frozen=True, slots=True)
class CompiledTable:
    """`cells` is flat; the place of a cell is Σ position × stride. The figure is cell ÷ `scale` (fen or bp)."""

    table: RateTable
    axes: tuple[Axis, ...]
    strides: tuple[int, ...]
    cells: Ints
    plain_cells: tuple[int, ...]
    scale: int

    @property
    def largest(self) -> int:
        return max(self.plain_cells)


def compile_table(version: ProductVersion, table: RateTable) -> CompiledTable:
    """Raises `TariffBroken` for an unknown input, a gap or overlap of bands, a double cell or a bad figure."""
    axes = tuple(_axis(version, table, dimension) for dimension in table.dimensions)
    strides = tuple(int(np.prod([axis.size for axis in axes[i + 1 :]], dtype=np.int64)) for i in range(len(axes)))
    size = int(np.prod([axis.size for axis in axes], dtype=np.int64))
    cells = np.full(size, NOT_SOLD, dtype=np.int64)
    scale = 10 ** max(table.decimals - 2, 0) if table.unit == "yuan" else 10**table.decimals
    for row in table.rows:
        place = sum(_row_position(table, axis, row) * s for axis, s in zip(axes, strides, strict=True))
        if cells[place] != NOT_SOLD:
            raise broken(version, table, f"{','.join(row)} 重复", f"{','.join(row)} is there twice")
        cells[place] = _figure(version, table, row[-1])
    return CompiledTable(table, axes, strides, cells, tuple(int(cell) for cell in cells), scale)


def broken(version: ProductVersion, table: RateTable, zh: str, en: str) -> TariffBroken:
    return TariffBroken(version=version.id, table=table.name, reason_zh=zh, reason_en=en)


def _input(version: ProductVersion, table: RateTable, code: str) -> RatingInput:
    item = version.rating_input(code)
    if item is None:
        raise broken(version, table, f"没有投保项 {code}", f"there is no input {code}")
    return item


def _axis(version: ProductVersion, table: RateTable, dimension: Dimension) -> Axis:
    item = _input(version, table, dimension.input)
    if not dimension.band:
        return _choice_axis(version, table, item)
    first = table.columns.index(f"{dimension.input}_from")
    for row in table.rows:
        if not _BOUND.match(row[first]) or not _BOUND.match(row[first + 1]):
            raise broken(version, table, f"“{row[first]}–{row[first + 1]}”不是区间", "has a band without whole numbers")
    bands = sorted({(int(row[first]), int(row[first + 1])) for row in table.rows})
    for (low, high), following in zip(bands, [*bands[1:], None], strict=True):
        if high < low or (following is not None and following[0] != high + 1):
            raise broken(
                version, table, f"{dimension.input} {low}–{high} 之后断开或重叠", f"gap or overlap after {low}–{high}"
            )
    if bands[0][0] > (item.minimum or 0) or bands[-1][1] < (item.maximum or 0):
        raise broken(
            version, table, f"没有覆盖 {item.code} 的全部范围", f"does not cover the whole range of {item.code}"
        )
    return Axis(dimension.input, (*[low for low, _ in bands], bands[-1][1] + 1), ())


def _choice_axis(version: ProductVersion, table: RateTable, item: RatingInput) -> Axis:
    column = table.columns.index(item.code)
    if item.kind != "choice":
        raise broken(version, table, f"{item.code} 应为区间", f"{item.code} needs a band")
    values = tuple(choice.value for choice in item.choices)
    strange = {row[column] for row in table.rows} - set(values)
    if strange:
        raise broken(
            version, table, f"{item.code} 没有 {sorted(strange)[0]}", f"{item.code} has no {sorted(strange)[0]}"
        )
    return Axis(item.code, (), values)


def _row_position(table: RateTable, axis: Axis, row: tuple[str, ...]) -> int:
    if axis.starts:
        return axis.position(int(row[table.columns.index(f"{axis.input}_from")]))
    return axis.values.index(row[table.columns.index(axis.input)])


def _figure(version: ProductVersion, table: RateTable, text: str) -> int:
    """Yuan with `decimals` places → exact integer: fen, or a finer part of it; bp likewise."""
    try:
        if not _FIGURE.match(text):
            raise InvalidOperation
        exact = Decimal(text).scaleb(max(table.decimals, 2) if table.unit == "yuan" else table.decimals)
        if exact != int(exact):
            raise InvalidOperation
    except InvalidOperation:
        raise broken(version, table, f"“{text}”不是费率", f"“{text}” is not a rate") from None
    return int(exact)
