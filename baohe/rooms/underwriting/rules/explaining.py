"""A fired row in words: when it applies, and what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from baohe.kernel.decisions import Text
from baohe.rooms.underwriting.contracts import FiredLine
from baohe.rooms.underwriting.rules.cells import in_words
from baohe.rooms.underwriting.rules.facts import FACTS, Fact
from baohe.rooms.underwriting.rules.tables import Row, RuleTables, Table


def lines_of(tables: RuleTables, fired: Iterable[Mapping[str, str]]) -> tuple[FiredLine, ...]:
    """`fired` names table and row, as decisions store them."""
    known = {**FACTS, **tables.derived()}
    found = []
    for hit in fired:
        table = tables.table(hit["table"])
        if table is not None:
            row = next(row for row in table.rows if row.id == hit["row"])
            found.append(_line(table, row, known))
    return tuple(found)


def _line(table: Table, row: Row, known: Mapping[str, Fact]) -> FiredLine:
    conditions = tuple(f"{known[n].name.zh}：{in_words(row.cells[n], known[n])}" for n in table.reads if row.cells[n])
    said = Text(str(row.says.get("reason_zh", "")), str(row.says.get("reason_en", "")))
    if not said.zh:
        said = Text("，".join(str(value) for value in row.says.values()), ", ".join(map(str, row.says.values())))
    return FiredLine(table.title, row.id, conditions, str(row.says.get("outcome", "")), said)
