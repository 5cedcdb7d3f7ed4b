"""Claims as the claimant sees them (SERV-5, SERV-7)."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from baohe.faces.shop.schemas.basis import Choice, Reason, Text, TimelineEntry
from baohe.faces.shop.schemas.catalog import Carrier


class ClaimIn(Schema):
    policy_id: str
    sentence: str = Field(min_length=2, max_length=500)
    happened_on: date
    event: str = Field(description="accident_outpatient | hospital | death | other")
    another: bool = Field(default=False, description="another event than the open claim that was shown")
    talk_revision: int = Field(default=0, ge=0, description="of the kept conversation that ends with it; 0 = none")


class ToldIn(Schema):
    sentence: str = Field(min_length=2, max_length=500)
    person_id: str = Field(default="", description="chosen by hand; empty = to be understood")
    policy_id: str = ""
    event: str = Field(default="", max_length=40)
    happened_on: date | None = None


class Understood(Schema):
    value: str = Field(description="empty = choose from options")
    label: Text
    reason: Text
    sure: bool
    options: list[Choice]


class Already(Schema):
    id: str
    number: str
    title: str
    happened_on: date
    state: str


class Understanding(Schema):
    member: Understood
    policy: Understood
    event: Understood
    day: Understood
    amount_fen: int | None
    currency: str = Field(description="ISO 4217 of what was said")
    to_person: list[Reason] = Field(description="why a person will look; empty = a clean claim is paid at once")
    already: list[Already] = Field(description="claims of the same event within two days")
    ask: str = Field(description="member | policy | event | day | empty = all understood")


class CoverLeft(Schema):
    label: Text
    kind: str = Field(description="limit | deductible")
    per: str = Field(description="year | contract")
    clause: str
    limit_fen: int
    used_fen: int
    left_fen: int
    period_start: date
    last_day: date
    shared: bool = Field(description="borne once by the family bought together")


class ReadField(Schema):
    code: str = Field(
        description="patient | date | hospital | total | social_paid | self_paid | recovered | number, and where the "
        "event counts them bed | drug | exam | nursing | days"
    )
    name: Text
    value: str
    kind: str = Field(description="text | date | money | days")
    confidence: int = Field(ge=0, le=100)
    doubtful: bool
    suggestions: list[str] = []
    box: list[int] = Field(default=[], description="x, y, width, height on the picture, in 1/10,000 of its sides")
    corrected: bool = False


class Paper(Schema):
    id: str
    kind: str = Field(description="invoice | bill | record | identity | relation")
    state: str = Field(description="reading | read | unreadable")
    picture_url: str
    fields: list[ReadField]
    seems: Text | None = Field(default=None, description="that it looks like another paper than was asked for")


class NeededPaper(Schema):
    kind: str
    title: Text
    detail: Text
    state: str = Field(description="missing | reading | to_confirm | ready | on_file")
    sample: str = Field(
        description="how to photograph it: medical_invoice | vat_invoice | receipt | repair_bill | hospital_summary | "
        "accident_certificate | death_certificate | identity | bank_card | relation | proof"
    )


class CalculationLine(Schema):
    op: str = Field(description="start | minus | times | cap | total | subtotal")
    label: Text
    detail: Text | None = None
    amount_fen: int | None = None
    percent_bp: int | None = None
    clause: str = ""
    paper_field: str | None = None


class Handler(Schema):
    name: str
    role: Text
    reply_by: datetime | None


class Payee(Schema):
    """Of a claim that was opened by a link: its claimant has no account with us, and is paid to a bank account."""

    holder: str = Field(description="the insured; the account must be in this name")
    bank: str = Field(description="empty = none was given yet")
    last_four: str
    may_change: bool


class PayeeIn(Schema):
    bank: str = Field(min_length=2, max_length=80)
    number: str = Field(min_length=8, max_length=40, description="digits; spaces are forgiven")


class ClaimShare(Schema):
    """What one beneficiary has of a death benefit."""

    id: str
    name: str
    percent: int
    amount_fen: int
    state: str = Field(description="waiting_guardian | waiting_account | paying | paid")
    minor: bool
    guardian: str = Field(description="who acted for a minor; empty before")
    you_are_guardian: bool = Field(description="as a parent you may act for this minor")
    last_four: str
    bank: str
    failed_before: bool = Field(description="an account could not be paid; give another")
    paid_at: datetime | None


class ShareAccountIn(Schema):
    bank: str = Field(min_length=1, max_length=80)
    holder: str = Field(
        min_length=1, max_length=80, description="the beneficiary's own name; of a minor the guardian's"
    )
    number: str = Field(min_length=8, max_length=40)
    as_guardian: bool = Field(default=False, description="a parent agrees to `guardian_says` for a minor")


class Claim(Schema):
    id: str
    number: str
    policy_id: str
    policy_number: str
    product_name: Text
    insured_name: str
    sentence: str
    event: str
    happened_on: date
    state: str = Field(description="draft | with_person | to_pay | paying | paid | refused_by_person | withdrawn")
    needed: list[NeededPaper]
    papers: list[Paper]
    decision_reasons: list[Reason]
    decided_by: Text | None
    calculation: list[CalculationLine]
    amount_fen: int | None
    paid_at: datetime | None
    payout_account: str | None
    seconds_to_pay: int | None
    timeline: list[TimelineEntry]
    handler: Handler | None
    next: Text
    clause_version: str
    carriers: list[Carrier] = Field(default=[], description="who bears it together, the lead first; the payout is one")
    reopen_until: date | None = Field(
        default=None, description="the last day to take a withdrawn or refused claim up again; null = not, or no more"
    )
    payee: Payee | None = Field(default=None, description="null = paid to the wallet of the account")
    insurer_phone: str = Field(description="where a person of the insurer answers")
    complaint_phone: str
    unread_messages: int = Field(default=0, description="written by the handlers and not read yet")
    shares: list[ClaimShare] = Field(default=[], description="of an agreed death benefit; each is paid apart")
    heirs_unknown: bool = Field(default=False, description="nobody is named: a handler finds the statutory heirs")
    guardian_says: Text | None = Field(default=None, description="what a guardian agrees to; null where nobody has to")


class FieldCorrection(Schema):
    values: dict[str, str]


class ClaimEvents(Schema):
    events: list[Choice]


class CoverLeftList(Schema):
    items: list[CoverLeft]


class CallIn(Schema):
    reason: str = Field(description="no_policy | no_fit | talk")
    sentence: str = Field(default="", max_length=500, description="what was typed so far; may be empty")


class CallAsked(Schema):
    asked_at: datetime
    answer_by: datetime = Field(description="until then somebody calls the number of the account")


class CallState(Schema):
    waiting: CallAsked | None


class MessageIn(Schema):
    text: str = Field(min_length=1, max_length=500)


class SeenIn(Schema):
    number: int = Field(ge=0, le=1_000_000, description="of the last message that was shown")


class ClaimMessage(Schema):
    number: int
    mine: bool
    name: str = Field(description="the handler's; empty for one's own")
    text: str
    masked: bool = Field(description="a number of an identity card or bank card was taken out")
    at: datetime
    unread: bool


class ClaimMessages(Schema):
    items: list[ClaimMessage] = Field(description="at most 50, the newest last")
    earlier: int | None = Field(description="ask again with before = this number; null = nothing lies before")
    unread: int
    last: int = Field(description="the number of the newest of all; 0 = none yet")
    answer_by: datetime | None = Field(description="until then a handler answers what waits; null = nothing waits")


class Turn(Schema):
    mine: bool
    key: str = Field(default="", max_length=40, description="of the app's texts; empty = written in zh and en")
    part: str = Field(default="", max_length=10)
    zh: str = Field(default="", max_length=500)
    en: str = Field(default="", max_length=500)


class Talk(Schema):
    sentence: str = Field(default="", max_length=500, description="everything said so far")
    typed: str = Field(default="", max_length=500, description="what stands unsent in the box")
    person_id: str = Field(default="", max_length=36)
    policy_id: str = Field(default="", max_length=36)
    event: str = Field(default="", max_length=40)
    happened_on: date | None = None
    another: bool = False
    with_person: bool = False
    correcting: str = Field(default="", max_length=10)
    turns: list[Turn] = Field(default=[], max_length=80)


class TalkIn(Schema):
    revision: int = Field(ge=0, description="the one this device read; 0 = nothing was kept")
    talk: Talk | None = Field(description="null = start over")


class KeptTalk(Schema):
    revision: int
    talk: Talk | None
    expires_at: datetime | None
