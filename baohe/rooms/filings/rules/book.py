"""Sources of one filing → its rate book. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from baohe.rooms.filings.contracts import Cell, Note, Problem, RateBook, SourceFile, SourceTable
from baohe.rooms.filings.rules import sayings
from baohe.rooms.filings.rules.captions import amounts_of, currency_of
from baohe.rooms.filings.rules.keys import span_of
from baohe.rooms.filings.rules.monotony import problems_of_direction, problems_of_monotony
from baohe.rooms.filings.rules.order import problems_of_doubles, problems_of_keys
from baohe.rooms.filings.rules.reading import Reading, read_source
from baohe.rooms.filings.rules.source import Source
from baohe.rooms.filings.rules.words import names_in

_SMOOTH = frozenset({"age", "year", "month"})
_STEPPED = frozenset({"pay", "occupation", "term"})


def book_of(
    name: str,
    files: Sequence[SourceFile],
    sources: Iterable[tuple[str, Source]],
    texts: Mapping[str, str],
    told: Sequence[Problem] = (),
) -> RateBook:
    """`sources`: role and source of every file that holds rates; `told`: problems of whole files."""
    cells: list[Cell] = []
    problems: list[Problem] = list(told)
    tables: list[SourceTable] = []
    notes: list[Note] = []
    for role, source in sources:
        reading = read_source(source)
        found = [*reading.problems, *_checks(source.name, reading), *_units(source.name, reading, texts)]
        cells += reading.cells
        problems += sorted(found, key=_place)
        tables += [_as_role(table, role) for table in reading.tables]
        notes += reading.notes
    return RateBook(name, tuple(files), tuple(tables), tuple(cells), tuple(problems), tuple(notes), texts)


def _place(problem: Problem) -> tuple[int, ...]:
    return tuple(-1 if part is None else part for part in (problem.table, problem.row, problem.column))


def _as_role(table: SourceTable, role: str) -> SourceTable:
    return replace(table, kind="cash_values") if role == "cash_values" and table.kind == "rates" else table


def _checks(file: str, reading: Reading) -> list[Problem]:
    doubtful: set[tuple[int | None, ...]] = {
        (p.table, p.row, p.column) for p in reading.problems if p.kind == "section"
    }
    complete = [cell for cell in reading.cells if cell.complete]
    sure = [cell for cell in complete if (cell.table, cell.row, cell.column) not in doubtful]
    found = problems_of_keys(file, reading.keys)
    found += problems_of_doubles(complete, reading.titles, doubtful)
    doubled = {(p.table, p.row, p.column) for p in found if p.kind == "duplicate_key"}
    sure = [cell for cell in sure if (cell.table, cell.row, cell.column) not in doubled]
    smooth = _names(sure, _SMOOTH)
    found += problems_of_monotony(sure, smooth)
    told = {(p.table, p.row, p.column) for p in found if p.kind == "monotony"}
    found += problems_of_direction(
        [c for c in sure if (c.table, c.row, c.column) not in told], _names(sure, _STEPPED), smooth
    )
    return found


def _names(cells: Sequence[Cell], kinds: frozenset[str]) -> list[str]:
    """Dimensions of these kinds whose values are numbers, most of them."""
    values: dict[str, set[str]] = {}
    for cell in cells:
        for name, text in cell.dimensions.items():
            values.setdefault(name, set()).add(text)
    chosen = []
    for name, texts in values.items():
        kind = names_in(name.rstrip("0123456789"))
        if kind and kind[0][0] in kinds and sum(span_of(text) is not None for text in texts) * 5 >= len(texts) * 4:
            chosen.append(name)
    return chosen


def _units(file: str, reading: Reading, texts: Mapping[str, str]) -> list[Problem]:
    """PUB-1: the unit of the rates and the unit that the statement tells must not contradict each other."""
    statement = texts.get("statement", "")
    units = {cell.unit: cell for cell in reversed(reading.cells) if cell.unit}
    found: list[Problem] = []
    told = amounts_of(statement)
    for unit, cell in units.items():
        for amount, noun in amounts_of(unit):
            said = {other for other, basis in told if basis == noun}
            if said and amount not in said:
                other = f"每{min(said)}元{noun}"
                found.append(_differ(file, cell, unit, other))
        currency, spoken = currency_of(unit), _currency_told(statement)
        if currency and spoken and currency != spoken:
            found.append(_differ(file, cell, unit, spoken))
    return found


def _currency_told(statement: str) -> str:
    for line in statement.splitlines():
        if "单位" in line and currency_of(line.split("单位", 1)[1][:20]):
            return currency_of(line.split("单位", 1)[1][:20])
    return ""


def _differ(file: str, cell: Cell, unit: str, other: str) -> Problem:
    return sayings.units_differ(
        file, cell.table, cell.row, cell.column, unit, other, "产品说明书", "the product statement"
    )
