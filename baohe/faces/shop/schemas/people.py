"""Sign-in and family."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from baohe.faces.shop.schemas.basis import Text


class CodeRequest(Schema):
    phone: str = Field(description="11-digit mainland mobile number", max_length=20)


class CodeSent(Schema):
    resend_after_seconds: int
    expires_in_seconds: int
    demo_inbox: str | None = Field(description="where the demo shows the message; null outside the demo")


class CodeCheck(Schema):
    phone: str = Field(max_length=20)
    code: str = Field(max_length=12)


class AccountOut(Schema):
    id: str
    display_name: str
    phone_masked: str
    language: str


class Session(Schema):
    signed_in: bool
    account: AccountOut | None
    csrf_token: str
    demo: bool


class DemoMessage(Schema):
    to: str
    at: datetime
    body: Text


class IdentityCheckRequest(Schema):
    number: str = Field(max_length=30)


class IdentityCheck(Schema):
    valid: bool
    birth: date | None = None
    sex: str | None = Field(default=None, description="male | female")
    region: Text | None = None
    problem: Text | None = None


class PersonIn(Schema):
    name: str = Field(min_length=1, max_length=40)
    relation: str = Field(description="self | spouse | child | parent | other")
    identity_number: str = Field(max_length=30)
    phone: str | None = Field(default=None, max_length=20)
    social_insurance: bool
    occupation_code: str | None = Field(default=None, max_length=6)
    guardian_consent: bool = Field(default=False, description="needed for a person under 14 (DATA-1)")


class Person(Schema):
    id: str
    name: str
    relation: str
    identity_masked: str
    birth: date
    age: int
    sex: str
    social_insurance: bool
    occupation_code: str | None
    region: Text


class Occupation(Schema):
    code: str
    name: Text
    risk_class: int = Field(description="1–6, 9 = declined")


class HomeCover(Schema):
    person: Person
    cover: dict[str, str] = Field(description="medical/critical/accident/life → held | none | not_for_age")


class NextItem(Schema):
    kind: str
    icon: str
    title: Text
    detail: Text
    amount_fen: int | None = None
    link: str
    waits_for_you: bool


class Suggestion(Schema):
    code: str
    title: Text
    ground: Text
    not_used: Text
    product: str


class Home(Schema):
    family: list[HomeCover]
    policies_in_force: int
    next: list[NextItem]
    suggestion: Suggestion | None
    personal: bool = Field(default=False, description="whether personal advice is allowed (DATA-3)")
