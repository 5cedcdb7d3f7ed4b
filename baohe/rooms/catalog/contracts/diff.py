"""What changed between two versions: words, rates cell by cell, and every other field."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from baohe.kernel.decisions import Text


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words. `kind` is same | inserted | removed."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class WordingChange:
    """A point of the wording. `kind` is added | removed | changed; `excludes` is begins | ends where that changed."""

    number: str
    title: str
    kind: str
    pieces: tuple[Piece, ...]
    excludes: str = ""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell. `key` names its place, column by column. `percent` is (new − old) ÷ old, to a tenth; None from 0."""

    kind: str
    key: tuple[tuple[str, str], ...]
    old: str
    new: str
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Spread:
    """The changed cells under one value of a column, and between which percentages they moved."""

    column: str
    value: str
    cells: int
    lowest: Decimal | None
    highest: Decimal | None


@dataclass(frozen=True, slots=True)
class TableChange:
    """`kind` is added | removed | changed | reshaped (other columns: nothing to compare cell by cell).

    Counts are of all cells; `cells` holds the first of them.
    """

    name: str
    title: Text
    kind: str
    added: int
    removed: int
    changed: int
    same: int
    cells: tuple[CellChange, ...]
    spreads: tuple[Spread, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field by its path. `kind` is added | removed | changed; `pieces` mark the words of a longer text."""

    path: str
    kind: str
    old: str
    new: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class PartChange:
    code: str
    title: Text
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class VersionDiff:
    """Empty everywhere when both are the same. `parts` follow the order in which a reviewer reads them."""

    before: str
    after: str
    wording: tuple[WordingChange, ...]
    tables: tuple[TableChange, ...]
    parts: tuple[PartChange, ...]

    @property
    def same(self) -> bool:
        return not (self.wording or self.tables or self.parts)
