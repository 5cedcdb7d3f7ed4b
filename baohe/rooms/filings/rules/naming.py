"""What the parts of a heading are called: key columns and levels, by printed names or by the look of their values."""

from __future__ import annotations

from collections.abc import Sequence

from baohe.rooms.filings.rules.captions import is_unit_line
from baohe.rooms.filings.rules.columns import Header, foot
from baohe.rooms.filings.rules.grid import Grid
from baohe.rooms.filings.rules.numbers import read_number
from baohe.rooms.filings.rules.words import (
    agree,
    bare,
    default_name,
    has_stroke,
    is_amount,
    is_measure,
    name_at_end,
    names_in,
    type_of_all,
)


def name_keys_and_levels(
    grid: Grid,
    header: Header,
    block: int,
    own: Sequence[int],
    by_row: dict[int, dict[int, str]],
    named: dict[int, str],
    bodies: Sequence[int],
) -> None:
    done: set[tuple[int, int]] = set()
    spare: list[tuple[str, str]] = []
    for key in own:
        square = foot(grid, header.rows, key)
        names = list(names_in(square.text)) if square.origin not in done or len(own) == 1 else []
        done.add(square.origin)
        printed = list(dict.fromkeys(grid.text(row, key) for row in bodies if grid.text(row, key)))
        kind = type_of_all(printed)
        column = header.columns[key]
        measured = bool(printed) and all(is_measure(text) for text in printed) and bool(by_row)
        if measured and not names and _is_corner_name(square.text):
            names = [("other", bare(square.text))]
        mine = _own_name(square.text, kind, by_row, named) if names and not measured else None
        column.kind = mine[0] if mine else kind
        column.name = mine[1] if mine else _free_name(square.text, names, kind)
        if is_amount(square.text):
            column.kind, column.name = "amount", bare(square.text)
        if not mine and len(printed) == 1 and is_measure(printed[0]):
            column.name = ""
        spare += [name for name in names if name != mine]
    for row in header.rows:
        for key in own[:1]:
            square = grid.rows[row][key]
            if square.origin not in done:
                done.add(square.origin)
                reach = [r for r in header.rows if square.origin[0] <= r < square.origin[0] + square.height]
                _give(list(names_in(square.text)), reach, by_row, named)
    _give(spare, list(by_row)[::-1] if len(spare) == 1 else list(by_row), by_row, named)


def _is_corner_name(text: str) -> bool:
    """Words above the names of figures, in the corner of a heading: they name what the columns are."""
    return bool(text) and read_number(text) is None and not is_measure(text) and not is_unit_line(text)


def _own_name(text: str, kind: str, by_row: dict[int, dict[int, str]], named: dict[int, str]) -> tuple[str, str] | None:
    """Of the names in a corner the one of the rows: by the look of the keys; else the first of `A\\B`, whose left
    side lies below the stroke, and the last of names that were glued when the stroke was lost.
    """
    names = names_in(text)
    if not names:
        return None
    fitting = [name for name in names if agree(name[0], kind)]
    if len(names) == 1 and not fitting:
        unnamed = [type_of_all(texts.values()) for row, texts in by_row.items() if row not in named]
        if any(agree(names[0][0], level) for level in unnamed if kind or level != "number"):
            return None
    if len(fitting) == 1:
        return fitting[0]
    return names[0] if has_stroke(text) else names[-1]


def _free_name(text: str, names: list[tuple[str, str]], kind: str) -> str:
    if not names and text and read_number(text) is None and not is_measure(text) and not is_unit_line(text):
        return name_at_end(text) or text
    return default_name("age" if kind == "number" else kind)


def _give(
    names: list[tuple[str, str]], rows: list[int], by_row: dict[int, dict[int, str]], named: dict[int, str]
) -> None:
    """Hand the names of a corner to the levels beside it: by the look of the values, else in order."""
    free = [row for row in rows if row in by_row and row not in named]
    waiting: list[tuple[str, str]] = []
    for name in names:
        like = [row for row in free if agree(name[0], type_of_all(by_row[row].values()))]
        if like:
            named[like[0]] = name[1]
            free.remove(like[0])
        else:
            waiting.append(name)
    for name, row in zip(waiting, free, strict=False):
        named[row] = name[1]


def inferred_name(texts: dict[int, str], header: Header) -> str:
    """A name for a level that has none; "" for a heading that only says what the figures are."""
    said = {text for text in texts.values() if text}
    if len(said) == 1 and is_measure(next(iter(said))):
        return ""
    kind = type_of_all(said)
    if kind == "number":
        return default_name("age" if all(c.kind != "age" for c in header.columns) else "")
    if kind == "plan" and all("计划" in text for text in said):
        return "计划"
    return default_name(kind)
