"""One filed version, whole.

Nothing outside a `ProductVersion` decides what was sold, for how much, or what a claim pays. `content_hash` names
exactly these contents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from baohe.kernel.dates import Period, add_months, add_years
from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput
from baohe.kernel.money import BASIS
from baohe.kernel.regions import province_name, province_of
from baohe.rooms.catalog.contracts.basis import Inputs, holds
from baohe.rooms.catalog.contracts.insured import InsuredField
from baohe.rooms.catalog.contracts.pricing import (
    Formula,
    InstalmentPlan,
    PeriodRule,
    RateTable,
    RatingInput,
    SumInsured,
)
from baohe.rooms.catalog.contracts.rules import ClaimEvent, ClaimRules, PackageCase, Question, UnderwritingRule
from baohe.rooms.catalog.contracts.triggers import Trigger
from baohe.rooms.catalog.contracts.wording import (
    Carrier,
    ClauseSection,
    Coverage,
    Disclosure,
    Document,
    Exclusion,
    Insurer,
    Labelled,
    PlainRule,
    Titled,
)

DESIGNS = ("traditional", "participating", "universal", "unit_linked")
"""What a life contract promises beyond its fixed sums: nothing, a share of the surplus, a credited account, funds."""

GRACE_DAYS = 60
"""The law's days of grace where a wording names no others (保险法 36)."""


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
    insured_object: tuple[InsuredField, ...] = ()
    regions: tuple[str, ...] = ()
    """Where it is sold: GB/T 2260 codes of provinces; none = the whole country."""
    coinsurance: tuple[Carrier, ...] = ()
    """Who carries it together, the lead first, as filed; none = `insurer` alone."""
    quota: int | None = None
    """The most policies of this version that are ever sold; None = as many as are asked for."""
    grace_days: int = GRACE_DAYS
    """Days after a due day on which cover goes on without the instalment (SERV-8)."""
    design: str = DESIGNS[0]
    """One of `DESIGNS`; all but the first need more care before they are sold (SALE-7)."""
    triggers: tuple[Trigger, ...] = ()
    """What settles by itself from observed data."""

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
    def carriers(self) -> tuple[Carrier, ...]:
        """Everybody who carries the risk, the lead first; shares add up to 10,000 bp."""
        return self.coinsurance or (Carrier(self.insurer, BASIS),)

    @property
    def sold_in_app(self) -> bool:
        return "app" in self.channels

    @property
    def weight(self) -> int:
        """Bytes in memory, near enough to bound a cache by: wording and questions, and a text a rate."""
        return 160_000 + sum(len(table.rows) * (120 + 8 * len(table.columns)) for table in self.rate_tables)

    def rating_input(self, code: str) -> RatingInput | None:
        return next((item for item in self.rating_inputs if item.code == code), None)

    def table(self, name: str) -> RateTable | None:
        return next((table for table in self.rate_tables if table.name == name), None)

    def on_sale(self, on: date) -> bool:
        """PUB-2: inside the filed window; `sale_ends` is the last day of sale."""
        return self.effective_from <= on and (self.sale_ends is None or on <= self.sale_ends)

    def sold_in(self, inputs: Inputs) -> Inputs:
        """`inputs` once their `region` (a GB/T 2260 code, if the caller gives one) is known to be a region of sale;
        without it unless the tariff asks for it. Raises `InvalidInput` naming the region and those of the filing."""
        region = inputs.get("region")
        if region is None:
            return inputs
        if self.regions and province_of(region) not in self.regions:
            sold = "、".join(province_name(code).zh for code in self.regions)
            sold_en = ", ".join(province_name(code).en for code in self.regions)
            here = province_name(region)
            raise InvalidInput(
                field="region",
                reason_zh=f"{here.zh}不在销售区域内，本产品只在 {sold} 销售",
                reason_en=f"{here.en} is not a region of sale; this product is sold in {sold_en}",
            )
        if self.rating_input("region") is not None:
            return inputs
        return {code: value for code, value in inputs.items() if code != "region"}

    def coverages_of(self, inputs: Inputs) -> tuple[Coverage, ...]:
        """The coverages that belong to a contract with these inputs."""
        return tuple(item for item in self.coverages if holds(item.when, inputs))

    def trigger(self, code: str) -> Trigger | None:
        return next((item for item in self.triggers if item.code == code), None)

    def trigger_of_event(self, event: str) -> Trigger | None:
        """The trigger that pays this event; None for what is told or claimed by hand."""
        return next((item for item in self.triggers if item.band(event) is not None), None)

    def claim_events_of(self, inputs: Inputs) -> tuple[ClaimEvent, ...]:
        """What can be claimed under a contract with these inputs, each with the papers that such a contract needs."""
        return tuple(item.under(inputs) for item in self.claim_rules.events if holds(item.when, inputs))

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
        if term.months:
            return Period(start, add_months(start, term.months))
        if term.to_age and birth is not None:
            return Period(start, add_years(birth, term.to_age))
        return Period(start, add_years(start, term.years))
