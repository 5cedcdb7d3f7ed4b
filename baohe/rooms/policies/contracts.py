"""What leaves the room. Amounts are integer fen; days are business dates of Asia/Shanghai.

Two ends of time differ in kind and the names keep them apart: `end` and `waiting_ends` are the first day *after*
(half-open), `cooling_off_ends` is the *last* day on which the full premium comes back, as a customer reads it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from baohe.kernel.decisions import Text
from baohe.rooms.rating.contracts import Instalment

DEDUCTION = "deduction"
"""Purpose of the consent and code of the page for later instalments (SALE-3)."""


@dataclass(frozen=True, slots=True)
class BeneficiaryChoice:
    """What the customer states: a person of the family, an order (1 = first) and whole percent of that order."""

    person_id: UUID
    rank: int
    share_percent: int


@dataclass(frozen=True, slots=True)
class Beneficiary:
    person_id: UUID
    name: str
    relation: str
    rank: int
    share_percent: int


@dataclass(frozen=True, slots=True)
class ObjectLine:
    """One answer that says which thing is insured; `code` names the field of the product version."""

    code: str
    value: str


@dataclass(frozen=True, slots=True)
class Due:
    on: date
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """An instalment after the first that came in. `provider` is who took the money."""

    number: int
    amount_fen: int
    payment_id: UUID
    provider: str
    received_on: date


@dataclass(frozen=True, slots=True)
class NoCover:
    """Days without cover for an unpaid premium: from `since` up to, not including, `until` (None: still)."""

    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Terms:
    """What an endorsement changes. `premium_fen` is the filed premium, `total_fen` what all instalments of the period
    add up to at it."""

    inputs: Mapping[str, str]
    sum_insured_fen: int
    premium_fen: int
    total_fen: int


@dataclass(frozen=True, slots=True)
class EndorsementLine:
    """One line of the calculation."""

    label: Text
    amount_fen: int


@dataclass(frozen=True, slots=True)
class EndorsementView:
    """批改: recorded at one time, valid from another (00:00 of the next day in Shanghai). `number` counts from 1 within
    the policy; `refund_fen` is what came back for it."""

    id: UUID
    policy_id: UUID
    number: int
    kind: str
    valid_from: date
    recorded_at: datetime
    before: Terms
    after: Terms
    refund_fen: int
    lines: tuple[EndorsementLine, ...]


@dataclass(frozen=True, slots=True)
class LowerChoice:
    """A lower sum insured that the filed version prices, and what choosing it today would do."""

    value: str
    sum_insured_fen: int
    sum_insured: Text
    premium_fen: int
    refund_fen: int
    valid_from: date
    lines: tuple[EndorsementLine, ...]


@dataclass(frozen=True, slots=True)
class EndorsedView:
    """The policy after it; `endorsement` is its last one."""

    policy: PolicyView
    endorsement: EndorsementView


@dataclass(frozen=True, slots=True)
class PaperView:
    """A page the customer must open and agree to; `digest` is the digest of the text that was shown."""

    code: str
    title: Text
    digest: str
    confirmed_at: datetime | None
    needed: bool
    text: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposalView:
    """`state` is draft, signed, paying, issued or expired. `valid_until` is the end of its quote."""

    id: UUID
    shard_key: int
    account_id: UUID
    person_id: UUID
    quote_id: UUID
    declaration_id: UUID
    product_code: str
    version_id: str
    insured_name: str
    insured_birth: date
    insured_sex: str
    insured_relation: str
    identity_masked: str
    beneficiaries: tuple[Beneficiary, ...]
    inputs: Mapping[str, str]
    sum_insured_fen: int
    sum_insured: Text
    start: date
    end: date
    waiting_ends: date | None
    cooling_off_ends: date | None
    premium_fen: int
    loading_bp: int
    special_exclusions: tuple[Text, ...]
    instalment: Instalment
    instalments: tuple[Instalment, ...]
    due_today_fen: int
    due_later: tuple[Due, ...]
    state: str
    papers: tuple[PaperView, ...]
    document_digest: str | None
    signed_at: datetime | None
    payment_id: UUID | None
    policy_id: UUID | None
    created_at: datetime
    valid_until: datetime
    insured_object: tuple[ObjectLine, ...] = ()


@dataclass(frozen=True, slots=True)
class SignatureView:
    """The drawn signature: strokes of points {x, y in 1/10,000 of the pad, t in ms}, bound to a document."""

    proposal_id: UUID
    document_digest: str
    strokes: tuple[tuple[Mapping[str, int], ...], ...]
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class PaymentPlan:
    """What `start_paying` locked: the amount due now and who takes it."""

    proposal_id: UUID
    shard_key: int
    account_id: UUID
    insurer_code: str
    insurer_name: Text
    product_name: Text
    amount_fen: int
    instalment: Instalment
    due_later: tuple[Due, ...]
    payment_id: UUID | None
    version_id: str
    person_id: UUID
    family_size: int
    """How many insured together this price was made for; 1 but for a family's price."""


