"""Rates cell by cell: added, removed, changed, and by how much along each column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts.diff import CellChange, Spread, TableChange
from baohe.rooms.catalog.rules.source import Raw

MOST_CELLS = 2_000
"""Changed cells told one by one; the counts and spreads are of all."""
_MOST_VALUES = 24
"""Values of a column told one by one; beyond, whole numbers are gathered by tens."""
_Key = tuple[tuple[str, str], ...]


def table_changes(before: Raw, after: Raw) -> Iterator[TableChange]:
    """Every table that differs, in the order of the new version."""
    old, new = before["rates"], after["rates"]
    for name in [*new, *(name for name in old if name not in new)]:
        title = _title(after, name) or _title(before, name) or Text(name, name)
        was, now = old.get(name), new.get(name)
        if was == now:
            continue
        if was is None or now is None:
            cells = len(was or now or [""]) - 1
            kind = "added" if was is None else "removed"
            counts = (cells, 0) if was is None else (0, cells)
            yield TableChange(name, title, kind, *counts, changed=0, same=0, cells=(), spreads=())
        elif was[:1] != now[:1]:
            yield TableChange(name, title, "reshaped", len(now) - 1, len(was) - 1, 0, 0, (), ())
        else:
            yield _compared(name, title, _cells(was), _cells(now))


def _title(raw: Raw, name: str) -> Text | None:
    tables: Sequence[Any] = (raw.get("formula") or {}).get("tables") or ()
    found = next((table for table in tables if table.get("name") == name), None)
    said = found.get("title") if found else None
    return Text(str(said.get("zh", name)), str(said.get("en", name))) if isinstance(said, dict) else None


def _cells(rows: Sequence[Sequence[str]]) -> dict[_Key, str]:
    """Key → value; a pair of band columns is one part of the key."""
    header = rows[0][:-1]
    cells: dict[_Key, str] = {}
    for row in rows[1:]:
        key: list[tuple[str, str]] = []
        for column, cell in zip(header, row, strict=False):
            if column.endswith("_to") and key and key[-1][0] == column.removesuffix("_to"):
                low = key.pop()[1]
                key.append((column.removesuffix("_to"), low if low == cell else f"{low}–{cell}"))
            else:
                key.append((column.removesuffix("_from"), cell))
        cells[tuple(key)] = row[-1]
    return cells


def _compared(name: str, title: Text, old: dict[_Key, str], new: dict[_Key, str]) -> TableChange:
    changes: list[CellChange] = []
    same = 0
    for key, now in new.items():
        was = old.get(key)
        if was is None:
            changes.append(CellChange("added", key, "", now, None))
        elif was != now:
            changes.append(CellChange("changed", key, was, now, _percent(was, now)))
        else:
            same += 1
    changes += [CellChange("removed", key, was, "", None) for key, was in old.items() if key not in new]
    counts = {kind: sum(change.kind == kind for change in changes) for kind in ("added", "removed", "changed")}
    moved = [change for change in changes if change.kind == "changed"]
    return TableChange(
        name, title, "changed", **counts, same=same, cells=tuple(changes[:MOST_CELLS]), spreads=tuple(_spreads(moved))
    )


def _percent(was: str, now: str) -> Decimal | None:
    try:
        before, after = Decimal(was), Decimal(now)
        return ((after - before) * 100 / before).quantize(Decimal("0.1"), ROUND_HALF_UP) if before else None
    except InvalidOperation:
        return None


def _spreads(moved: Sequence[CellChange]) -> Iterator[Spread]:
    for place in range(len(moved[0].key) if moved else 0):
        column = moved[0].key[place][0]
        values = [change.key[place][1] for change in moved]
        many = len(set(values)) > _MOST_VALUES
        groups: dict[str, list[CellChange]] = {}
        for value, change in zip(values, moved, strict=True):
            groups.setdefault(_tens(value) if many else value, []).append(change)
        for value, changes in groups.items():
            told = [change.percent for change in changes if change.percent is not None]
            yield Spread(column, value, len(changes), min(told, default=None), max(told, default=None))


def _tens(value: str) -> str:
    first = value.partition("–")[0]
    if not first.isdecimal():
        return value
    low = int(first) // 10 * 10
    return f"{low}–{low + 9}"
