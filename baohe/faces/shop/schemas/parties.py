"""The insured's consent, changes of beneficiaries, and who the customer is."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from baohe.faces.shop.schemas.basis import Text
from baohe.faces.shop.schemas.sale import Beneficiary, BeneficiaryIn, StrokePoint

_TOKEN = Field(min_length=20, max_length=100, pattern=r"^[A-Za-z0-9_-]+$")


class ConsentLink(Schema):
    state: str = Field(description="waiting | agreed | refused | void | expired")
    phone_masked: str
    sent_at: datetime
    expires_at: datetime
    resend_after: datetime
    decided_at: datetime | None


class InsuredConsent(Schema):
    """For the policyholder: what the insured is asked, and how far it is."""

    insured_name: str
    product_name: Text
    lines: list[Text]
    consented_at: datetime | None
    link: ConsentLink | None = Field(description="null while none was sent about the terms as they are now")


class ConsentLinkIn(Schema):
    phone: str = Field(max_length=20, description="the insured's own mobile number")
    insured_decides: bool = Field(default=False, description="the insured can decide for themselves (SALE-11)")


class ChangeLinkIn(Schema):
    phone: str = Field(max_length=20, description="the insured's own mobile number")


class LinkToken(Schema):
    token: str = _TOKEN


class LinkCode(Schema):
    token: str = _TOKEN
    code: str = Field(max_length=12)


class LinkAnswer(Schema):
    token: str = _TOKEN
    terms: str = Field(max_length=64, description="digest of the terms that were shown")
    agreed: bool
    strokes: list[list[StrokePoint]] = Field(default=[], max_length=200, description="drawn signature, if any")


class LinkState(Schema):
    """Before the telephone is proven: nothing of the people."""

    phone_masked: str
    expires_at: datetime
    proven: bool = Field(description="this browser has proven the telephone and may see the terms")
    demo_phone: str | None = Field(default=None, description="the telephone, in the demo alone")


class LinkTerms(Schema):
    subject: str = Field(description="proposal | beneficiaries")
    holder_name: str
    insured_name: str
    product_name: Text
    insurer_name: Text
    sum_fen: int
    lines: list[Text]
    terms: str
    state: str = Field(description="waiting | agreed | refused")


class BeneficiaryChange(Schema):
    number: int
    state: str = Field(description="waiting | effective | refused | void")
    consent_by: str = Field(description="self | guardian | insured")
    beneficiaries: list[Beneficiary]
    asked_at: datetime
    ended_at: datetime | None
    digest: str


class BeneficiaryHistory(Schema):
    """`now` holds; `waiting` is the change that the insured has not answered, with its newest link."""

    policy_number: str
    insured_name: str
    insured_id: str | None
    product_name: Text
    now: list[Beneficiary]
    may_change: bool
    why_not: Text | None
    asks_insured: bool
    waiting: BeneficiaryChange | None
    link: ConsentLink | None
    changes: list[BeneficiaryChange]


class BeneficiaryChangeIn(Schema):
    beneficiaries: list[BeneficiaryIn] = Field(max_length=10, description="empty = statutory heirs")


class CardField(Schema):
    code: str
    value: str
    confidence: int = Field(description="0–100")
    doubtful: bool
    box: list[int] = Field(description="x, y, width, height in 1/10,000 of the picture; empty when not found")


class Card(Schema):
    side: str
    fields: list[CardField]


class IdentificationState(Schema):
    level: int = Field(description="1–3")
    steps: list[str] = Field(description="copy | liveness | funds: what this premium asks for")
    missing: list[str]
    person_asked_at: datetime | None
    liveness_open: bool
    biometric_allowed: bool
    biometric_text: Text
    reviewed: bool = Field(description="staff are checking the application")


class BiometricIn(Schema):
    allowed: bool


class FundsIn(Schema):
    purpose: str = Field(max_length=20, description="protection | saving | education | retirement | gift | other")
    source: str = Field(max_length=20, description="salary | business | savings | property | investment | gift | other")
    note: str = Field(default="", max_length=200)


class LivenessPage(Schema):
    page: str


class StepDone(Schema):
    kind: str
    at: datetime
    kept_until: date
