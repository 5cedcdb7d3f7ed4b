"""The key columns of a filed table: which values they name, and at which row each stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from baohe.rooms.catalog.contracts import Dimension, ProductVersion, RateTable, RatingInput
from baohe.rooms.rating.errors import TariffBroken
from baohe.rooms.rating.rules.coding import Axis, Ints

_BOUND = re.compile(r"^\d{1,12}$")
MOST_NODES = 2_000_000
"""Whole numbers that one interpolated column may be written out to."""


@dataclass(frozen=True, slots=True)
class Filed:
    """One dimension as filed: `at` is each row's position among `count` filed values. Where lines are drawn between
    nodes, `nodes` are their numbers and `wanted` the numbers the axis has in the end."""

    axis: Axis
    at: Ints
    count: int
    nodes: tuple[int, ...] = ()
    wanted: Sequence[int] = ()


def broken(version: ProductVersion, table: RateTable, zh: str, en: str, line: int = 0) -> TariffBroken:
    """`line` of the table's file, its header being line 1; 0 = the table as a whole."""
    return TariffBroken(version=version.id, file=f"rates/{table.name}.csv", line=line, reason_zh=zh, reason_en=en)


def filed(version: ProductVersion, table: RateTable, dimension: Dimension) -> Filed:
    """Raises `TariffBroken`, naming the row."""
    item = version.rating_input(dimension.input)
    if item is None:
        raise broken(version, table, f"没有投保项 {dimension.input}", f"there is no input {dimension.input}")
    reader = _Reader(version, table, item)
    if dimension.band:
        return reader.bands()
    if dimension.interpolate:
        return reader.nodes()
    return reader.choices() if item.kind == "choice" else reader.every_number()


def key_columns(table: RateTable) -> tuple[int, ...]:
    """Places of the columns that together name a row: all but the value and the ends of bands."""
    ends = {f"{dimension.input}_to" for dimension in table.dimensions if dimension.band}
    return tuple(i for i, name in enumerate(table.columns[:-1]) if name not in ends)


@dataclass(frozen=True, slots=True)
class _Reader:
    version: ProductVersion
    table: RateTable
    item: RatingInput

    def choices(self) -> Filed:
        values = tuple(choice.value for choice in self.item.choices)
        known = {value: place for place, value in enumerate(values)}
        at = self._each(self.item.code, known.get, "没有这个选项", "is not offered")
        return Filed(Axis(self.item.code, (), values), at, len(values))

    def bands(self) -> Filed:
        firsts, lasts = self._numbers(f"{self.item.code}_from"), self._numbers(f"{self.item.code}_to")
        bands = sorted(set(zip(firsts, lasts, strict=True)))
        self._touching(bands, list(zip(firsts, lasts, strict=True)))
        place = {band: number for number, band in enumerate(bands)}
        at = np.asarray([place[band] for band in zip(firsts, lasts, strict=True)], dtype=np.int64)
        return Filed(Axis(self.item.code, (*[low for low, _ in bands], bands[-1][1] + 1), ()), at, len(bands))

    def every_number(self) -> Filed:
        numbers = self._numbers(self.item.code)
        bands = [(number, number) for number in sorted(set(numbers))]
        self._touching(bands, [(number, number) for number in numbers])
        first = bands[0][0]
        at = np.asarray(numbers, dtype=np.int64) - first
        return Filed(Axis(self.item.code, range(first, bands[-1][1] + 2), ()), at, len(bands))

    def nodes(self) -> Filed:
        """Lines between nodes: the axis has every whole number of the input, or every choice that is a number."""
        numbers = self._numbers(self.item.code)
        nodes = tuple(sorted(set(numbers)))
        place = {node: number for number, node in enumerate(nodes)}
        at = np.asarray([place[number] for number in numbers], dtype=np.int64)
        wanted: Sequence[int]
        if self.item.kind == "choice":
            texts = tuple(choice.value for choice in self.item.choices)
            if not all(_BOUND.match(text) for text in texts):
                code = self.item.code
                raise self._broken(f"{code} 的选项不是数字，无法插值", f"choices of {code} are no numbers")
            wanted = tuple(int(text) for text in texts)
            axis = Axis(self.item.code, (), texts)
            self._reaching(nodes[0], nodes[-1], min(wanted), max(wanted))
        else:
            low, high = self.item.minimum or 0, self.item.maximum or 0
            self._reaching(nodes[0], nodes[-1], low, high)
            if high - low >= MOST_NODES:
                raise self._broken(
                    f"{self.item.code} 的范围太大，无法插值", f"the range of {self.item.code} is too wide"
                )
            wanted, axis = range(low, high + 1), Axis(self.item.code, range(low, high + 2), ())
        return Filed(axis, at, len(nodes), nodes, wanted)

    def _touching(self, bands: Sequence[tuple[int, int]], rows: Sequence[tuple[int, int]]) -> None:
        """Every band follows the one before without gap or overlap, and all of the input is covered."""
        code = self.item.code
        for number, (low, high) in enumerate(bands):
            line = rows.index((low, high)) + 2
            if high < low:
                raise self._broken(f"{code} {low}–{high} 首尾颠倒", f"{code} {low}–{high} ends before it begins", line)
            if number and low != bands[number - 1][1] + 1:
                before = f"{bands[number - 1][0]}–{bands[number - 1][1]}"
                gap = low > bands[number - 1][1]
                raise self._broken(
                    f"{code} {low}–{high} 与前一档 {before} {'之间断开' if gap else '重叠'}",
                    f"{code} {low}–{high} {'leaves a gap after' if gap else 'overlaps'} {before}",
                    line,
                )
        self._reaching(bands[0][0], bands[-1][1], self.item.minimum or 0, self.item.maximum or 0)

    def _reaching(self, first: int, last: int, low: int, high: int) -> None:
        if first <= low and last >= high:
            return
        lacks = f"{low}–{first - 1}" if first > low else f"{last + 1}–{high}"
        code = self.item.code
        raise self._broken(f"{code} 缺少 {lacks}", f"{code} lacks {lacks}")

    def _numbers(self, column: str) -> list[int]:
        numbers = self._each(
            column, lambda text: int(text) if _BOUND.match(text) else None, "不是整数", "is not a whole number"
        )
        return [int(number) for number in numbers]

    def _each(self, column: str, read: Callable[[str], int | None], zh: str, en: str) -> Ints:
        """The column read text by text; every different text once. Raises with the row of the first strange one."""
        number = self.table.columns.index(column)
        known: dict[str, int] = {}
        at = np.empty(len(self.table.rows), dtype=np.int64)
        for index, row in enumerate(self.table.rows):
            text = row[number]
            place = known.get(text)
            if place is None:
                place = read(text)
                if place is None:
                    raise self._broken(f"{column} “{text}” {zh}", f"{column} “{text}” {en}", index + 2)
                known[text] = place
            at[index] = place
        return at

    def _broken(self, zh: str, en: str, line: int = 0) -> TariffBroken:
        return broken(self.version, self.table, zh, en, line)
