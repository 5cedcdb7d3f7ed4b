"""Rows → contracts."""

from __future__ import annotations

from baohe.kernel.decisions import Text
from baohe.plumbing import clock
from baohe.rooms.allowances.contracts import CampaignTerms, CampaignView, CouponView
from baohe.rooms.allowances.models import Campaign, Coupon


def campaign_view(row: Campaign) -> CampaignView:
    terms = CampaignTerms(
        code=row.code,
        name=Text(row.name_zh, row.name_en),
        detail=Text(row.detail_zh, row.detail_en),
        provider=Text(row.provider_zh, row.provider_en),
        limit=row.limit,
        per_person=row.per_person,
        uses=row.uses,
        first_day=row.first_day,
        last_day=row.last_day,
        use_by=row.use_by,
    )
    return CampaignView(row.id, terms, row.taken, row.opened_by_name, row.opened_at)


def coupon_view(row: Coupon) -> CouponView:
    """Reads the redemptions of the row; a caller with many rows prefetches them."""
    used = max((given.at for given in row.redemptions.all()), default=None)
    state = "used" if row.left == 0 else "over" if clock.today() > row.campaign.use_by else "ready"
    return CouponView(row.id, campaign_view(row.campaign), row.code, row.left, state, row.taken_at, used)
