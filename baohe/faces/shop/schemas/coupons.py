"""Vouchers of services 服务券. They are gifts of a service: no price and no premium knows them."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from baohe.faces.shop.schemas.basis import Text


class Campaign(Schema):
    code: str
    name: Text
    detail: Text
    provider: Text
    limit: int = Field(description="vouchers in all")
    left: int
    per_person: int
    uses: int = Field(description="times a voucher can be used")
    last_day: date = Field(description="the last day to take one")
    use_by: date = Field(description="the last day to use one")


class Coupon(Schema):
    id: str
    campaign: Campaign
    state: str = Field(description="ready | used | over")
    left: int = Field(description="uses that are left")
    taken_at: datetime
    used_at: datetime | None


class CouponCode(Coupon):
    code: str = Field(description="what the provider types or scans; whoever holds it may use it")
    qr: str = Field(description="the same as the d of an SVG path, one unit a module")
    qr_size: int = Field(description="modules a side, quiet zone included")


class CouponIn(Schema):
    campaign: str = Field(max_length=40, pattern=r"^[a-z0-9-]+$")
