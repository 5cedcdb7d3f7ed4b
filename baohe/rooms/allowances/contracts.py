"""What the room gives out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baohe.kernel.decisions import Text


@dataclass(frozen=True, slots=True)
class QuotaView:
    """Places of a limited version: `used` are held by payments in work or sold for good."""

    version_id: str
    limit: int
    used: int

    @property
    def left(self) -> int:
        return self.limit - self.used


@dataclass(frozen=True, slots=True)
class CampaignTerms:
    """A service that is given away: what, by whom, how many in all and to one person, and in which days.

    It is a service, never money: nothing of a premium may be given back (保险法 116、131).
    `first_day` to `last_day` it is taken, until `use_by` it is used; all three included. `uses` a voucher.
    """

    code: str
    name: Text
    detail: Text
    provider: Text
    limit: int
    per_person: int
    uses: int
    first_day: date
    last_day: date
    use_by: date


@dataclass(frozen=True, slots=True)
class CampaignView:
    id: UUID
    terms: CampaignTerms
    taken: int
    opened_by_name: str
    opened_at: datetime

    @property
    def left(self) -> int:
        return self.terms.limit - self.taken


@dataclass(frozen=True, slots=True)
class CouponView:
    """`state` is ready, used or over (its last day has passed). `code` redeems it: whoever holds it may use it."""

    id: UUID
    campaign: CampaignView
    code: str
    left: int
    state: str
    taken_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class CouponPage:
    items: tuple[CouponView, ...]
    total: int
    page: int
    size: int


@dataclass(frozen=True, slots=True)
class RedemptionView:
    """`fresh` is False for a repeat of the same service: nothing was used a second time."""

    coupon: CouponView
    reference: str
    at: datetime
    by_name: str
    fresh: bool
