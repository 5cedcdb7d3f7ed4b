"""Measured over real filings beside the project (never copied): an oracle of its own says which squares are figures."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from baohe.rooms.filings import facade
from baohe.rooms.filings.rules.tidy import taken

FILED = Path(__file__).resolve().parents[4].parent / "shared" / "data" / "filed_products"
FOLDERS = sorted(path for path in FILED.iterdir() if path.is_dir()) if FILED.is_dir() else []
needs_filings = pytest.mark.skipif(
    not FOLDERS, reason="../shared/data/filed_products is absent: nothing to measure against"
)

_NUMBER = re.compile(r"\d+(?:\s*\.\s*\d+)?")


def squares(text: str) -> list[list[list[str]]]:
    """Every table as rows of squares, spans repeated. Knows nothing of the reader."""
    tables = []
    for inner in re.findall(r"<table>(.*?)</table>", text, re.S):
        rows = re.findall(r"<tr>(.*?)</tr>", inner, re.S)
        grid: list[dict[int, str]] = [{} for _ in rows]
        for r, row in enumerate(rows):
            at = 0
            for attributes, said in re.findall(r"<td([^>]*)>(.*?)</td>", row, re.S):
                while at in grid[r]:
                    at += 1
                wide = int((re.findall(r'colspan="?(\d+)', attributes) or [1])[0])
                high = int((re.findall(r'rowspan="?(\d+)', attributes) or [1])[0])
                for down in range(min(high, len(rows) - r)):
                    for right in range(wide):
                        grid[r + down][at + right] = said.strip()
                at += wide
        width = max((max(row, default=-1) + 1 for row in grid), default=0)
        tables.append([[row.get(c, "") for c in range(width)] for row in grid])
    return tables


def oracle(text: str) -> tuple[dict[tuple[int, int, int], str], dict[tuple[int, int, int], set[str]]]:
    """Figures by place, exact; and the texts that stand above and left of each."""
    figures: dict[tuple[int, int, int], str] = {}
    around: dict[tuple[int, int, int], set[str]] = {}
    heading: list[list[str]] = []
    for number, grid in enumerate(squares(text)):
        own: list[list[str]] = []
        for r, row in enumerate(grid):
            if sum(_NUMBER.fullmatch(said) is not None for said in row[1:]) == 0:
                if not any(_NUMBER.fullmatch(said) for said in row):
                    own.append(row)
                continue
            rows = own or heading
            keys = [
                c for c in range(len(row)) if c == 0 or any("年龄" in (above + [""] * 99)[c] for above in rows[-1:])
            ]
            for c, said in enumerate(row):
                if c in keys or not _NUMBER.fullmatch(said):
                    continue
                key = max(k for k in keys if k < c)
                figures[(number, r, c)] = re.sub(r"\s", "", said)
                around[(number, r, c)] = {row[key], *(above[c] for above in rows if c < len(above))}
        heading = own or heading
    return figures, around


@needs_filings
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_figure_of_a_filing_is_quoted_exactly(folder, capsys) -> None:
    book = facade.read(folder)
    figures, around = oracle((folder / "flbe.md").read_text(encoding="utf-8"))
    quoted = {(c.table, c.row, c.column): c.value for c in book.cells}
    told = {(p.table, p.row, p.column) for p in book.problems}

    assert {place: value for place, value in quoted.items() if figures.get(place) != value} == {}, "invented or altered"
    assert set(figures) - set(quoted) == set(), "not quoted"
    assert {(c.table, c.row, c.column) for c in book.cells if not c.complete} <= told, "lacks a dimension, not told"
    for cell in book.cells:
        texts = around[(cell.table, cell.row, cell.column)]
        for name, text in cell.dimensions.items():
            assert any(text in printed for printed in texts), (cell, name, texts)
    with capsys.disabled():
        kinds = dict(Counter(p.kind for p in book.problems))
        print(f"\n{folder.name}: {len(quoted):,} of {len(figures):,} figures quoted; {kinds}")


@needs_filings
def test_only_keys_that_were_not_printed_leave_a_figure_incomplete() -> None:
    """Over all filings: what lacks a dimension stands in a row whose age was not printed, and goes into no package."""
    incomplete = 0
    for folder in FOLDERS:
        book = facade.read(folder)
        odd = {(c.table, c.row, c.column) for c in book.cells if not c.complete}
        assert {p.kind for p in book.problems if (p.table, p.row, p.column) in odd} <= {"unreadable_key"}
        assert not [c for c in taken(book) if not c.complete]
        incomplete += len(odd)
    assert incomplete <= 5
