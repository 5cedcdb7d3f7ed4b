"""The heading of a table: which columns are keys, which hold rates, and what each level says of a column."""

from __future__ import annotations

from collections.abc import Sequence

from baohe.rooms.filings.rules.captions import is_unit_line
from baohe.rooms.filings.rules.columns import UNNAMED, Column, Header, foot
from baohe.rooms.filings.rules.glue import resolve, suspicious
from baohe.rooms.filings.rules.grid import Grid
from baohe.rooms.filings.rules.naming import inferred_name, name_keys_and_levels
from baohe.rooms.filings.rules.numbers import is_blank, read_number
from baohe.rooms.filings.rules.units import is_unit_alone, unit_in_parentheses
from baohe.rooms.filings.rules.words import (
    is_amount,
    is_rate,
    is_serial,
    names_in,
    type_of_all,
    value_type,
)


def read_header(
    grid: Grid, rows: Sequence[int], bodies: Sequence[int], earlier: Sequence[Sequence[str]] = ()
) -> Header:
    """`earlier`: rows of clean headings seen before in the file, to confirm glued ones."""
    header = _roles(grid, rows, bodies)
    header.rows = list(rows)
    for block in range(len(header.keys)):
        _levels(grid, header, block, bodies, earlier)
    _spans(grid, header, bodies)
    return header


def _roles(grid: Grid, rows: Sequence[int], bodies: Sequence[int]) -> Header:
    columns: list[Column] = []
    keys: list[list[int]] = [[]]
    block = 0
    seen_value = False
    for c in range(grid.width):
        text = foot(grid, rows, c).text
        after_key = bool(columns) and columns[-1].role == "key"
        role = _role(text, [grid.text(row, c) for row in bodies], not keys[0], after_key and not seen_value)
        if role == "value" and not seen_value and is_amount(text) and _rates_follow(grid, rows, c):
            role = "key"
        if role == "key" and seen_value:
            block, seen_value = block + 1, False
            keys.append([])
        if role == "key":
            keys[block].append(c)
        seen_value = seen_value or role == "value"
        columns.append(Column(role, block, unit=unit_in_parentheses(text) if role == "value" else ""))
    if len(keys) > 1 and not seen_value:
        keys[-2] += keys.pop()
        for column in columns:
            column.block = min(column.block, len(keys) - 1)
    return Header(columns, keys)


def _role(heading: str, figures: Sequence[str], first: bool, after_key: bool) -> str:
    """`first`: no key column was found yet. Beside a key, a column of words is a key too."""
    filled = [text for text in figures if not is_blank(text)]
    if is_serial(heading) or (not filled and not heading):
        return "unused"
    if names_in(heading) or first:
        return "key"
    worded = sum(read_number(text) is None for text in filled)
    if after_key and filled and worded * 10 >= len(filled) * 7 and len(filled) * 2 >= len(figures):
        return "key"
    return "value"


def _rates_follow(grid: Grid, rows: Sequence[int], c: int) -> bool:
    """Right of the column stand headings of rates, or values of dimensions: then sums insured left of them are keys."""
    said = [grid.text(row, right) for row in rows for right in range(c + 1, grid.width)]
    return any(is_rate(text) for text in said) or any(value_type(text) in _HEADS_RATES for text in said)


_HEADS_RATES = frozenset({"sex", "pay", "term", "plan", "occupation", "social"})


def _levels(grid: Grid, header: Header, block: int, bodies: Sequence[int], earlier: Sequence[Sequence[str]]) -> None:
    values = header.value_columns(block)
    own = header.keys[block]
    by_row = {row: _texts_of_level(grid, header, row, values) for row in header.rows}
    by_row = {row: texts for row, texts in by_row.items() if any(texts.values())}
    pending = ""
    named: dict[int, str] = {}
    for row in list(by_row):
        said = set(by_row[row].values())
        if len(said) == 1 and names_in(next(iter(said))) and row != header.rows[-1]:
            pending = names_in(next(iter(said)))[-1][1]
            del by_row[row]
        elif pending:
            named[row], pending = pending, ""
    name_keys_and_levels(grid, header, block, own, by_row, named, bodies)
    _unglue(header, values, by_row, earlier)
    taken: dict[str, int] = {header.columns[c].name: 1 for c in header.keys[block]}
    lowest = list(by_row)[-1:]
    labels: dict[int, str] = {}
    for row, texts in by_row.items():
        if all(is_unit_alone(text) for text in texts.values() if text):
            for c, text in texts.items():
                header.columns[c].unit = header.columns[c].unit or text.strip("()（） ")
            texts.clear()
            continue
        name = named.get(row) or inferred_name(texts, header)
        if not name:
            continue
        taken[name] = taken.get(name, 0) + 1
        label = name if taken[name] == 1 else f"{name}{taken[name]}"
        header.level_kinds[label] = type_of_all(texts.values())
        labels[row] = label
        for c, text in texts.items():
            if header.columns[c].fault and row in lowest:
                header.columns[c].missing.append(label)
            elif text:
                header.columns[c].levels[label] = text
    _blank_leaves(grid, header, values, by_row, bodies, labels)


