"""From quote to payment."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from baohe.faces.shop.schemas.basis import Choice, Reason, Text
from baohe.faces.shop.schemas.catalog import Carrier, Instalment, Price

SHA256 = r"^[0-9a-f]{64}$"
_Word = Annotated[str, Field(max_length=60)]
Answers = Annotated[dict[_Word, _Word], Field(max_length=200)]
"""Question id → the value of the chosen answer, or the digits of a number."""


class QuoteRequest(Schema):
    product: str
    person_id: str = Field(description="the insured; age, sex and 社保 status come from the person, not the inputs")
    inputs: dict[str, str] = {}


class Quote(Schema):
    id: str
    product: str
    version: str
    person_id: str
    price: Price
    valid_until: datetime
    signature: str = Field(description="binds price, version, inputs and disclosures")


class QuestionItem(Schema):
    title: Text
    detail: Text | None = None
    term: Text | None = Field(default=None, description="what a doctor's paper calls it")


class NumberAnswer(Schema):
    low: int
    high: int
    unit: Text


class Question(Schema):
    id: str
    title: Text
    items: list[QuestionItem]
    why: Text
    answers: list[Choice]
    asked_when: dict[str, list[str]] = Field(default={}, description="other question id → answers that open this one")
    term: Text | None = None
    number: NumberAnswer | None = Field(default=None, description="answered with a whole number instead of a choice")


class Questionnaire(Schema):
    product: str
    version: str
    questions: list[Question]
    health_consent_needed: bool = Field(default=True, description="false: no question is about health")


class DeclarationIn(Schema):
    quote_id: str
    answers: Answers
    health_consent: bool = Field(description="separate consent for health data (DATA-1); never pre-ticked")
    draft_revision: int | None = Field(
        default=None, ge=0, le=2_000_000_000, description="the saved answers this device saw; the first device wins"
    )


class KeptAnswersIn(Schema):
    answers: Answers
    revision: int = Field(ge=0, le=2_000_000_000, description="the revision this device read; 0 = none was kept")
    health_consent: bool = Field(description="separate consent for health data (DATA-1); never pre-ticked")


class KeptAnswers(Schema):
    """Answers on their way, kept sealed until `expires_at`; any device of the account goes on from here."""

    answers: dict[str, str]
    revision: int
    expires_at: datetime | None
    declaration_id: str | None = Field(description="what they became on another device")
    expired: bool


class Referral(Schema):
    handler: str
    reply_by: datetime
    note: Text


class Declaration(Schema):
    id: str
    quote_id: str
    outcome: str = Field(
        description="accept | load | exclude | postpone | refer | declined_by_person | offer_declined | offer_expired"
    )
    reasons: list[Reason]
    loading_bp: int
    exclusions: list[Text]
    premium_fen: int
    instalments: list[Instalment]
    referral: Referral | None
    postponed_until: date | None = Field(default=None, description="the first day to ask again")
    insured_object: list[InsuredFieldIn] = Field(default=[], description="what to ask about the thing insured")
    covers_death: bool = Field(default=True, description="false: nobody can be named as beneficiary")
    referral_state: str = Field(default="", description="state of its referral; empty without one")
    may_review: bool = Field(default=False, description="a person can be asked to look again (DATA-3)")


class BeneficiaryIn(Schema):
    person_id: str
    rank: int = Field(default=1, ge=1, le=3)
    share_percent: int | None = Field(default=None, ge=1, le=100, description="null for all of an order: equal")


class InsuredFieldIn(Schema):
    """A field that says which thing is insured, as the details page asks for it."""

    code: str
    name: Text
    pattern: str
    example: str


class InsuredFieldValue(Schema):
    code: str
    name: Text
    value: str


class ProposalIn(Schema):
    declaration_id: str
    beneficiaries: list[BeneficiaryIn] = Field(default=[], max_length=10, description="empty = statutory heirs")
    start: date | None = Field(default=None, description="first covered day; default tomorrow")
    instalment: str = Field(default="single", description="code of the instalment plan")
    insured_object: dict[str, str] = Field(
        default={}, max_length=10, description="code → answer, for every field that the declaration's product asks"
    )
    adviser: str = Field(default="", max_length=20, description="code of the registered person who sells it, if any")


class Adviser(Schema):
    code: str
    kind: str = Field(description="agent | broker | adviser")
    name: str
    registration_number: str = Field(description="number of the registration to practise, as anyone may check it")


class Beneficiary(Schema):
    person_id: str
    name: str
    relation: str
    rank: int
    share_percent: int


class InstalmentIn(Schema):
    instalment: str = Field(description="code of the instalment plan")


class PaperState(Schema):
    code: str = Field(description="clauses | exclusions | insured_consent | deduction")
    title: Text
    digest: str
    confirmed_at: datetime | None
    needed: bool
    text: list[Text] = Field(default=[], description="the text to show, line by line; the digest is over it")


class Need(Schema):
    """A step that this proposal needs besides its pages."""

    code: str
    title: Text
    detail: Text
    done: bool
    before: str = Field(description="sign | pay: what it holds up")
    path: str = Field(description="the app's page where it is done")


class Proposal(Schema):
    id: str
    product: str
    version: str
    product_name: Text
    insurer_name: Text
    insured_id: str
    insured_name: str
    beneficiaries: list[Beneficiary]
    start: date
    end: date
    last_day: date
    waiting_ends: date | None
    cooling_off_ends: date | None
    premium_fen: int
    sum_insured: Text
    instalment: Instalment
    instalments: list[Instalment]
    due_today_fen: int
    due_later: list[Due]
    state: str = Field(description="draft | signed | paying | issued | expired")
    papers: list[PaperState]
    signed_at: datetime | None
    policy_id: str | None
    payment_id: str | None = Field(default=None, description="the payment that is open or done")
    valid_until: datetime | None = Field(default=None, description="until when it can be paid")
    insured_object: list[InsuredFieldValue] = []
    covers_death: bool = True
    adviser: Adviser | None = Field(default=None, description="who sells it; named before the signature")
    carriers: list[Carrier] = []
    needs: list[Need] = Field(default=[], description="steps besides the pages, in the order in which they are done")
    offer_large_type: bool = Field(
        default=False, description="offer the large-type mode: policyholder from 60 (SALE-8)"
    )
    declaration_url: str | None = Field(
        default=None, description="the health declaration as a PDF; null where nothing was asked"
    )
    in_basket: bool = Field(default=False, description="its quote lies in the basket, where it is paid with others")


class Due(Schema):
    on: date
    amount_fen: int


class Confirmation(Schema):
    code: str
    digest: str
    agreed: bool


class SignatureDocument(Schema):
    digest: str = Field(description="of what the paper says; printed on every page")
    sha256: str = Field(description="of the file's bytes as shown now: what code and signature are bound to")
    url: str
    lines: list[Text] = Field(description="what is being signed, in words")
    consent: Text = Field(description="the words to show beside the button")
    consent_sha256: str
    phone_masked: str = Field(description="the telephone that the code goes to")


class SigningCodeIn(Schema):
    document_sha256: str = Field(pattern=SHA256)


class SigningCode(Schema):
    code_id: str
    resend_after_seconds: int
    expires_in_seconds: int


class StrokePoint(Schema):
    x: int = Field(ge=0, le=10_000)
    y: int = Field(ge=0, le=10_000)
    t: int = Field(ge=0, le=3_600_000, description="milliseconds since the first touch")


class DeviceIn(Schema):
    """A key that was made in this browser and cannot leave it (WebCrypto, ECDSA P-256)."""

    key: str = Field(max_length=300, description="SubjectPublicKeyInfo in base64")
    signature: str = Field(
        max_length=100,
        description="base64 of r and s over the lines `baohe signature v1`, `document <sha256>`, `strokes <sha256>`, "
        "`consent <sha256>`, `code <code_id>`, each ended by LF; the strokes' digest is of a line a stroke, "
        "its points `x,y,t` with blanks between",
    )


class SignatureIn(Schema):
    document_sha256: str = Field(pattern=SHA256)
    strokes: list[Annotated[list[StrokePoint], Field(max_length=4_000)]] = Field(max_length=200)
    consent_sha256: str = Field(pattern=SHA256)
    code_id: str = Field(max_length=36)
    code: str = Field(max_length=12)
    device: DeviceIn


PayWith = Literal["wallet", "transfer"]


class PaymentIn(Schema):
    instalment: str
    deduction_agreed: bool = Field(default=False, description="needed when later instalments are deducted (SALE-3)")
    provider: PayWith = Field(default="wallet", description="the wallet's cashier, or a transfer from a bank account")


class PaymentStarted(Schema):
    payment_id: str
    provider: str = Field(description="wallet | transfer")
    amount_fen: int
    cashier_url: str


class PaymentState(Schema):
    id: str
    state: str = Field(description="checking | paid | closed; never 'failed' while the truth is unknown")
    amount_fen: int
    provider: str = Field(default="wallet", description="wallet | transfer | deduction: who takes the money")
    policy_id: str | None
    proposal_id: str
    cashier_url: str | None
    note: Text | None = Field(default=None, description="what a closed payment means for the customer's money")
    basket: bool = Field(default=False, description="one payment for several covers; proposal_id is then empty")
    policies: list[PaidPolicy] = Field(default=[], description="every policy that this payment bought")
    plan_of: str = Field(default="", description="the policy whose later premium this pays; empty for a sale")


class PaidPolicy(Schema):
    id: str
    product_name: Text
    insured_name: str
    paid_fen: int
    later: int = Field(default=0, description="how many premiums are still to come")
