"""Cells → tidy tables of a package: input codes, coded values, and the source of each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from baohe.rooms.filings.contracts import DOUBT_KINDS, PASSING_KINDS, Cell, RateBook
from baohe.rooms.filings.rules.captions import caption_kind
from baohe.rooms.filings.rules.keys import span_of
from baohe.rooms.filings.rules.words import bare, names_in, value_type

_CODES = {
    "age": "age", "sex": "sex", "pay": "pay_period", "term": "term", "year": "policy_year", "plan": "plan",
    "occupation": "occupation_class", "social": "social_insurance", "deductible": "deductible",
    "start_age": "start_age", "ratio": "ratio",
}  # fmt: skip
_BANDED = frozenset({"age", "policy_year"})
_SEX = {"男": "male", "女": "female"}


@dataclass
class Tidy:
    """One tidy table. `inputs`: code → {coded value: text as printed}, empty for a banded input."""

    name: str
    role: str
    title: str
    unit: str
    codes: list[str]
    inputs: dict[str, dict[str, str]]
    printed_names: dict[str, str]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    sources: list[Cell] = field(default_factory=list)

    @property
    def header(self) -> list[str]:
        columns: list[str] = []
        for code in self.codes:
            columns += [f"{code}_from", f"{code}_to"] if code in _BANDED else [code]
        return [*columns, "value"]

    @property
    def decimals(self) -> int:
        return max((len(row[-1].partition(".")[2]) for row in self.rows), default=0)

    def ages(self) -> tuple[int, int] | None:
        if "age" not in self.codes:
            return None
        at = self.header.index("age_from")
        return min(int(row[at]) for row in self.rows), max(int(row[at + 1]) for row in self.rows)


def taken(book: RateBook) -> list[Cell]:
    """The cells that a package may carry: quoted, and without any doubt that would stop an import."""
    stopped = {
        (p.file, p.table, p.row, p.column)
        for p in book.problems
        if p.kind in DOUBT_KINDS and p.kind not in PASSING_KINDS
    }
    rows = {(p.file, p.table, p.row) for p in book.problems if p.kind == "key_order"}
    return [
        c
        for c in book.cells
        if c.complete and (c.file, c.table, c.row, c.column) not in stopped and (c.file, c.table, c.row) not in rows
    ]


def tidy_tables(book: RateBook) -> list[Tidy]:
    """Cells of one role, one unit and the same dimensions make one table."""
    roles = {file.name: file.role for file in book.files}
    kinds = {(table.file, table.table): (table.kind, table.title) for table in book.tables}
    groups: dict[tuple[str, str, str, tuple[str, ...]], list[tuple[Cell, dict[str, str]]]] = {}
    for cell in taken(book):
        coded = _coded_names(cell)
        kind, title = kinds.get((cell.file, cell.table), ("rates", ""))
        role = "cash_values" if "cash_values" in (kind, roles.get(cell.file)) else "rates"
        groups.setdefault((role, title, cell.unit, tuple(sorted(coded))), []).append((cell, coded))
    tables: list[Tidy] = []
    for (role, title, unit, _), members in groups.items():
        stem = "cash_values" if role == "cash_values" else "premium"
        number = sum(table.name.startswith(stem) for table in tables)
        tables.append(_tidy(f"{stem}_{number + 1}" if number else stem, role, title, unit, members))
    return tables


def _coded_names(cell: Cell) -> dict[str, str]:
    """Input code → dimension name; the section is a dimension too when there is one."""
    coded: dict[str, str] = {}
    for name in cell.dimensions:
        known = names_in(name)
        code = _CODES.get(known[0][0], "") if known else ""
        number = 1
        while not code or code in coded:
            number += 1
            code = f"{code.rstrip('_0123456789')}_{number}" if code else f"option_{number - 1}"
        coded[code] = name
    if cell.section:
        coded["plan" if "plan" not in coded and caption_kind(cell.section) == "typed:plan" else "section"] = ""
    return coded


def _tidy(name: str, role: str, title: str, unit: str, members: Sequence[tuple[Cell, dict[str, str]]]) -> Tidy:
    order = ["age", "policy_year"]
    codes = sorted(members[0][1], key=lambda code: (order.index(code) if code in order else 9, code))
    inputs: dict[str, dict[str, str]] = {code: {} for code in codes}
    tidy = Tidy(name, role, title, unit, codes, inputs, {})
    for cell, coded in members:
        row: list[str] = []
        for code in codes:
            printed = cell.dimensions[coded[code]] if coded[code] else cell.section
            tidy.printed_names.setdefault(code, coded[code] or "小标题")
            if code in _BANDED:
                span = span_of(printed) or (0, 0)
                row += [str(span[0]), str(span[1])]
            else:
                row.append(_value(code, printed, inputs[code]))
        tidy.rows.append((*row, cell.value))
        tidy.sources.append(cell)
    return tidy


def _value(code: str, printed: str, known: dict[str, str]) -> str:
    """A short code of a printed value; the same printed text has the same code throughout a table."""
    for value, text in known.items():
        if text == printed:
            return value
    said = bare(printed)
    value = _natural(code, said)
    if not value or value in known:
        value = f"v{len(known) + 1}"
    known[value] = printed
    return value


def _natural(code: str, said: str) -> str:
    if code == "sex":
        return _SEX.get(said[:1], "")
    if found := re.search(r"至(\d{1,3})周?岁", said):
        return f"to{found[1]}"
    number = re.search(r"\d{1,3}", said)
    if code == "pay_period":
        return "single" if re.match(r"[趸躉]|一次", said) else number.group() if number else ""
    if code == "term":
        return "life" if "终身" in said else f"{number.group()}y" if number else ""
    if code in ("occupation_class", "start_age") and number:
        return number.group()
    return ""


def english(code: str, value: str, printed: str) -> str | None:
    """English of a value where its meaning is plain; None for what a person has to word."""
    if code == "sex":
        return value if value in ("male", "female") else None
    if found := re.fullmatch(r"to(\d+)", value):
        return f"to age {found[1]}"
    if code == "pay_period" and value.isdigit() and value_type(printed) == "pay":
        return f"{value} years"
    if code == "pay_period" and value == "single":
        return "single payment"
    if code == "term":
        return "whole life" if value == "life" else f"{value[:-1]} years" if value.endswith("y") else None
    return f"class {value}" if code == "occupation_class" and value.isdigit() else None