@dataclass(frozen=True, slots=True)
class PolicyView:
    """A policy as of now. `state` is cooling_off, in_force, not_started, suspended, lapsed, cancelled or ended.

    `account_id` is the policyholder: a customer, or the partner itself for bulk business (`partner_id` set).
    `paid_fen` is what the customer has paid so far, `total_fen` what all instalments add up to. `lapsed_on` is the
    first day without cover after the contract ended for an unpaid premium.
    """

    id: UUID
    number: str
    shard_key: int
    account_id: UUID
    person_id: UUID | None
    product_code: str
    version_id: str
    insured_name: str
    insured_birth: date | None
    insured_sex: str
    insured_relation: str
    identity_masked: str
    start: date
    end: date
    state: str
    premium_fen: int
    paid_fen: int
    loading_bp: int
    special_exclusions: tuple[Text, ...]
    beneficiaries: tuple[Beneficiary, ...]
    inputs: Mapping[str, str]
    sum_insured_fen: int
    sum_insured: Text
    instalment: str
    dues: tuple[Due, ...]
    issued_at: datetime
    cooling_off_ends: date | None
    waiting_ends: date | None
    cancelled_at: datetime | None
    refund_fen: int | None
    refunded_at: datetime | None
    payment_id: UUID | None
    proposal_id: UUID | None
    document_digest: str | None
    partner_id: UUID | None
    partner_reference: str | None
    insured_object: tuple[ObjectLine, ...] = ()
    total_fen: int = 0
    lapsed_on: date | None = None
    receipts: tuple[Receipt, ...] = ()
    suspensions: tuple[NoCover, ...] = ()
    endorsements: tuple[EndorsementView, ...] = ()
    """Every change of the contract, oldest first. `inputs`, sums and premium above are those of today."""

    @property
    def endorsed_fen(self) -> int:
        """What endorsements have given back of `paid_fen`."""
        return sum(one.refund_fen for one in self.endorsements)

    @property
    def last_day(self) -> date:
        return date.fromordinal(self.end.toordinal() - 1)

    @property
    def first_fen(self) -> int:
        """What the sale itself took."""
        return self.paid_fen - sum(receipt.amount_fen for receipt in self.receipts)

    @property
    def unpaid(self) -> tuple[tuple[int, Due], ...]:
        """Number (the first is 1) and terms of each instalment that has not come in."""
        received = {receipt.number for receipt in self.receipts}
        return tuple((n, due) for n, due in enumerate(self.dues, start=2) if n not in received)

    @property
    def suspended_since(self) -> date | None:
        """First day of the time without cover that has not ended."""
        return next((time.since for time in self.suspensions if time.until is None), None)

    def without_cover_on(self, day: date) -> bool:
        """Whether cover was off for an unpaid premium. The day of reinstatement counts: cover begins at an hour of
        it, and a date alone does not say which came first."""
        if self.lapsed_on is not None and day >= self.lapsed_on:
            return True
        return any(time.since <= day and (time.until is None or day <= time.until) for time in self.suspensions)


@dataclass(frozen=True, slots=True)
class LeavingView:
    """What leaving today gives back (SERV-2, SERV-3). `cooling_off_until` is a last day."""

    allowed: bool
    refund_fen: int
    rule: Text
    clause: str
    cooling_off_until: date | None


@dataclass(frozen=True, slots=True)
class IssuedView:
    """`already`: the policy stood before this call; whoever books or proves it must not do so again."""

    policy: PolicyView
    already: bool
    quote_id: UUID


@dataclass(frozen=True, slots=True)
class CancelledView:
    policy: PolicyView
    refund_fen: int
    cancelled_at: datetime
    already: bool


@dataclass(frozen=True, slots=True)
class BulkIssue:
    """One policy of a bulk order; the partner is its policyholder. `facts` are whatever else the partner sent: they
    go into the digest that tells a repeat from a reuse of the reference with other content."""

    partner_id: UUID
    reference: str
    version_id: str
    product_code: str
    start: date
    end: date
    premium_fen: int
    inputs: Mapping[str, str]
    sum_insured_fen: int
    waiting_ends: date | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BulkResult:
    """`outcome` is new, same (issued before with the same content) or other (the reference is taken by other
    content; `policy_id` and `number` are those of the earlier policy)."""

    reference: str
    outcome: str
    policy_id: UUID
    number: str
    shard_key: int


@dataclass(frozen=True, slots=True)
class PolicyPage:
    items: Sequence[PolicyView]
    total: int
    page: int
    size: int


@dataclass(frozen=True, slots=True)
class EarnedView:
    """All policies of a product version on a day: written (received less given back) = earned + unearned, in fen."""

    version_id: str
    policies: int
    written_fen: int
    earned_fen: int
    unearned_fen: int
