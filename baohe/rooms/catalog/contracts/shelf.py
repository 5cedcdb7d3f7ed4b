"""What the catalogue shows: cards, scenes, occupations, comparisons, the public feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

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
class FacetChoice:
    value: str
    label: Text
    products: int


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a list. `code` is line | scene | insurer | age | term | waiting."""

    code: str
    name: Text
    choices: tuple[FacetChoice, ...]


@dataclass(frozen=True, slots=True)
class CardPage:
    """`corrected` is the query as it was understood, None when as typed; `partly` when no product answers all of it;
    `hints` are words to try when nothing was found."""

    items: tuple[Card, ...]
    total: int
    page: int
    size: int
    facets: tuple[Facet, ...] = ()
    corrected: str | None = None
    partly: bool = False
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hint:
    """A completion while typing. `kind` is product | line | insurer | word; `value` its code, or the word itself."""

    kind: str
    value: str
    text: Text


@dataclass(frozen=True, slots=True)
class SceneCount:
    code: str
    name: Text
    products: int


@dataclass(frozen=True, slots=True)
class Occupation:
    """`risk_class` 1–6; 9 = not insurable under the accident products. `edition`: the list it was read from."""

    code: str
    name: Text
    risk_class: int
    edition: str


@dataclass(frozen=True, slots=True)
class ComparePart:
    """A piece of a cell; `apart` when no other column has it."""

    text: Text
    apart: bool


@dataclass(frozen=True, slots=True)
class CompareCell:
    """`parts` when the text is a list whose pieces can be compared one by one."""

    text: Text
    sub: Text | None
    apart: bool
    parts: tuple[ComparePart, ...] = ()


@dataclass(frozen=True, slots=True)
class CompareRow:
    code: str
    label: Text
    cells: tuple[CompareCell, ...]
    same: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a clause; `apart` when another column's clause is alike but does not say it."""

    text: str
    apart: bool


@dataclass(frozen=True, slots=True)
class ClauseCell:
    """The clause of one column on a subject: where it stands, and its sentences as filed."""

    number: str
    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One subject of the wordings; a column without a clause on it has None."""

    code: str
    label: Text
    cells: tuple[ClauseCell | None, ...]
    same: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """PUB-3: cover, exclusions, waiting period and price together, in the customer's own order."""

    differences: tuple[Text, ...]
    rows: tuple[CompareRow, ...]
    clauses: tuple[ClauseRow, ...] = ()


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
    name: Text = Text("", "")
    line: str = ""
    published_at: datetime | None = None
    cash_values_url: str | None = None
