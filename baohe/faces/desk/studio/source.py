"""The papers of a filing beside what was read from them: every rate with its cell, every doubt with its reason."""

from __future__ import annotations

import csv
import functools
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

import yaml

from baohe.rooms.filings import facade as filings
from baohe.rooms.filings.contracts import Cell, Problem, RateBook, SourceTable
from baohe.rooms.studio import facade as studio
from baohe.rooms.studio.contracts import DraftView

MOST_ROWS = 200
MOST_CELLS = 400


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell of the source. `mark` is the number of its problem on the page, 0 for none."""

    text: str
    header: bool
    rate: bool
    mark: int
    place: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of the filing and what became of it. `tables` are (key, title, problems, chosen)."""

    tables: tuple[tuple[str, str, int, bool], ...]
    table: SourceTable
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Shown, ...]], ...]
    more_rows: int
    cells: tuple[tuple[str, Cell], ...]
    more_cells: int
    problems: tuple[tuple[int, str, Problem], ...]
    quoted: int
    doubtful: int
    other_problems: tuple[Problem, ...]
    dimensions: tuple[str, ...]
    goes_to: tuple[str, ...]
    mapped: tuple[tuple[str, str], ...]


def sheet(draft: DraftView, key: str) -> Sheet | None:
    """The chosen table, or the first with a problem, or the first. None when the papers hold no table."""
    read = _read(draft.id, draft.sources)
    book = read.book
    if not book.tables:
        return None
    problems: dict[tuple[str, int | None], list[Problem]] = {}
    for problem in book.problems:
        problems.setdefault((problem.file, problem.table), []).append(problem)
    named = {f"{table.file}:{table.table}": table for table in book.tables}
    worst = max(named, key=lambda name: len(_real(problems.get((named[name].file, named[name].table), []))))
    chosen = named.get(key) or named[worst]
    tables = tuple(
        (name, _title(table), len(_real(problems.get((table.file, table.table), []))), table is chosen)
        for name, table in named.items()
    )
    here = problems.get((chosen.file, chosen.table), [])
    marks = {(p.row, p.column): number for number, p in enumerate(_real(here), start=1)}
    found = [cell for cell in book.cells if (cell.file, cell.table) == (chosen.file, chosen.table)]
    return Sheet(
        tables=tables,
        table=chosen,
        columns=tuple(column(number) for number in range(max(map(len, chosen.grid), default=0))),
        rows=tuple(_rows(chosen, found, marks)),
        more_rows=max(0, len(chosen.grid) - MOST_ROWS),
        cells=tuple((place(cell.row, cell.column), cell) for cell in found[:MOST_CELLS]),
        more_cells=max(0, len(found) - MOST_CELLS),
        problems=tuple((n, place(p.row, p.column), p) for n, p in enumerate(_real(here), start=1)),
        quoted=len(book.cells),
        doubtful=len(_real(list(book.problems))),
        other_problems=tuple(p for p in _real(list(book.problems)) if p.table is None)[:20],
        dimensions=tuple(dict.fromkeys(name for cell in found for name in cell.dimensions)),
        goes_to=read.goes_to.get((chosen.file, chosen.table), ()),
        mapped=tuple(read.inputs.items()),
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """`goes_to`: (file, table) → rate files made of it. `inputs`: printed dimension → input of the formula."""

    book: RateBook
    goes_to: Mapping[tuple[str, int], tuple[str, ...]]
    inputs: Mapping[str, str]


@functools.lru_cache(maxsize=4)
def _read(draft_id: UUID, names: tuple[str, ...]) -> _Read:
    """The papers of a draft never change, so they are read once."""
    papers: Mapping[str, bytes] = studio.sources(draft_id)
    book = filings.read(papers)
    made = filings.package_of(book, with_gaps=True).files
    goes_to: dict[tuple[str, int], list[str]] = {}
    for name, content in made.items():
        if name.startswith("sources/"):
            rows = csv.DictReader(io.StringIO(content.decode()))
            for place in {(row["file"], int(row["table"])) for row in rows}:
                goes_to.setdefault(place, []).append(f"rates/{name.removeprefix('sources/')}")
    formula = yaml.safe_load(made.get("formula.yaml", b"")) or {}
    inputs = {item["name"]["zh"]: item["code"] for item in formula.get("inputs") or ()}
    return _Read(book, {place: tuple(sorted(files)) for place, files in goes_to.items()}, inputs)


def _title(table: SourceTable) -> str:
    return table.title or table.section or f"表 {table.table + 1}"


def _real(problems: list[Problem]) -> list[Problem]:
    """An empty cell is no fault."""
    return [problem for problem in problems if problem.kind != "empty"]


def _rows(
    table: SourceTable, cells: list[Cell], marks: Mapping[tuple[int | None, int | None], int]
) -> Iterator[tuple[str, tuple[Shown, ...]]]:
    rates = {(cell.row, cell.column) for cell in cells}
    for number, row in enumerate(table.grid[:MOST_ROWS]):
        shown = tuple(
            Shown(
                text,
                number in table.header_rows or at in table.key_columns,
                (number, at) in rates,
                marks.get((number, at), 0),
                place(number, at),
            )
            for at, text in enumerate(row)
        )
        yield f"{number + 1}", shown


def column(number: int) -> str:
    """0 → A, 26 → AA, as a spreadsheet names its columns."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def place(row: int | None, at: int | None) -> str:
    """`B14`; only the row or the column where the other is unknown."""
    return f"{column(at) if at is not None else ''}{row + 1 if row is not None else ''}"
