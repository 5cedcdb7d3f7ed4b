"""What the room of filings gives out: a rate book as tidy cells, and what it would not guess."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

DOUBT_KINDS = frozenset(
    {
        "monotony", "section", "unit_text", "header_text", "hidden_digits", "key_order", "duplicate_key",
        "unreadable_key", "no_header", "header", "spans",
    }
)  # fmt: skip
"""Doubts: the cell is quoted as printed and a person should look. Of the last four it lacks a dimension."""
PASSING_KINDS = frozenset({"empty", "monotony", "unit_text", "hidden_digits"})
"""An import goes on: an empty cell is not offered, the others stand in the report for a person to look at."""


@dataclass(frozen=True)
class Cell:
    """One rate. `table`, `row`, `column` count from 0 in the source after spans are expanded; of a workbook the
    table is the sheet. `value` is the exact number as a decimal text; `dimensions` keep the texts as printed.
    `missing` names the dimensions that could not be read: such a cell is quoted and told, and goes into no package.
    """

    file: str
    table: int
    row: int
    column: int
    value: str
    dimensions: Mapping[str, str]
    unit: str
    section: str
    missing: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        return not self.missing

    def as_json(self) -> dict[str, Any]:
        """The standard keys; what is missing is told by the problem of the same place."""
        return {
            "file": self.file,
            "table": self.table,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "dimensions": dict(self.dimensions),
            "unit": self.unit,
            "section": self.section,
        }


@dataclass(frozen=True)
class Problem:
    """What the reader would not guess, by its place. `kind` is a stable code, `printed` the text of the source.

    Kinds that stop an import: missing_key, unreadable_key, duplicate_key, key_order, not_a_number, two_numbers, unit,
    section, spans, ragged, no_header, header, header_text, formula, date, hidden, encoding. Those of `DOUBT_KINDS`
    stand beside a cell that is quoted all the same.
    """

    file: str
    table: int | None
    row: int | None
    column: int | None
    kind: str
    zh: str
    en: str
    printed: str = ""

    @property
    def stops_import(self) -> bool:
        return self.kind not in PASSING_KINDS

    @property
    def place(self) -> str:
        """`flbe.md 表2 行3 列4`, counted from 0 as in the JSON."""
        words = [("表", self.table), ("行", self.row), ("列", self.column)]
        return " ".join([self.file, *(f"{word}{number}" for word, number in words if number is not None)])

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "table": self.table,
            "row": self.row,
            "column": self.column,
            "problem": f"{self.kind}: {self.zh} · {self.en}",
        }


@dataclass(frozen=True)
class Note:
    """Something printed that is no cell: instalment factors, footnotes, captions that were noise."""

    file: str
    table: int | None
    kind: str
    text: str


@dataclass(frozen=True)
class SourceTable:
    """A table of the source as a person sees it after spans are expanded. `kind`: rates | cash_values | legend."""

    file: str
    table: int
    kind: str
    title: str
    section: str
    unit: str
    grid: tuple[tuple[str, ...], ...]
    header_rows: tuple[int, ...]
    key_columns: tuple[int, ...]
    continues: int | None = None


@dataclass(frozen=True)
class SourceFile:
    """`role`: rates | cash_values | clauses | statement | other (not read)."""

    name: str
    role: str
    sha256: str
    size: int


@dataclass(frozen=True)
class RateBook:
    """A filing, read. Nothing in it was guessed: what could not be read stands in `problems`."""

    name: str
    files: tuple[SourceFile, ...]
    tables: tuple[SourceTable, ...]
    cells: tuple[Cell, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]
    texts: Mapping[str, str] = field(default_factory=dict)
    """Clauses and statement as text, by role."""

    @property
    def faults(self) -> tuple[Problem, ...]:
        """The problems that stop an import."""
        return tuple(problem for problem in self.problems if problem.stops_import)

    def counts(self) -> dict[str, int]:
        return dict(Counter(problem.kind for problem in self.problems))


@dataclass(frozen=True)
class PackageDraft:
    """A skeleton of a product package: file name → bytes, and the gaps that a person has to fill."""

    files: Mapping[str, bytes]
    gaps: tuple[str, ...]
    quoted: int
    left_out: int
