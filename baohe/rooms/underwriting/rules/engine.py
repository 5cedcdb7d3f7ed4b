"""Ask the rule engine (GoRules ZEN) what a rule set says. Whole numbers go in, words and whole numbers come out.

A set is compiled once for its digest. Of the engine's answer only the row that fired in each table is used; what that
row says is read from the set itself, so no float can come back, and no row can say what was not proved.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from typing import Any

import zen

from baohe.kernel.canonical import canonical_bytes, digest
from baohe.rooms.underwriting.rules import jdm
from baohe.rooms.underwriting.rules.facts import FACTS, Seen, check_seen
from baohe.rooms.underwriting.rules.tables import Row, RuleTables, Table

_KEPT = 64


@dataclass(frozen=True, slots=True)
class Fired:
    """The row of a table that applied."""

    table: Table
    row: Row


class NoAnswer(Exception):
    """A table had no row for a case. A proved set has one for every case, so this is a fault of the program."""


class Compiled:
    """A rule set ready to be asked, from any thread."""

    def __init__(self, tables: RuleTables) -> None:
        document = jdm.write(tables)
        self.tables = tables
        self.digest = digest(document)
        self._rows = {(table.id, row.id): Fired(table, row) for table in tables.tables for row in table.rows}
        content = zen.ZenDecisionContent(canonical_bytes(document).decode())
        self._decision: Any = zen.ZenEngine().create_decision(content)

    def ask(self, seen: Seen) -> tuple[Fired, ...]:
        """The row that fires in each table, in the order of the tables. Raises `InvalidInput`, `NoAnswer`."""
        facts = {code: check_seen(seen)[code] for code in FACTS}
        trace = self._decision.evaluate(facts, {"trace": True})["trace"]
        return tuple(self._fired(table, trace.get(table.id)) for table in self.tables.tables)

    def _fired(self, table: Table, trace: Any) -> Fired:
        hit = (trace or {}).get("traceData")
        if not hit:
            raise NoAnswer(table.id)
        return self._rows[(table.id, hit["rule"]["_id"])]


@functools.lru_cache(maxsize=_KEPT)
def compiled(content: str) -> Compiled:
    """The set of a canonical document, compiled once for its text."""
    return Compiled(jdm.read(json.loads(content)))


def as_text(tables: RuleTables) -> str:
    """The canonical document as the text that is stored and compiled."""
    return canonical_bytes(jdm.write(tables)).decode()
