"""What the catalogue shows: cards, scenes, occupations, comparisons, the public feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts.wording import Labelled


@dataclass(frozen=True, slots=True)
class Card:
    """A product in a list, ready to show; stored with the version so that a list parses nothing."""

    code: str
    version: str
    name: Text
    promise: Text
    line: str
    scenes: tuple[str, ...]
    insurer_code: str
    insurer_name: Text
    insurer_short_name: Text
    figures: tuple[Labelled, ...]
    from_fen: int
    from_period: str
    from_conditions: Text
    tag: Text | None
    sold_here: bool


@dataclass(frozen=True, slots=True)
class CardPage:
    items: tuple[Card, ...]
    total: int
    page: int
    size: int


@dataclass(frozen=True, slots=True)
class SceneCount:
    code: str
    name: Text
    products: int


@dataclass(frozen=True, slots=True)
class Occupation:
    """`risk_class` 1–6; 9 = not insurable under the accident products."""

    code: str
    name: Text
    risk_class: int


@dataclass(frozen=True, slots=True)
class CompareCell:
    text: Text
    sub: Text | None
    apart: bool


@dataclass(frozen=True, slots=True)
class CompareRow:
    code: str
    label: Text
    cells: tuple[CompareCell, ...]
    same: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """PUB-3: cover, exclusions, waiting period and price together, in the customer's own order."""

    differences: tuple[Text, ...]
    rows: tuple[CompareRow, ...]


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """PUB-4: one version ever sold."""

    product_code: str
    version: str
    clause_name: str
    filing_number: str
    insurer: str
    effective_from: date
    sale_ends: date | None
    content_hash: str
    clauses_url: str
    rates_url: str
