"""A customer's vouchers: those they have, those they may take, and the number that redeems one."""

from __future__ import annotations

from uuid import UUID

import segno
from django.http import HttpRequest
from ninja import Header, Query, Router, Status

from baohe.faces.shop import shapes
from baohe.faces.shop.schemas import coupons as schema
from baohe.faces.shop.schemas.basis import Page
from baohe.faces.shop.session import account_id, signed_in
from baohe.rooms.allowances import facade as allowances
from baohe.rooms.allowances.contracts import CampaignView, CouponView

router = Router(tags=["coupons"], auth=signed_in)

_QUIET = 2
"""Modules of white around the code; the page adds its own."""


@router.get("coupons", response=Page[schema.Coupon])
def mine(
    request: HttpRequest, page: int = Query(1, ge=1, le=10_000), size: int = Query(20, ge=1, le=100)
) -> Page[schema.Coupon]:
    found = allowances.coupons_of(account_id(request), page, size)
    items = [schema.Coupon(**_coupon(one)) for one in found.items]
    return Page[schema.Coupon](items=items, total=found.total, page=found.page, size=found.size)


@router.get("coupons/available", response=list[schema.Campaign])
def available(request: HttpRequest) -> list[schema.Campaign]:
    """What this customer may take today; at most 100, so without pages."""
    return [_campaign(one) for one in allowances.available(account_id(request))]


@router.get("coupons/{uuid:coupon_id}", response=schema.CouponCode)
def one(request: HttpRequest, coupon_id: UUID) -> schema.CouponCode:
    return _with_code(allowances.coupon(account_id(request), coupon_id))


@router.post("coupons", response={201: schema.CouponCode})
def take(
    request: HttpRequest,
    body: schema.CouponIn,
    idempotency_key: str = Header(alias="Idempotency-Key", min_length=1, max_length=255),
) -> Status[schema.CouponCode]:
    """Under the same key it is the same voucher, however often it is asked for."""
    return Status(201, _with_code(allowances.take(account_id(request), body.campaign, idempotency_key)))


def _campaign(view: CampaignView) -> schema.Campaign:
    terms = view.terms
    return schema.Campaign(
        code=terms.code,
        name=shapes.text(terms.name),
        detail=shapes.text(terms.detail),
        provider=shapes.text(terms.provider),
        limit=terms.limit,
        left=view.left,
        per_person=terms.per_person,
        uses=terms.uses,
        last_day=terms.last_day,
        use_by=terms.use_by,
    )


def _coupon(view: CouponView) -> dict[str, object]:
    return {
        "id": str(view.id),
        "campaign": _campaign(view.campaign),
        "state": view.state,
        "left": view.left,
        "taken_at": view.taken_at,
        "used_at": view.used_at,
    }


def _with_code(view: CouponView) -> schema.CouponCode:
    matrix = segno.make(view.code, error="m", micro=False).matrix
    path = "".join(
        f"M{x + _QUIET} {y + _QUIET}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark
    )
    return schema.CouponCode(**_coupon(view), code=view.code, qr=path, qr_size=len(matrix) + 2 * _QUIET)
