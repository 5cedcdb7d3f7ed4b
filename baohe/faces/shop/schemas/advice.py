"""Needs check, recommendations beside a product, and what the customer allowed for them."""

from __future__ import annotations

from ninja import Schema
from pydantic import Field

from baohe.faces.shop.schemas.basis import Reason, Text
from baohe.faces.shop.schemas.catalog import ProductCard


class AdviceChoice(Schema):
    code: str = Field(description="personal | browsing | health")
    allowed: bool
    wording: Text = Field(description="what exactly is allowed; the consent names the digest of this text")


class AdviceSettings(Schema):
    choices: list[AdviceChoice]
    looked: int = Field(description="products remembered as looked at")


class AdviceChoiceIn(Schema):
    code: str = Field(max_length=10, description="personal | browsing | health")
    allowed: bool


class LookIn(Schema):
    product: str = Field(max_length=40)


class AdviceMember(Schema):
    """A person a visitor types; signed in, the family of the account is used."""

    relation: str = Field(max_length=10, description="self | spouse | child | parent | other")
    age: int = Field(ge=0, le=105)
    sex: str = Field(default="female", max_length=6, description="male | female")
    social_insurance: bool = True


class AdviceAnswers(Schema):
    income: str = Field(default="", max_length=10, description="under_10 | 10_30 | 30_60 | over_60, in 10,000 a year")
    debts: str = Field(default="", max_length=10, description="none | some | much")
    dependants: bool = False
    car: bool = False
    home: bool = False
    pet: bool = False
    travel: bool = False
    ride: bool = False
    shopping: bool = False
    risk: str = Field(default="balanced", max_length=10, description="careful | balanced | bold")
    health: str = Field(default="", max_length=10, description="good | chronic; used under its own consent only")


class AdviceRequest(Schema):
    answers: AdviceAnswers = AdviceAnswers()
    members: list[AdviceMember] = Field(default=[], max_length=12, description="for visitors")
    personal: bool = Field(default=False, description="a visitor's own switch; an account's switch is its consent")


class AdviceFit(Schema):
    product: ProductCard
    premium_fen: int | None = Field(description="for this person and one period; null in the general view")
    period: str = Field(description="year | order")
    more_fen: int | None = Field(description="how much more than the price shown in lists")
    reasons: list[Reason]


class AdviceNeed(Schema):
    code: str
    person_id: str = Field(description="empty: the household, or everybody")
    state: str = Field(description="gap | held | later | general")
    title: Text
    reasons: list[Reason]
    fits: list[AdviceFit]


class AdviceDuplicate(Schema):
    """SALE-7: several policies reimburse the same costs."""

    person_id: str
    line: str
    products: list[Text]
    reason: Reason


class AdviceOut(Schema):
    id: str | None = Field(description="for asking again later; null where nothing was kept")
    personal: bool
    needs: list[AdviceNeed]
    duplicates: list[AdviceDuplicate]
    budget_fen: int | None
    yearly_fen: int
    rule_version: str
    input_hash: str
    replayed: bool | None = Field(default=None, description="the answer worked out again is the one given then")


class BesideRequest(Schema):
    product: str = Field(max_length=40)
    inputs: dict[str, str] = Field(default={}, description="rating inputs the customer chose for the product")
    person_id: str | None = None
    risk: str = Field(default="balanced", max_length=10)
    personal: bool = Field(default=False, description="a visitor's own switch")


class BesideOut(Schema):
    product: ProductCard
    premium_fen: int | None
    period: str
    difference_fen: int | None = Field(description="this price less that of the product looked at")
    reasons: list[Reason]


class BesideList(Schema):
    personal: bool
    items: list[BesideOut]