def _texts_of_level(grid: Grid, header: Header, row: int, values: Sequence[int]) -> dict[int, str]:
    """What the row says of each value column; a cell over several rows speaks once, where its like stand."""
    texts: dict[int, str] = {}
    rows = header.rows
    filled_right = not grid.spans_known or all(square.width == 1 for one in rows for square in grid.rows[one])
    for c in values:
        square = grid.rows[row][c]
        text = square.text
        if square.height > 1 and text:
            mine = [one for one in rows if square.origin[0] <= one < square.origin[0] + square.height]
            text = text if row == _best_row(grid, mine, c, values) else ""
        elif not text and filled_right and row != rows[-1]:
            left = [one for one in values if one < c]
            text = texts[left[-1]] if left and left[-1] == c - 1 else ""
        texts[c] = "" if is_unit_line(text) or (text and is_blank(text)) else text
    return texts


def _best_row(grid: Grid, rows: Sequence[int], c: int, values: Sequence[int]) -> int:
    kind = type_of_all([grid.text(rows[0], c)])
    for row in rows:
        alike = [grid.text(row, one) for one in values if grid.rows[row][one].height == 1]
        if kind and alike and type_of_all(alike) == kind:
            return row
    return rows[0]


def _unglue(
    header: Header, values: Sequence[int], by_row: dict[int, dict[int, str]], earlier: Sequence[Sequence[str]]
) -> None:
    if not by_row:
        return
    *upper, lowest = by_row
    groups = _groups(values, [by_row[row] for row in upper])
    clean = [texts for texts in ([by_row[lowest][c] for c in group] for group in groups) if not suspicious(texts)]
    for group in groups:
        texts = [by_row[lowest][c] for c in group]
        read = resolve(texts, [*clean, *earlier])
        if read is None:
            doubled = len(set(texts)) < len([text for text in texts if text])
            for c in values if doubled else _broken(group, texts):
                header.columns[c].fault = "header"
        else:
            by_row[lowest].update(zip(group, read, strict=True))


def _broken(group: Sequence[int], texts: Sequence[str]) -> list[int]:
    return [group[place] for place in suspicious(texts)]


def _groups(values: Sequence[int], above: list[dict[int, str]]) -> list[list[int]]:
    """Columns that share everything above."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for c in values:
        groups.setdefault(tuple(level[c] for level in above), []).append(c)
    return list(groups.values())


def _blank_leaves(
    grid: Grid,
    header: Header,
    values: Sequence[int],
    by_row: dict[int, dict[int, str]],
    bodies: Sequence[int],
    labels: dict[int, str],
) -> None:
    """A column of figures that a level leaves without a word lacks that level; an empty one is unused."""
    for row, texts in by_row.items():
        if not any(texts.values()):
            continue
        for c in values:
            if texts.get(c) or _spoken_elsewhere(grid, header, c):
                continue
            filled = [body for body in bodies if not is_blank(grid.text(body, c))]
            if filled:
                _keep_printed(grid, header, c)
                leaf = labels.get(row, UNNAMED)
                header.columns[c].missing += [leaf] if leaf not in header.columns[c].missing else []
            header.columns[c].fault = header.columns[c].fault or ("header" if filled else "")
            if not filled:
                header.columns[c].role = "unused"


def _keep_printed(grid: Grid, header: Header, c: int) -> None:
    """Without a leaf, a level taken over from the column at the left is no longer certain."""
    column, own = header.columns[c], {grid.text(row, c) for row in header.rows}
    for label in [label for label, text in column.levels.items() if text not in own]:
        column.missing.append(label)
        del column.levels[label]


def _spoken_elsewhere(grid: Grid, header: Header, c: int) -> bool:
    """A heading over several rows speaks in one of them."""
    return any(grid.rows[row][c].height > 1 and grid.text(row, c) for row in header.rows)


def _spans(grid: Grid, header: Header, bodies: Sequence[int]) -> None:
    """Cells that claim one square, or heading rows of unequal length, leave every column in doubt."""
    heading = set(header.rows)
    if any(row in heading for row, _ in grid.overlaps):
        _doubt_spans(header)
        return
    if not grid.spans_known:
        return
    lengths = {grid.present(row) for row in header.rows}
    body = max((grid.present(row) for row in bodies), default=0)
    missing_filled = any(
        not is_blank(grid.text(row, c)) for row in bodies for c in range(min(lengths, default=0), grid.width)
    )
    if (len(lengths) > 1 or max(lengths, default=0) > body) and (missing_filled or max(lengths) > body):
        _doubt_spans(header)


def _doubt_spans(header: Header) -> None:
    """No level of any column is certain; the keys of the rows are."""
    for column in header.columns:
        if column.role == "value":
            column.fault, column.missing = "spans", list(column.levels) or [UNNAMED]
            column.levels.clear()
