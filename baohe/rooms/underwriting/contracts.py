"""Declarations and referrals as other rooms see them. No health answer ever leaves through these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baohe.kernel.decisions import Decision, Reason, Text


@dataclass(frozen=True, slots=True)
class Held:
    """What the insured has already, in force or being paid for, in any account and with any insurer.

    `sums_fen` by kind of benefit (life, accident, critical); `insurer_fen` the same with the insurer asked now;
    `indemnity_policies` counts contracts that pay medical bills; `minor_over_cap`: with this contract the death cover
    of a minor would pass the cap of SALE-12.
    """

    sums_fen: Mapping[str, int]
    insurer_fen: Mapping[str, int]
    indemnity_policies: int = 0
    minor_over_cap: bool = False


NOTHING_HELD = Held({}, {})


@dataclass(frozen=True, slots=True)
class DeclarationView:
    """`outcome` is accept | load | exclude | postpone | refer, or declined_by_person after a named underwriter said
    so (SERV-9). `postponed_until` is the first day to ask again. `decision` stays what the rules said (a referred file
    keeps "refer" for ever); `reasons` puts the underwriter's own word before it. `premium_fen` includes the loading.
    `reply_by` and `handler` belong to a referral; `contested`: the customer asked for it (DATA-3). `decided_at` is when
    a person's word began to hold; `referral_state` is "" without a referral. An offer that was declined or ran out
    leaves a referred declaration as offer_declined | offer_expired."""

    id: UUID
    quote_id: UUID
    person_id: UUID
    account_id: UUID
    version_id: str
    outcome: str
    decision: Decision
    loading_bp: int
    exclusions: tuple[Text, ...]
    inputs: Mapping[str, str]
    premium_fen: int
    reply_by: datetime | None
    handler: str
    created_at: datetime
    reasons: tuple[Reason, ...] = ()
    postponed_until: date | None = None
    contested: bool = False
    decided_at: datetime | None = None
    referral_state: str = ""
    with_person: bool = False
    """A referral is not closed: with the underwriter, or it waits for the customer's papers or answer."""


@dataclass(frozen=True, slots=True)
class ReferralItem:
    """A row of the underwriter's queue."""

    declaration_id: UUID
    person_id: UUID
    account_id: UUID
    version_id: str
    reasons: tuple[str, ...]
    handler: str
    reply_by: datetime
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ReferralPage:
    items: tuple[ReferralItem, ...]
    total: int
    page: int
    size: int


@dataclass(frozen=True, slots=True)
class KeptAnswers:
    """Answers on their way. `revision` 0 = none were ever kept; `declaration_id` = what they became; `expired` = they
    ran out and are not given any more."""

    answers: Mapping[str, str]
    revision: int
    expires_at: datetime | None
    declaration_id: UUID | None
    expired: bool


@dataclass(frozen=True, slots=True)
class FiredLine:
    """One table of a rule set and the row of it that applied. `conditions` say in words when it does."""

    table: Text
    row: str
    conditions: tuple[str, ...]
    outcome: str
    said: Text


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question and the chosen answer, opened for a named reader (the read is logged by the caller)."""

    question: Text
    answer: Text
    question_id: str
    answer_value: str


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


@dataclass(frozen=True, slots=True)
class OfferView:
    """Terms that an underwriter concluded. `valid_until` is set once the customer may answer; premiums in fen."""

    id: UUID
    outcome: str
    loading_bp: int
    exclusions: tuple[Text, ...]
    standard_premium_fen: int
    premium_fen: int
    note: str
    clause: str
    maker_id: UUID
    maker_name: str
    made_at: datetime
    two_names: bool
    checker_name: str
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class ReadItem:
    """One value of a medical paper. `value` is what the machine read, `confirmed` what the person said (None: not
    asked yet). `box` is x, y, width, height in 1/10,000 of the picture; `kind` is number | text | date."""

    code: str
    name: Text
    value: str
    unit: str
    kind: str
    confidence: int
    doubtful: bool
    box: tuple[int, ...]
    confirmed: str | None = None


@dataclass(frozen=True, slots=True)
class MedicalPaperView:
    """One page. `state`: reading | read | unreadable | kept (a kind that is not read)."""

    id: UUID
    kind: str
    title: Text
    page: int
    state: str
    added_at: datetime
    confirmed_at: datetime | None
    items: tuple[ReadItem, ...]


@dataclass(frozen=True, slots=True)
class RequestedPaperView:
    """A paper that was asked for; `state`: missing | not_available | given."""

    kind: str
    title: Text
    why: Text
    state: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    at: datetime
    code: str
    title: Text
    detail: Text | None
    staff_name: str


@dataclass(frozen=True, slots=True)
class ReferralView:
    """A referral as its customer sees it. `reply_by` is None while the underwriter's clock stands still."""

    declaration_id: UUID
    account_id: UUID
    person_id: UUID
    state: str
    cause: str
    ask: str
    handler: str
    created_at: datetime
    reply_by: datetime | None
    papers_by: datetime | None
    requested: tuple[RequestedPaperView, ...]
    papers: tuple[MedicalPaperView, ...]
    offer: OfferView | None
    history: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True)
class ReferralFile:
    """The whole file for the desk. `to_confirm` waits for a second name; `concluded` are all verdicts, oldest first."""

    referral: ReferralView
    to_confirm: OfferView | None
    concluded: tuple[OfferView, ...]
    loose_papers: tuple[MedicalPaperView, ...]
    single_sum_fen: int
    single_loading_bp: int
    sum_insured_fen: int


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A row of the desk's queue. `mark`: "" | near | late, by the deadline that runs now."""

    declaration_id: UUID
    version_id: str
    reasons: tuple[str, ...]
    handler: str
    state: str
    cause: str
    deadline: datetime
    mark: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class QueuePage:
    items: tuple[QueueItem, ...]
    total: int
    page: int
    size: int
    counts: Mapping[str, int]
