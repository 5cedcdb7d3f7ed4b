"""What is asked, decided and paid: questions, underwriting, claims, and the cases that were signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts.basis import Inputs, holds
from baohe.rooms.catalog.contracts.wording import Choice


@dataclass(frozen=True, slots=True)
class QuestionItem:
    """`title` in plain words; `term` is what a doctor's paper calls it."""

    title: Text
    detail: Text | None = None
    term: Text | None = None


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """A question answered with a whole number of `unit`, from `low` to `high`, both included."""

    low: int
    high: int
    unit: Text


@dataclass(frozen=True, slots=True)
class Feeds:
    """What an answer tells the underwriting rules: `fact` is height_cm | weight_kg | income_wan (a number as given),
    or smoker | residence, whose word `by_answer` gives; an answer not named there tells nothing."""

    fact: str
    by_answer: Mapping[str, str] = field(default_factory=dict)


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
    term: Text | None = None
    number: NumberAnswer | None = None
    """A number instead of one of `answers`."""
    feeds: Feeds | None = None


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
    """A figure of a claim step: fixed, the sum insured, or the value of a rating input in yuan, or by that value."""

    fixed_fen: int = 0
    sum_insured: bool = False
    input: str = ""
    by_value_fen: Mapping[str, int] = field(default_factory=dict)

    def fen(self, inputs: Inputs, sum_insured_fen: int) -> int:
        if self.sum_insured:
            return sum_insured_fen
        if not self.input:
            return self.fixed_fen
        value = inputs[self.input]
        return self.by_value_fen[value] if self.by_value_fen else int(value) * 100


@dataclass(frozen=True, slots=True)
class ClaimRatio:
    """A share paid that was chosen with the price: value of the input → bp."""

    input: str
    by_value_bp: Mapping[str, int]

    def bp(self, inputs: Inputs) -> int:
        return self.by_value_bp[inputs[self.input]]


@dataclass(frozen=True, slots=True)
class ClaimTier:
    """Up to `up_to_fen` of what is left (None = the rest) the share `bp` is paid."""

    up_to_fen: int | None
    bp: int


@dataclass(frozen=True, slots=True)
class ClaimStep:
    """One line of the calculation shown to the claimant (SERV-7).

    op        meaning
    start     begin with the confirmed figure `field` (total) of the papers
    benefit   begin with the fixed `amount`
    daily     begin with `amount` for each day in hospital after the first `less_days`
    minus     subtract the figure `field` (social_paid, self_paid, recovered), or a deductible `amount` `per`
              visit | event | year; `shared` = the family bought together bears it once
    sublimit  of the item `field` (bed, drug, exam, nursing) at most `amount` `per` day | visit | event
    times     × `ratio_bp`; × `ratio_without_social_bp` when the insured has social insurance (input
              social_insurance = yes) but the invoice shows nothing settled by it; × the share the
              customer chose (`ratio`)
    tiers     another share of each part of what is left
    cap       at most `amount`, counted `per` event | year | contract over all claims of the coverage
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
    ratio: ClaimRatio | None = None
    shared: bool = False
    less_days: int = 0
    tiers: tuple[ClaimTier, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimExclusion:
    """What is not covered, and the words by which a claim may speak of it. A word found makes a person look at the
    clause; it never refuses (SERV-9)."""

    label: Text
    clause: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimPaper:
    """`kind` is invoice (of a hospital) | bill (of a shop, a repairer, a vet) | record | identity | relation.
    `on_file`: the platform may already hold it. `when`: inputs of the contract under which it is asked for."""

    kind: str
    title: Text
    detail: Text
    on_file: bool = False
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClaimEvent:
    """What can be claimed. `code` is accident_outpatient | hospital | death | parcel_returned.

    `instant_limit_fen`: up to this payable amount a clean claim is paid by rule; None = always a person.
    `waiting_applies`: the event is only covered after the waiting period (an accident waives it where
    `waiting_waived_by_accident`). Without `steps` a person works the amount out by the wording; `at_most` then says
    what it can come to.
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
    at_most: ClaimAmount | None = None
    exclusions: tuple[ClaimExclusion, ...] = ()
    ends_contract: bool = False
    """Paid, it ends the contract: a death, a total loss."""

    @property
    def papers_depend(self) -> bool:
        """Whether the list of papers depends on the contract's inputs."""
        return any(paper.when for paper in self.papers)

    def under(self, inputs: Inputs) -> ClaimEvent:
        """The event with the papers of a contract with these inputs."""
        if not self.papers_depend:
            return self
        return replace(self, papers=tuple(paper for paper in self.papers if holds(paper.when, inputs)))

    @property
    def items(self) -> tuple[str, ...]:
        """Items of an invoice that this event counts by themselves, in the order of its steps."""
        return tuple(dict.fromkeys(step.field for step in self.steps if step.op == "sublimit"))

    @property
    def counts_days(self) -> bool:
        """Whether the days in hospital matter."""
        return any(step.op == "daily" or step.per == "day" for step in self.steps)

    @property
    def subtracts_recovered(self) -> bool:
        """Whether what other insurers or others paid is taken off."""
        return any(step.field == "recovered" for step in self.steps)

    @property
    def shares_with_family(self) -> bool:
        """Whether a deductible is borne once by a family bought together."""
        return any(step.shared for step in self.steps)


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
