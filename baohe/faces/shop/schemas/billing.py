"""The pay plan of a policy: instalments, deductions, suspension and reinstatement."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from baohe.faces.shop.schemas.basis import Text


class PlanItem(Schema):
    number: int
    on: date
    amount_fen: int
    state: str = Field(description="paid | planned | due | charging | checking | owed | dropped")
    paid_on: date | None = None
    channel: Text | None = None
    grace_until: date | None = Field(default=None, description="last day of cover without it, while it is due")
    reason: Text | None = Field(default=None, description="why the last deduction failed")


class NextPremium(Schema):
    number: int
    on: date
    amount_fen: int
    by: str = Field(description="deduction | hand: what happens on that day without the customer")
    payable: bool = Field(description="whether it can be paid by hand now")


class BoundAccount(Schema):
    id: str
    state: str = Field(description="waiting | active | ended")
    bank: str
    account_masked: str
    signed_at: datetime | None


class ReinstatementState(Schema):
    state: str = Field(description="asked | allowed | declined | done | closed")
    asked_at: datetime
    answer_by: datetime
    note: str
    decided_by: str
    allowed_until: date | None


class Suspended(Schema):
    since: date
    reinstate_until: date
    owed_fen: int
    ask: bool = Field(description="whether a request can be made now")
    pay: bool = Field(description="whether paying what is owed restores the cover now")
    request: ReinstatementState | None


class PayPlan(Schema):
    policy_id: str
    product_name: Text
    insured_name: str
    policy_state: str
    items: list[PlanItem]
    next: NextPremium | None
    consent: bool = Field(description="the customer allows the later deductions (SALE-3)")
    account: BoundAccount | None
    grace_days: int
    announce_days: int = Field(description="how many days before a deduction it is announced")
    suspended: Suspended | None


class ReinstatementIn(Schema):
    health_unchanged: bool
    statement: str = Field(default="", max_length=400)
    health_consent: bool = Field(description="agrees that the insurer reads what is said here of their health")


class AgreementStarted(Schema):
    url: str = Field(description="the bank's page where the agreement is signed")
