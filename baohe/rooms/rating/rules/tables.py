"""A filed table → a dense array of exact integers. Holes inside the bands and overlaps are refused, by row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import gcd, prod

import numpy as np

from baohe.kernel.money import BASIS
from baohe.rooms.catalog.contracts import ProductVersion, RateTable
from baohe.rooms.rating.rules.axes import Filed, broken, filed, key_columns
from baohe.rooms.rating.rules.coding import Axis, Ints

MOST_CELLS = 2_000_000
_FIGURE = re.compile(r"^\d{1,9}(\.\d{1,6})?$")
_LIMIT = 2**62
NOT_SOLD = -1
"""A combination the filed table leaves out on purpose: the product is not sold for it."""
SHARES = {"percent": 100, "permille": 1_000, "bp": BASIS}
"""Units that are a share of something, and how many make the whole of it."""


@dataclass(frozen=True, slots=True)
class CompiledTable:
    """`cells` is flat; the place of a cell is Σ position × stride. `plain_cells` are the same, for one look-up.

    Of money the figure is cell ÷ `scale` fen; of a share it is cell ÷ `scale` units of the table's own.
    """

    table: RateTable
    axes: tuple[Axis, ...]
    strides: tuple[int, ...]
    cells: Ints
    plain_cells: memoryview
    scale: int

    @property
    def is_share(self) -> bool:
        return self.table.unit in SHARES

    @property
    def sold(self) -> Ints:
        """The cells that are filed."""
        filed_cells: Ints = self.cells[self.cells != NOT_SOLD]
        return filed_cells

    def shortened(self, whole: int) -> tuple[int, int]:
        """`whole` (what the cells stand over) without what it has in common with all cells, and that divisor."""
        divisor = gcd(int(np.gcd.reduce(self.sold)), whole)
        return whole // divisor, divisor


def compile_table(version: ProductVersion, table: RateTable) -> CompiledTable:
    """Raises `TariffBroken` for an unknown input, a gap or overlap of bands, a double cell or a bad figure."""
    dimensions = [filed(version, table, dimension) for dimension in table.dimensions]
    if prod(dimension.axis.size for dimension in dimensions) > MOST_CELLS:
        raise broken(version, table, "单元格太多", "has too many cells")
    if sum(bool(dimension.nodes) for dimension in dimensions) > 1:
        raise broken(version, table, "只能对一项插值", "draws lines along more than one input")
    sizes = [dimension.count for dimension in dimensions]
    places = np.zeros(len(table.rows), dtype=np.int64)
    for number, dimension in enumerate(dimensions):
        places += dimension.at * prod(sizes[number + 1 :])
    cells = np.full(prod(sizes), NOT_SOLD, dtype=np.int64)
    cells[places] = _figures(version, table, places.tolist())
    cells = _lines(version, table, cells.reshape(sizes), dimensions).reshape(-1)
    axes = tuple(dimension.axis for dimension in dimensions)
    strides = tuple(prod(axis.size for axis in axes[i + 1 :]) for i in range(len(axes)))
    return CompiledTable(table, axes, strides, cells, cells.data, _scale(table))


def check_unread(version: ProductVersion, table: RateTable) -> None:
    """A table that no step reads (cash values): its figures are read and its keys compared all the same."""
    columns = key_columns(table)
    _figures(version, table, [tuple(row[column] for column in columns) for row in table.rows])


def _scale(table: RateTable) -> int:
    """How many of a cell's integers make one fen, or one unit of a share."""
    return int(10 ** max(table.decimals - 2, 0) if table.unit == "yuan" else 10**table.decimals)


def _figures(version: ProductVersion, table: RateTable, keys: Iterable[object]) -> list[int]:
    """The cells of all rows as integers; two rows with one key are refused."""
    first: dict[object, int] = {}
    cells = []
    for line, (key, row) in enumerate(zip(keys, table.rows, strict=True), start=2):
        if key in first:
            said = ",".join(row[column] for column in key_columns(table))
            raise broken(
                version, table, f"{said} 与第 {first[key]} 行重复", f"{said} is in line {first[key]} already", line
            )
        first[key] = line
        cells.append(_figure(version, table, row[-1], line))
    return cells


def _figure(version: ProductVersion, table: RateTable, text: str, line: int) -> int:
    """A cell with `decimals` places → exact integer: fen, a share, or a finer part of either."""
    if not _FIGURE.match(text):
        raise broken(version, table, f"“{text}”不是费率", f"“{text}” is not a rate", line)
    if len(text.partition(".")[2].rstrip("0")) > table.decimals:
        zh, en = f"“{text}”的小数超过 {table.decimals} 位", f"“{text}” has more than {table.decimals} decimals"
        raise broken(version, table, zh, en, line)
    places = max(table.decimals, 2) if table.unit == "yuan" else table.decimals
    return int(Decimal(text) * 10**places)


def _lines(version: ProductVersion, table: RateTable, cells: Ints, dimensions: Sequence[Filed]) -> Ints:
    """The cells with straight lines drawn between nodes, rounded half up to the table's decimals."""
    grain = 10 ** max(2 - table.decimals, 0) if table.unit == "yuan" else 1
    for number, dimension in enumerate(dimensions):
        if not dimension.nodes:
            continue
        widest = max(dimension.nodes) - min(dimension.nodes)
        if 4 * int(cells.max()) * max(widest, 1) >= _LIMIT:
            raise broken(version, table, "数字太大，无法精确插值", "figures are too large to draw exact lines")
        along = np.moveaxis(cells, number, 0)
        cells = np.moveaxis(_between(along, dimension, grain), 0, number)
    return np.ascontiguousarray(cells)


def _between(cells: Ints, dimension: Filed, grain: int) -> Ints:
    """Along the first axis: from filed nodes to wanted numbers. A line with an unfiled end is not drawn."""
    nodes, wanted = np.asarray(dimension.nodes, dtype=np.int64), np.asarray(dimension.wanted, dtype=np.int64)
    left = np.clip(np.searchsorted(nodes, wanted, side="right") - 1, 0, len(nodes) - 1)
    right = np.minimum(left + 1, len(nodes) - 1)
    shape = (-1,) + (1,) * (cells.ndim - 1)
    gone = (wanted - nodes[left]).reshape(shape)
    width = np.maximum(nodes[right] - nodes[left], 1).reshape(shape)
    low, high = cells[left] // grain, cells[right] // grain
    drawn = (2 * (low * (width - gone) + high * gone) + width) // (2 * width) * grain
    filed_ends = (cells[left] != NOT_SOLD) & ((cells[right] != NOT_SOLD) | (gone == 0))
    return np.where(filed_ends, np.where(gone == 0, cells[left], drawn), NOT_SOLD).astype(np.int64)
