"""What a product version is, as plain frozen data. Amounts are integer fen, rates integer basis points.

A `ProductVersion` is the whole filed package: nothing outside it decides what was sold, for how much, or what a
claim pays. `content_hash` names exactly these contents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from baohe.kernel.dates import Period, add_years
from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput

Inputs = Mapping[str, str]
"""Rating inputs of one contract: input code → value, all as text."""


@dataclass(frozen=True, slots=True)
class Insurer:
    """The carrier. `name` is its registered name (PUB-1); invented, like all insurers of the samples."""

    code: str
    name: Text
    short_name: Text
    complaint_phone: str
    service_phone: str
    licence: str


@dataclass(frozen=True, slots=True)
class Titled:
    title: Text
    detail: Text


@dataclass(frozen=True, slots=True)
class Labelled:
    label: Text
    value: Text


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: Text
    detail: Text | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    code: str
    name: Text
    detail: Text
    limit: Text
    clause: str
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Inputs under which the coverage belongs to the contract; empty = always."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """PUB-5: the wording of a clause beside its plain words."""

    number: int
    plain: Text
    wording: str
    clause: str


@dataclass(frozen=True, slots=True)
class PlainRule:
    question: Text
    answer: Text
    clause: str
    wording: str


@dataclass(frozen=True, slots=True)
class ClauseSection:
    """`number` is "2" for a chapter, "2.4" for a point. `exclusion` sections are shown highlighted."""

    number: str
    title: str
    body: str
    exclusion: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A paper behind the product. `code` is clauses | rates | statement | cash_values."""

    code: str
    title: Text
    detail: Text


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The plain sentences that PUB-1 demands on the detail page."""

    renewal: Text
    fees: Text
    surrender: Text
    cash_value: Text
    untrue_disclosure: Text
    claim_process: tuple[Text, ...]
    delivery: Text
    hospital_scope: Text | None


@dataclass(frozen=True, slots=True)
class RatingInput:
    """One dimension a price depends on.

    `kind` is age (full years on the first covered day), amount (an integer in `minimum`…`maximum`) or choice.
    `source` says who supplies it: person (taken from the insured), customer, or order (the partner's order).
    Person inputs are called age, sex (male | female), social_insurance (yes | no), occupation_class (1 … 6).
    """

    code: str
    name: Text
    kind: str
    source: str
    default: str
    choices: tuple[Choice, ...] = ()
    minimum: int | None = None
    maximum: int | None = None

    def label_of(self, value: str) -> Text:
        """The value in words."""
        for choice in self.choices:
            if choice.value == value:
                return choice.label
        return Text(f"{value} 岁", f"age {value}") if self.kind == "age" else Text(value, value)


@dataclass(frozen=True, slots=True)
class Dimension:
    """A column (or a pair of band columns `<input>_from`, `<input>_to`, both inclusive) of a rate table."""

    input: str
    band: bool


@dataclass(frozen=True, slots=True)
class RateTable:
    """A tidy table: one row a cell. `unit` is yuan or bp; `decimals` is the number of decimals a cell may have."""

    name: str
    title: Text
    unit: str
    unit_text: Text
    decimals: int
    dimensions: tuple[Dimension, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class FormulaStep:
    """`op` is lookup (start from a table cell), add (a cell), factor (× cell in bp), scale (× input / `per`) or
    round (half away from zero to a multiple of `multiple_fen`; exactly once, last)."""

    op: str
    label: Text
    table: str = ""
    input: str = ""
    per: int = 1
    multiple_fen: int = 1


@dataclass(frozen=True, slots=True)
class InstalmentPlan:
    """`code` is single | monthly | yearly. `count` is the number of instalments, or 0 when `count_input` names
    the input whose `counts` give it (a pay period). `whole_premium`: each instalment is a full `premium_fen`."""

    code: str
    name: Text
    count: int
    whole_premium: bool
    count_input: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Formula:
    steps: tuple[FormulaStep, ...]
    instalments: tuple[InstalmentPlan, ...]
    path_until_age: int | None


@dataclass(frozen=True, slots=True)
class Term:
    """How long one contract covers: `days`, or `years`, or until the birthday `to_age`."""

    days: int = 0
    years: int = 0
    to_age: int = 0


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """`kind` is year | years | order. `term_input` names the input that chooses among `terms`; "" = the only one."""

    kind: str
    term_input: str
    terms: Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class SumInsured:
    """What the policy is written for: fixed, or the value of an input in yuan, or by value of an input."""

    fixed_fen: int = 0
    input: str = ""
    by_value_fen: Mapping[str, int] = field(default_factory=dict)

    def fen(self, inputs: Inputs) -> int:
        if not self.input:
            return self.fixed_fen
        value = inputs[self.input]
        return self.by_value_fen[value] if self.by_value_fen else int(value) * 100


@dataclass(frozen=True, slots=True)
class QuestionItem:
    title: Text
    detail: Text | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A closed question (SALE-4). `asked_when`: other question → answers that open this one."""

    id: str
    title: Text
    items: tuple[QuestionItem, ...]
    why: Text
    answers: tuple[Choice, ...]
    asked_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    only_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Rating inputs under which the question is asked at all, e.g. sex: [female]."""
    health: bool = True
    """A question about health needs the separate consent of DATA-1 before it is answered."""


@dataclass(frozen=True, slots=True)
class UnderwritingRule:
    """`outcome` is accept | load | exclude | refer; there is no refusal (SERV-9)."""

    code: str
    when: Mapping[str, tuple[str, ...]]
    inputs: Mapping[str, tuple[str, ...]]
    outcome: str
    text: Text
    loading_bp: int = 0
    exclusion: Text | None = None
    clause: str = ""


@dataclass(frozen=True, slots=True)
class ClaimAmount:
    """A figure of a claim step: fixed, the sum insured, or by the value of a rating input."""

    fixed_fen: int = 0
    sum_insured: bool = False
    input: str = ""
    by_value_fen: Mapping[str, int] = field(default_factory=dict)

    def fen(self, inputs: Inputs, sum_insured_fen: int) -> int:
        if self.sum_insured:
            return sum_insured_fen
        return self.by_value_fen[inputs[self.input]] if self.input else self.fixed_fen


@dataclass(frozen=True, slots=True)
class ClaimStep:
    """One line of the calculation shown to the claimant (SERV-7).

    op        meaning
    start     begin with the confirmed figure `field` (total) of the papers
    minus     subtract the figure `field` (social_paid, self_paid), or a deductible `amount` `per` event | year
    times     × `ratio_bp`; × `ratio_without_social_bp` when the insured has social insurance (input
              social_insurance = yes) but the invoice shows nothing settled by it
    cap       at most `amount`, counted `per` event | year | contract over all claims of the coverage
    benefit   begin with the fixed `amount`
    """

    op: str
    label: Text
    clause: str
    detail: Text | None = None
    field: str = ""
    amount: ClaimAmount | None = None
    per: str = ""
    ratio_bp: int = 0
    ratio_without_social_bp: int = 0


@dataclass(frozen=True, slots=True)
class ClaimPaper:
    """`kind` is invoice | record | identity | relation. `on_file`: the platform may already hold it."""

    kind: str
    title: Text
    detail: Text
    on_file: bool = False


@dataclass(frozen=True, slots=True)
class ClaimEvent:
    """What can be claimed. `code` is accident_outpatient | hospital | death | parcel_returned.

    `instant_limit_fen`: up to this payable amount a clean claim is paid by rule; None = always a person.
    `waiting_applies`: the event is only covered after the waiting period (an accident waives it where
    `waiting_waived_by_accident`).
    """

    code: str
    label: Text
    detail: Text
    coverage: str
    when: Mapping[str, tuple[str, ...]]
    waiting_applies: bool
    waiting_waived_by_accident: bool
    instant_limit_fen: int | None
    papers: tuple[ClaimPaper, ...]
    steps: tuple[ClaimStep, ...]


@dataclass(frozen=True, slots=True)
class ClaimRules:
    rule_version: str
    events: tuple[ClaimEvent, ...]

    def event(self, code: str) -> ClaimEvent | None:
        return next((event for event in self.events if event.code == code), None)


@dataclass(frozen=True, slots=True)
class PackageCase:
    """A case the product manager signed: what the version must answer.

    `kind` is price (inputs → premium_fen, or the field that is refused) or underwriting (answers → outcome …).
    """

    name: str
    kind: str
    inputs: Inputs
    answers: Mapping[str, str]
    expect: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class ProductVersion:
    """One filed version. `id` is "<product_code>@<version>"."""

    id: str
    product_code: str
    version: str
    line: str
    insurer: Insurer
    name: Text
    clause_name: str
    filing_number: str
    promise: Text
    tag: Text | None
    scenes: tuple[str, ...]
    channels: frozenset[str]
    effective_from: date
    sale_ends: date | None
    waiting_days: int
    cooling_off_days: int
    min_age_days: int
    max_age: int
    period: PeriodRule
    sum_insured: SumInsured
    commission_bp: int
    expense_first_year_bp: int
    expense_average_bp: int
    sample: bool
    figures: tuple[Labelled, ...]
    figures_note: Text | None
    from_inputs: Inputs
    from_plan: str
    from_fen: int
    from_conditions: Text
    covered: tuple[Titled, ...]
    not_covered: tuple[Titled, ...]
    coverages: tuple[Coverage, ...]
    exclusions: tuple[Exclusion, ...]
    plain_rules: tuple[PlainRule, ...]
    disclosure: Disclosure
    documents: tuple[Document, ...]
    compare: Mapping[str, Titled]
    clauses: tuple[ClauseSection, ...]
    rating_inputs: tuple[RatingInput, ...]
    rate_tables: tuple[RateTable, ...]
    formula: Formula
    questionnaire: tuple[Question, ...]
    underwriting_rules: tuple[UnderwritingRule, ...]
    underwriting_rule_version: str
    claim_rules: ClaimRules
    cases: tuple[PackageCase, ...]
    content_hash: str

    @property
    def period_kind(self) -> str:
        """year | years | order."""
        return self.period.kind

    @property
    def expense_loading_bp(self) -> int:
        """The part of the first premium that is not net premium."""
        return self.expense_first_year_bp

    @property
    def instalments(self) -> tuple[InstalmentPlan, ...]:
        return self.formula.instalments

    @property
    def sold_in_app(self) -> bool:
        return "app" in self.channels

    def rating_input(self, code: str) -> RatingInput | None:
        return next((item for item in self.rating_inputs if item.code == code), None)

    def table(self, name: str) -> RateTable | None:
        return next((table for table in self.rate_tables if table.name == name), None)

    def on_sale(self, on: date) -> bool:
        """PUB-2: inside the filed window; `sale_ends` is the last day of sale."""
        return self.effective_from <= on and (self.sale_ends is None or on <= self.sale_ends)

    def coverages_of(self, inputs: Inputs) -> tuple[Coverage, ...]:
        """The coverages that belong to a contract with these inputs."""
        return tuple(item for item in self.coverages if holds(item.when, inputs))

    def claim_events_of(self, inputs: Inputs) -> tuple[ClaimEvent, ...]:
        return tuple(item for item in self.claim_rules.events if holds(item.when, inputs))

    def cover_period(self, start: date, birth: date | None, inputs: Inputs) -> Period:
        """Half-open period of cover from `start` (the first covered day).

        Raises `InvalidInput` for an unknown term, or one that ends before it starts (aged past `to_age`).
        """
        chosen = inputs.get(self.period.term_input, "") if self.period.term_input else ""
        term = self.period.terms.get(chosen)
        if term is None or (term.to_age and birth is None):
            raise InvalidInput(
                field=self.period.term_input or "term",
                reason_zh="保险期间不在可选范围内",
                reason_en="the term is not one of those offered",
            )
        if term.days:
            return Period(start, start + timedelta(days=term.days))
        if term.to_age and birth is not None:
            return Period(start, add_years(birth, term.to_age))
        return Period(start, add_years(start, term.years))


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


def holds(conditions: Mapping[str, tuple[str, ...]], inputs: Inputs) -> bool:
    """Every named input has one of the listed values."""
    return all(inputs.get(code) in values for code, values in conditions.items())
