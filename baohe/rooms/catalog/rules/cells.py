"""Rate tables cell by cell: every fault with the row of its CSV file, the header being row 1."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from baohe.rooms.catalog.contracts import Dimension, ProductVersion, RateTable

_FIGURE = re.compile(r"^\d{1,15}(\.(\d{1,9}))?$")
_WHOLE = re.compile(r"^\d{1,12}$")


@dataclass(frozen=True, slots=True)
class CellFault:
    """`row` counts the header as 1; `column` is the name in the header."""

    table: str
    row: int
    column: str
    zh: str
    en: str


def cell_faults(version: ProductVersion) -> Iterator[CellFault]:
    """Empty cells, texts for numbers, too many decimals, double keys, and holes or overlaps between bands and ages."""
    for table in version.rate_tables:
        found = [*_figures(table), *_bounds(version, table)]
        yield from found
        if not found:
            yield from _keys(table)
            yield from _holes(version, table)


def _figures(table: RateTable) -> Iterator[CellFault]:
    for number, row in enumerate(table.rows, start=2):
        for column, cell in zip(table.columns, row, strict=True):
            if not cell.strip():
                yield CellFault(table.name, number, column, "是空的", "is empty")
        figure = row[-1].strip()
        said = _FIGURE.match(figure)
        if figure and said is None:
            yield CellFault(table.name, number, "value", f"“{figure[:40]}”不是数", f"“{figure[:40]}” is not a number")
        elif said is not None and len(said[2] or "") > table.decimals:
            zh = f"“{figure}”有 {len(said[2])} 位小数，声明的是 {table.decimals} 位"
            en = f"“{figure}” has {len(said[2])} decimals, {table.decimals} are declared"
            yield CellFault(table.name, number, "value", zh, en)


def _bounds(version: ProductVersion, table: RateTable) -> Iterator[CellFault]:
    for dimension in table.dimensions:
        item = version.rating_input(dimension.input)
        # A table that no price reads (cash values) may have columns of its own, such as the policy year.
        offered = {choice.value for choice in item.choices} if item is not None and not dimension.band else set()
        for number, row in enumerate(table.rows, start=2):
            for column, cell in _cells_of(table, dimension, row):
                if offered and cell.strip() and cell not in offered:
                    zh, en = f"{dimension.input} 没有“{cell[:40]}”这个选项", f"there is no choice “{cell[:40]}”"
                    yield CellFault(table.name, number, column, zh, en)
                elif not offered and (item is not None or dimension.band) and cell.strip() and not _WHOLE.match(cell):
                    yield CellFault(table.name, number, column, f"“{cell[:40]}”不是整数", "is not a whole number")
            if dimension.band:
                (_, low), (column, high) = _cells_of(table, dimension, row)
                if _WHOLE.match(low) and _WHOLE.match(high) and int(high) < int(low):
                    yield CellFault(
                        table.name, number, column, f"{low}–{high} 倒过来了", f"{low}–{high} runs backwards"
                    )


def _cells_of(table: RateTable, dimension: Dimension, row: tuple[str, ...]) -> list[tuple[str, str]]:
    code = dimension.input
    names = [f"{code}_from", f"{code}_to"] if dimension.band else [code]
    return [(name, row[table.columns.index(name)]) for name in names]


def _keys(table: RateTable) -> Iterator[CellFault]:
    first: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(table.rows, start=2):
        earlier = first.setdefault(row[:-1], number)
        if earlier != number:
            zh = f"与第 {earlier} 行是同一个组合（{'，'.join(row[:-1])}）"
            en = f"is the combination of line {earlier} again ({', '.join(row[:-1])})"
            yield CellFault(table.name, number, table.columns[0], zh, en)


def _holes(version: ProductVersion, table: RateTable) -> Iterator[CellFault]:
    """Within one combination of the other columns: bands follow each other, ages leave none out.

    Only what lies between is a hole. Where a combination begins and ends says for whom the product is sold.
    """
    for dimension in table.dimensions:
        item = version.rating_input(dimension.input)
        stepped = item is not None and item.kind == "age" and not getattr(dimension, "interpolate", False)
        if not (dimension.band or stepped):
            continue
        columns = [table.columns.index(name) for name, _ in _cells_of(table, dimension, table.rows[0])]
        runs: Mapping[tuple[str, ...], list[tuple[int, int, int]]] = defaultdict(list)
        for number, row in enumerate(table.rows, start=2):
            rest = tuple(cell for place, cell in enumerate(row[:-1]) if place not in columns)
            runs[rest].append((int(row[columns[0]]), int(row[columns[-1]]), number))
        for rest, run in runs.items():
            yield from _breaks(table, dimension.input, rest, sorted(run))


def _breaks(table: RateTable, code: str, rest: tuple[str, ...], run: list[tuple[int, int, int]]) -> Iterator[CellFault]:
    with_zh = f"（{'，'.join(rest)}）" if rest else ""
    for (_, end, _), (start, _, number) in zip(run, run[1:], strict=False):
        if start > end + 1:
            lost = f"{end + 1}" if start == end + 2 else f"{end + 1}–{start - 1}"
            zh, en = f"前面缺了 {code} {lost}{with_zh}", f"{code} {lost} is missing before it {with_zh}".rstrip()
            yield CellFault(table.name, number, code, zh, en)
        elif start <= end:
            zh = f"{code} 从 {start} 起，与到 {end} 为止的一行重叠{with_zh}"
            yield CellFault(table.name, number, code, zh, f"{code} from {start} overlaps the row up to {end}")
