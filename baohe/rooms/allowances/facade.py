"""The only door of the room.

Quotas:    reserve · keep · free            (inside the caller's transaction) · left · quotas
Campaigns: open_campaign · campaigns · available
Vouchers:  take · redeem · coupons_of · coupon
Checks:    problems
"""

from baohe.rooms.allowances.actions.redeem import redeem
from baohe.rooms.allowances.actions.reserve import free, keep, reserve
from baohe.rooms.allowances.actions.take import open_campaign, take
from baohe.rooms.allowances.errors import (
    AllTaken,
    CouponOver,
    CouponUsedUp,
    EnoughTaken,
    NotOpen,
    ReferenceElsewhere,
    SoldOut,
)
from baohe.rooms.allowances.queries import (
    available,
    campaigns,
    coupon,
    coupons_of,
    left,
    problems,
    quotas,
)

__all__ = [
    "AllTaken",
    "CouponOver",
    "CouponUsedUp",
    "EnoughTaken",
    "NotOpen",
    "ReferenceElsewhere",
    "SoldOut",
    "available",
    "campaigns",
    "coupon",
    "coupons_of",
    "free",
    "keep",
    "left",
    "open_campaign",
    "problems",
    "quotas",
    "redeem",
    "reserve",
    "take",
]
