"""Catalogue, price and comparison as the phone sees them."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from baohe.faces.shop.schemas.basis import Choice, Labelled, Page, Text, Titled


class Scene(Schema):
    code: str = Field(description="medical | accident | car | travel | home | pet | shopping | pension | life")
    name: Text
    icon: str
    products: int


class InsurerBrief(Schema):
    code: str
    name: Text
    short_name: Text


class Insurer(InsurerBrief):
    complaint_phone: str
    service_phone: str
    licence: str


class Carrier(Schema):
    """One of the insurers that carry a product together."""

    name: Text
    short_name: Text
    share_bp: int


class ProductCard(Schema):
    code: str
    version: str
    name: Text
    promise: Text
    line: str = Field(description="accident | medical | term_life | freight_return …")
    scenes: list[str]
    insurer: InsurerBrief
    figures: list[Labelled] = Field(description="exactly three cover figures")
    from_fen: int
    from_period: str = Field(description="month | year | order")
    from_conditions: Text
    tag: Text | None = None
    sold_here: bool = Field(description="false: shown for information, sold only through the open API")


class FacetChoice(Schema):
    value: str
    label: Text
    products: int = Field(description="how many products the choice would leave")


class Facet(Schema):
    code: str = Field(description="line | scene | insurer | age | term | waiting: the name of the query parameter")
    name: Text
    choices: list[FacetChoice]


class ProductPage(Page[ProductCard]):
    """Products by relevance, or by code; never by price (PUB-3)."""

    facets: list[Facet] = []
    corrected: str | None = Field(default=None, description="the query as it was understood, null when as typed")
    partly: bool = Field(default=False, description="no product answers every word; these answer some")
    hints: list[str] = Field(default=[], description="words to try when nothing was found")


class SearchHint(Schema):
    kind: str = Field(description="product | line | insurer | word")
    value: str
    text: Text


class RatingInput(Schema):
    code: str
    name: Text
    kind: str = Field(description="age | choice | amount")
    source: str = Field(default="customer", description="person | customer | order: who supplies it")
    choices: list[Choice] = []
    minimum: int | None = None
    maximum: int | None = None
    default: str


class Coverage(Schema):
    code: str
    name: Text
    detail: Text
    limit: Text
    clause: str


class Exclusion(Schema):
    number: int
    plain: Text
    wording: str
    clause: str


class PlainRule(Schema):
    question: Text
    answer: Text
    clause: str
    wording: str


class ProductDocument(Schema):
    code: str = Field(description="clauses | rates | statement | cash_values")
    title: Text
    detail: Text
    url: str


class ProductDetail(ProductCard):
    """Everything PUB-1 demands, on one page."""

    clause_name: str
    marketing_name: Text
    filing_number: str
    effective_from: date
    sale_ends: date | None
    covered: list[Titled]
    not_covered: list[Titled]
    coverages: list[Coverage]
    exclusions: list[Exclusion]
    plain_rules: list[PlainRule]
    waiting_days: int
    cooling_off_days: int
    renewal: Text
    fees: Text
    surrender: Text
    cash_value: Text
    untrue_disclosure: Text
    claim_process: list[Text]
    delivery: Text
    hospital_scope: Text | None
    insurer_detail: Insurer
    documents: list[ProductDocument]
    rating_inputs: list[RatingInput]
    sample: bool
    figures_note: Text | None = None
    carriers: list[Carrier] = Field(default=[], description="co-insurers, the lead first; empty = `insurer` alone")
    left: int | None = Field(default=None, description="policies still on sale of a limited product; null = no limit")


class ClauseSection(Schema):
    number: str
    title: str
    body: str
    exclusion: bool = False


class Clauses(Schema):
    product: str
    version: str
    clause_name: str
    sections: list[ClauseSection]


class RateTable(Schema):
    name: str
    title: Text
    unit: Text
    columns: list[str]
    rows: list[list[str]]
    total_rows: int
    tables: list[Choice] = Field(default=[], description="every table of the version")


class PublishedVersion(Schema):
    """A version ever sold (PUB-4): what was filed, when it was sold, and where its wording and rates stand."""

    product: str
    version: str
    clause_name: str
    filing_number: str
    insurer: str
    effective_from: date
    sale_ends: date | None
    content_hash: str
    clauses_url: str
    rates_url: str
    name: Text | None = None
    line: str = ""
    published_at: datetime | None = None
    cash_values_url: str | None = Field(default=None, description="null where the product has no cash value")


class PriceRequest(Schema):
    product: str
    inputs: dict[str, str] = Field(description="rating input code → value, all as text")


class Instalment(Schema):
    code: str = Field(description="single | monthly | yearly")
    name: Text
    count: int
    each_fen: int
    total_fen: int
    extra_fen: int = Field(0, description="how much dearer than the premium paid at once")


class PriceStep(Schema):
    label: Text
    value: str
    source: Text = Field(description="table cell or factor the step comes from, in words")


class PathPoint(Schema):
    age: int
    premium_fen: int


class Price(Schema):
    product: str
    version: str
    premium_fen: int
    period: str = Field(description="year | order")
    instalments: list[Instalment]
    steps: list[PriceStep]
    path: list[PathPoint]
    path_until_age: int | None
    path_total_fen: int


class CompareRequest(Schema):
    products: list[str] = Field(min_length=2, max_length=3)
    inputs: dict[str, str] = {}
    order_by: str | None = Field(default=None, description="anything but the customer's own order is refused (PUB-3)")


class ComparePart(Schema):
    text: Text
    apart: bool = Field(description="no other column has this piece")


class CompareCell(Schema):
    text: Text
    sub: Text | None = None
    apart: bool = Field(description="stands apart from the other columns; never true for price")
    parts: list[ComparePart] = []


class Sentence(Schema):
    text: str
    apart: bool = Field(description="another column's clause is alike but does not say this")


class ClauseCell(Schema):
    number: str
    title: str
    sentences: list[Sentence]


class ClauseRow(Schema):
    code: str
    label: Text
    cells: list[ClauseCell | None] = Field(description="null: this wording has no clause on the subject")
    same: bool


class CompareRow(Schema):
    code: str
    label: Text
    cells: list[CompareCell]
    same: bool


class Comparison(Schema):
    columns: list[ProductCard]
    differences: list[Text]
    rows: list[CompareRow]
    clauses: list[ClauseRow] = []
