"""Reads, and what must hold over all rows."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, F, Q

from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.allowances.contracts import CampaignView, CouponPage, CouponView, QuotaView
from baohe.rooms.allowances.models import KEPT, RESERVED, Campaign, Coupon, Quota
from baohe.rooms.allowances.views import campaign_view, coupon_view

MOST = 100


def left(version_id: str, limit: int) -> int:
    """Places of a limited version that nobody holds."""
    used = Quota.objects.filter(version_id=version_id).values_list("used", flat=True).first()
    return limit - (used or 0)


def quotas(page: int = 1, size: int = 50) -> tuple[list[QuotaView], int]:
    """Limited versions of which something was ever held, with how many there are."""
    rows = Quota.objects.order_by("version_id")
    first = (page - 1) * min(size, MOST)
    found = [QuotaView(row.version_id, row.limit, row.used) for row in rows[first : first + min(size, MOST)]]
    return found, rows.count()


def campaigns(page: int = 1, size: int = 50) -> tuple[list[CampaignView], int]:
    """Every campaign, the one that ends last first."""
    rows = Campaign.objects.order_by("-last_day", "id")
    first = (page - 1) * min(size, MOST)
    return [campaign_view(row) for row in rows[first : first + min(size, MOST)]], rows.count()


def available(account_id: UUID) -> list[CampaignView]:
    """What this person may take today: open, not all taken, and not the most that one person may have."""
    today = clock.today()
    mine = Count("coupons", filter=Q(coupons__account_id=account_id))
    rows = (
        Campaign.objects.filter(last_day__gte=today, first_day__lte=today, taken__lt=F("limit"))
        .annotate(mine=mine)
        .filter(mine__lt=F("per_person"))
        .order_by("last_day", "id")[:MOST]
    )
    return [campaign_view(row) for row in rows]


def coupons_of(account_id: UUID, page: int = 1, size: int = 20) -> CouponPage:
    """A person's vouchers, the newest first."""
    rows = Coupon.objects.filter(account_id=account_id).order_by("-taken_at", "id")
    first, size = (page - 1) * min(size, MOST), min(size, MOST)
    shown = rows.select_related("campaign").prefetch_related("redemptions")[first : first + size]
    return CouponPage(tuple(coupon_view(row) for row in shown), rows.count(), page, size)


def coupon(account_id: UUID, coupon_id: UUID) -> CouponView:
    """Raises `NotFound`, also for another person's."""
    row = Coupon.objects.select_related("campaign").filter(id=coupon_id, account_id=account_id).first()
    if row is None:
        raise NotFound(what="服务券")
    return coupon_view(row)


def problems() -> list[str]:
    """What must never be: a counter that does not count what was given. For the operator's check."""
    found = []
    live = Count("reservations", filter=Q(reservations__state__in=(RESERVED, KEPT)))
    for quota in Quota.objects.annotate(live=live).exclude(used=F("live")):
        found.append(f"quota {quota.version_id}: {quota.used} used, {quota.live} places given")
    for row in Campaign.objects.annotate(given=Count("coupons")).exclude(taken=F("given")):
        found.append(f"campaign {row.code}: {row.taken} taken, {row.given} vouchers")
    spent = Coupon.objects.annotate(times=Count("redemptions")).exclude(campaign__uses=F("left") + F("times"))
    found.extend(f"voucher {id_}: its uses do not add up" for id_ in spent.values_list("id", flat=True)[:MOST])
    return found
