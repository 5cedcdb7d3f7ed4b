"""The contract as of a day, and its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baohe.kernel.decisions import Text
from baohe.rooms.policies.contracts.endorsement import EndorsementView
from baohe.rooms.policies.contracts.parties import Beneficiary, BeneficiaryChangeView, ObjectLine
from baohe.rooms.policies.contracts.premium import Due, NoCover, Receipt


@dataclass(frozen=True, slots=True)
class EndorsedView:
    """The policy after it; `endorsement` is its last one."""

    policy: PolicyView
    endorsement: EndorsementView


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
    ended_by_claim_on: date | None = None
    """First day without the contract after a claim was paid that ends it."""
    receipts: tuple[Receipt, ...] = ()
    suspensions: tuple[NoCover, ...] = ()
    beneficiary_changes: tuple[BeneficiaryChangeView, ...] = ()
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
        if any(end is not None and day >= end for end in (self.lapsed_on, self.ended_by_claim_on)):
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
class PolicyPage:
    items: Sequence[PolicyView]
    total: int
    page: int
    size: int
