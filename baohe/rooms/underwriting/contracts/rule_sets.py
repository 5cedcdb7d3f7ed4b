"""The house's rules as underwriters write, try and release them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baohe.kernel.decisions import Text


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A row of a table as an underwriter edits it: `cells` and `says` by field, both as typed. `id` "" = a new row.
    `words` are the cells in words, where they can be read."""

    id: str
    cells: Mapping[str, str]
    says: Mapping[str, str]
    note: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleTable:
    id: str
    title: Text
    reads: tuple[tuple[str, Text], ...]
    """Field → its name, in the order of the columns."""
    writes: tuple[str, ...]
    rows: tuple[RuleRow, ...]


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact that rules may look at, with what it can be, in words."""

    code: str
    name: Text
    can_be: str


@dataclass(frozen=True, slots=True)
class RuleCase:
    """A case kept with the set: facts → what must come out. `got_*` is what does; None = not run."""

    name: str
    facts: Mapping[str, int | str]
    outcome: str
    loading_bp: int
    got_outcome: str | None = None
    got_loading_bp: int | None = None
    refused: str = ""

    @property
    def passed(self) -> bool:
        return (self.outcome, self.loading_bp) == (self.got_outcome, self.got_loading_bp)


@dataclass(frozen=True, slots=True)
class RuleSetLine:
    """A released version in a list. `in_force`: the one that decides today in its scope."""

    id: UUID
    scope: str
    number: int
    name: str
    note: str
    effective_from: date
    author: str
    released_by: str
    released_at: datetime
    shipped: bool
    in_force: bool


@dataclass(frozen=True, slots=True)
class RuleDraftLine:
    id: UUID
    scope: str
    name: str
    author: str
    submitted_at: datetime | None
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class RulePage:
    """`faults` as (place, code, text); empty = it may be submitted. `content` is the JDM document as JSON text."""

    id: UUID
    scope: str
    name: str
    note: str
    author_id: UUID | None
    author: str
    revision: int
    effective_from: date | None
    submitted_at: datetime | None
    tables: tuple[RuleTable, ...]
    cases: tuple[RuleCase, ...]
    faults: tuple[tuple[str, str, Text], ...]
    content: str


@dataclass(frozen=True, slots=True)
class Change:
    """How many of the sample would be decided otherwise: from one outcome and loading to another."""

    version_id: str
    before: str
    after: str
    people: int


@dataclass(frozen=True, slots=True)
class Simulation:
    """The sample population under the set in force and under the draft; shares in bp."""

    people: int
    straight_before_bp: int
    straight_after_bp: int
    changes: tuple[Change, ...]
