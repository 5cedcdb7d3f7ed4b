"""The basket: covers for several people, one payment."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema
from pydantic import Field

from baohe.faces.shop.schemas.basis import Labelled, Text
from baohe.faces.shop.schemas.catalog import Instalment
from baohe.faces.shop.schemas.sale import PayWith


class BasketItemIn(Schema):
    quote_id: str
    instalment: str = Field(default="single", description="code of the instalment plan")


class BasketReferral(Schema):
    handler: str
    reply_by: datetime


class BasketItem(Schema):
    id: str
    quote_id: str
    product: str
    product_name: Text
    line: str
    insurer_name: Text
    conditions: list[Labelled] = Field(description="what the price was asked for, in words")
    state: str = Field(
        description="to_declare | to_fill | to_sign | ready | paying | refer | postponed | declined | withdrawn "
        "| expired"
    )
    premium_fen: int
    before_fen: int | None = Field(description="the price before it was priced again; null when it never was")
    loading_fen: int = Field(description="what underwriting added to the quoted price")
    due_today_fen: int
    instalment: Instalment
    valid_until: datetime
    family_size: int | None = Field(default=None, description="how many of the family share this price")
    family_could_be: int | None = Field(default=None, description="how many would share it if it were priced again")
    same_costs_as: list[Text] = Field(
        description="names of the other items that would reimburse the same costs of the same person"
    )
    declaration_id: str | None
    proposal_id: str | None
    payment_id: str | None = Field(description="the open payment it stands in")
    referral: BasketReferral | None


class BasketPerson(Schema):
    id: str
    name: str
    relation: str
    items: list[BasketItem]


class Basket(Schema):
    people: list[BasketPerson]
    count: int
    due_today_fen: int = Field(description="of everything that can be bought or is on its way there")
    ready_count: int
    ready_fen: int = Field(description="what one payment would take now")


class BasketCount(Schema):
    count: int


class BasketPick(Schema):
    item_id: str
    instalment: str
    deduction_agreed: bool = Field(default=False, description="needed when later instalments are deducted (SALE-3)")


class BasketPaymentIn(Schema):
    items: list[BasketPick] = Field(min_length=1, max_length=20)
    provider: PayWith = Field(default="wallet", description="the wallet's cashier, or a transfer from a bank account")
