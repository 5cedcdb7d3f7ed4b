"""A rule set in memory: tables of a decision graph, in an order in which each stands after those it reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from baohe.kernel.decisions import Text
from baohe.rooms.underwriting.rules.facts import Fact

OUTCOMES = ("accept", "load", "exclude", "postpone", "refer")
"""What a row may say, from mild to grave. Refusing is not among them: only a named person refuses (SERV-9)."""

REFUSING = frozenset({"decline", "declined", "refuse", "reject", "deny", "declined_by_person", "拒保", "不承保"})
VERDICT = (
    "outcome",
    "loading_bp",
    "postpone_days",
    "exclusion_zh",
    "exclusion_en",
    "reason",
    "reason_zh",
    "reason_en",
)
"""The outputs of a table that decides. A table without `outcome` derives a word for the tables after it."""
WHOLE = frozenset({"loading_bp", "postpone_days"})
MOST_LOADING_BP = 30_000
MOST_POSTPONE_DAYS = 730

Output = int | str


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` by field as the engine reads them, `says` by output, already read."""

    id: str
    cells: Mapping[str, str]
    says: Mapping[str, Output]
    note: str = ""

    @property
    def otherwise(self) -> bool:
        return not any(cell.strip() for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class Table:
    """`reads` and `writes` are fields in the order of the columns; `after` the tables it must follow."""

    id: str
    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    rows: tuple[Row, ...]
    after: tuple[str, ...] = ()

    @property
    def decides(self) -> bool:
        return "outcome" in self.writes

    @property
    def title(self) -> Text:
        zh, _, en = self.name.partition(" · ")
        return Text(zh, en or zh)


@dataclass(frozen=True, slots=True)
class RuleTables:
    tables: tuple[Table, ...]

    def table(self, table_id: str) -> Table | None:
        return next((table for table in self.tables if table.id == table_id), None)

    def derived(self) -> dict[str, Fact]:
        """Fields that tables write for those after them, each with the words it can be."""
        found: dict[str, dict[str, Text]] = {}
        names: dict[str, Text] = {}
        for table in self.tables:
            for field in table.writes if not table.decides else ():
                words = {str(row.says[field]): Text(str(row.says[field]), str(row.says[field])) for row in table.rows}
                found.setdefault(field, {}).update(words)
                names.setdefault(field, table.title)
        return {field: Fact(field, names[field], words=words) for field, words in found.items()}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something a rule set may not have. `place` names table and row; `code` never changes."""

    code: str
    place: str
    said: Text
    rule: str = ""

    def as_dict(self) -> dict[str, str]:
        return {"code": self.code, "place": self.place, "zh": self.said.zh, "en": self.said.en, "rule": self.rule}
