"""Runs of keys and doubled keys: what is missing between rows, what stands twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from baohe.rooms.filings.contracts import Cell, Problem
from baohe.rooms.filings.rules import sayings
from baohe.rooms.filings.rules.keys import OPEN_END
from baohe.rooms.filings.rules.rows import KeyRow
from baohe.rooms.filings.rules.words import names_in

OLDEST = 130
"""Years; no rate is filed for an older person."""
SHORTEST_RUN = 4
"""Keys; fewer show no step."""


def problems_of_keys(file: str, keys: Sequence[KeyRow]) -> list[Problem]:
    """Missing rows, keys out of order, bands that overlap: each once, at the row after the gap."""
    found = [
        sayings.key_range(file, key.table, key.row, key.column, key.text)
        for key in keys
        if key.span and key.span[0] > OLDEST and _is_age(key)
    ]
    for run in _runs(keys):
        found += _problems_of_run(file, run)
    return found


def _is_age(key: KeyRow) -> bool:
    names = names_in(str(key.context[-1]))
    return bool(names) and names[0][0] == "age"


def _runs(keys: Sequence[KeyRow]) -> Iterable[list[KeyRow]]:
    """Keys that follow each other: the same context, in reading order, over page breaks and blocks."""
    runs: dict[tuple[object, ...], list[KeyRow]] = {}
    for key in sorted(keys, key=lambda one: (one.table, one.column, one.row)):
        if key.context[0] not in ("unreadable", "ragged"):
            runs.setdefault(key.context, []).append(key)
        else:
            for context, run in runs.items():
                if run and run[-1].table == key.table and run[-1].column == key.column:
                    runs[context] = [*run, key]
    return runs.values()


def _problems_of_run(file: str, run: list[KeyRow]) -> list[Problem]:
    spans = [key.span for key in run]
    steps = [b[0] - a[1] for a, b in zip(spans, spans[1:], strict=False) if a and b and a[1] != OPEN_END]
    if len([span for span in spans if span]) < SHORTEST_RUN or not steps:
        return []
    step, often = Counter(steps).most_common(1)[0]
    if step < 0 or often * 10 < len(steps) * 7:
        return []
    found: list[Problem] = []
    skip = False
    for place in range(1, len(run)):
        before, here = run[place - 1], run[place]
        if skip or before.span is None or here.span is None or before.span[1] == OPEN_END:
            skip = False
            continue
        gap = here.span[0] - before.span[1]
        after = next((key.span for key in run[place + 1 : place + 2]), None)
        if gap == step:
            continue
        if after and after[0] - before.span[1] == 2 * step + (before.span[1] - before.span[0]):
            found.append(sayings.key_order(file, here.table, here.row, here.column, before.text, here.text))
            skip = True
        elif gap > step:
            found.append(sayings.missing_key(file, here.table, here.row, here.column, before.text, here.text))
        elif here.span[0] <= before.span[1] and here.span[1] > before.span[1] and here.span[0] > before.span[0]:
            found.append(sayings.overlapping_keys(file, here.table, here.row, here.column, before.text, here.text))
    return found


def problems_of_doubles(
    cells: Sequence[Cell], titles: dict[int, int], doubtful: set[tuple[int | None, ...]]
) -> list[Problem]:
    """Two cells for one key: both are told, each with the place of the other."""
    first: dict[tuple[object, ...], Cell] = {}
    found: list[Problem] = []
    told: set[tuple[int, int, int]] = set()
    for cell in cells:
        if (cell.table, cell.row, cell.column) in doubtful:
            continue
        key = (cell.file, titles.get(cell.table, 0), cell.section, tuple(sorted(cell.dimensions.items())))
        other = first.setdefault(key, cell)
        if other is cell:
            continue
        for one, two in ((other, cell), (cell, other)):
            place = (one.table, one.row, one.column)
            if place not in told:
                told.add(place)
                found.append(
                    sayings.duplicate_key(
                        one.file, *place, f"表{two.table} 行{two.row} 列{two.column}",
                        f"table {two.table}, row {two.row}, column {two.column}", one.value,
                    )
                )  # fmt: skip
    return found
