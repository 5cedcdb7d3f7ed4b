"""Policies, documents and leaving."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from baohe.faces.shop.schemas.basis import Text, TimelineEntry
from baohe.faces.shop.schemas.catalog import Carrier, Coverage
from baohe.faces.shop.schemas.sale import Adviser, Beneficiary, InsuredFieldValue


class PolicyCard(Schema):
    id: str
    number: str
    product: str
    product_name: Text
    line: str
    insurer_name: Text
    insured_name: str
    start: date
    last_day: date
    state: str = Field(description="cooling_off | in_force | not_started | suspended | lapsed | cancelled | ended")
    premium_fen: int


class DocumentState(Schema):
    state: str = Field(description="preparing | ready")
    url: str | None
    sha256: str | None
    verify_url: str | None
    profile: str | None = Field(description="ecdsa | rsa | sm2: how the insurer signed it; null while preparing")


class EvidenceState(Schema):
    leaf_index: int | None = Field(description="null until the log has taken it in (about a second)")
    tree_size: int | None
    verify_url: str


class PaymentLine(Schema):
    on: date
    amount_fen: int
    kind: str = Field(description="paid | due | refunded | refunding | returned | returning (for a lower sum insured)")
    channel: Text


class Leaving(Schema):
    allowed: bool
    refund_fen: int
    rule: Text
    clause: str
    cooling_off_until: date | None = Field(description="last day of the cooling-off period")


class Endorsement(Schema):
    """A change of the contract: recorded at one time, valid from another (00:00 in Shanghai)."""

    number: int
    recorded_at: datetime
    valid_from: date
    before: Text
    after: Text
    refund_fen: int
    refunded: bool
    document_url: str | None = Field(description="the signed endorsement; null for the seconds until it is printed")


class PolicyPaper(Schema):
    """One paper of the policy."""

    kind: str = Field(
        description="policy | endorsement | proposal | health_declaration | own_choice | receipt | refund"
    )
    number: int | None = Field(description="of an endorsement or a receipt")
    on: date
    state: str = Field(
        description="signed (by the insurer) | shown (signed by the customer) | on_opening (signed when it is opened "
        "first) | preparing"
    )
    size: int | None = Field(description="bytes; null until the file is made")
    url: str | None = Field(description="null while it is prepared")
    verify_url: str | None


class CalculationStep(Schema):
    label: Text
    amount_fen: int


class LowerSum(Schema):
    value: str
    sum_insured: Text
    refund_fen: int
    valid_from: date
    lines: list[CalculationStep]


class LowerSums(Schema):
    """What the sum insured may be lowered to today; without choices, `reason` says why."""

    sum_insured: Text
    reason: Text | None = None
    choices: list[LowerSum]


class LowerSumIn(Schema):
    value: str = Field(max_length=40, description="a `value` of the choices")
    refund_fen: int = Field(ge=0, le=10**12, description="the amount the customer saw; another today is a conflict")


class PolicyDetail(PolicyCard):
    version: str
    deduction_agreed: bool = Field(default=False, description="later instalments may be deducted; false once stopped")
    beneficiaries: list[Beneficiary]
    sum_insured: Text
    insured_object: list[InsuredFieldValue] = []
    covers_death: bool = True
    carriers: list[Carrier] = []
    coverages: list[Coverage]
    special_exclusions: list[Text]
    payments: list[PaymentLine]
    timeline: list[TimelineEntry]
    leaving: Leaving
    document: DocumentState
    evidence: EvidenceState
    exclusion_count: int
    claims: list[ClaimBrief]
    endorsements: list[Endorsement] = []
    may_lower: bool = Field(default=False, description="there is a lower sum insured in the filing")
    adviser: Adviser | None = None
    call_back: str | None = Field(default=None, description="state of the call-back that waits; null: none waits")
    call_back_until: date | None = Field(default=None, description="last day on which everything comes back")


class ClaimBrief(Schema):
    id: str
    number: str
    state: str
    happened_on: date
    title: str
    event: str = Field(default="", description="code of the event, as in Claim")


class CancellationIn(Schema):
    refund_fen: int = Field(description="the amount the customer saw; another amount today is a conflict")
    reason: str = Field(default="", max_length=200)


class Cancellation(Schema):
    policy_id: str
    refund_fen: int
    state: str = Field(description="refunding | refunded")
    cancelled_at: datetime


class Verdict(Schema):
    """What anyone may know of a policy document; no personal data beyond what the checker already holds."""

    genuine: bool
    what: Text
    policy_number: str | None = None
    insurer: Text | None = None
    product: Text | None = None
    insured_masked: str | None = None
    start: date | None = None
    last_day: date | None = None
    state: str | None = None
    sha256: str | None = None
    signed_by: str | None = None
    signed_at: datetime | None = None
    leaf_index: int | None = None
    tree_size: int | None = None
    root_hash: str | None = None
    proof: list[str] = []
    checkpoint: str | None = None
