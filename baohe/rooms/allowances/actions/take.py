"""Open a campaign; take a voucher of it."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from baohe.kernel.errors import Conflict, InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.allowances.contracts import CampaignTerms, CampaignView, CouponView
from baohe.rooms.allowances.errors import AllTaken, EnoughTaken, NotOpen
from baohe.rooms.allowances.models import Campaign, Coupon
from baohe.rooms.allowances.views import campaign_view, coupon_view

MOST_OF_A_CAMPAIGN = 1_000_000
MOST_OF_A_PERSON = 20
_DIGITS = 12


def open_campaign(terms: CampaignTerms, staff_id: UUID, staff_name: str) -> CampaignView:
    """Give vouchers out from its first day on. The same code with the same terms is the campaign there is.

    Raises `InvalidInput`, and `Conflict` for a code that stands for other terms.
    """
    _refuse_bad(terms)
    facts = _facts(terms)
    row, made = Campaign.objects.get_or_create(
        code=terms.code,
        defaults={
            **facts,
            "id": clock.new_id(),
            "opened_by": staff_id,
            "opened_by_name": staff_name,
            "opened_at": clock.now(),
        },
    )
    if not made and campaign_view(row).terms != terms:
        raise Conflict(reason_zh=f"代码 {terms.code} 已用于另一批", reason_en=f"the code {terms.code} is taken")
    return campaign_view(row)


def take(account_id: UUID, campaign_code: str, key: str) -> CouponView:
    """One voucher for a person. A repeat under the same `key` returns the first one, also at the same moment.

    Whoever takes holds the campaign's row, so the look at what is taken and the step up are one (field bugs 1, 8).
    Raises `NotFound`, `NotOpen`, `EnoughTaken`, `AllTaken`, `InvalidInput`.
    """
    if not 0 < len(key) <= 255:
        raise InvalidInput(field="Idempotency-Key", reason_zh="需要 1–255 个字符", reason_en="needs 1–255 characters")
    with transaction.atomic():
        row = Campaign.objects.select_for_update().filter(code=campaign_code).first()
        if row is None:
            raise NotFound(what="服务券")
        own = Coupon.objects.filter(campaign=row, account_id=account_id)
        earlier = own.filter(key=key).first()
        if earlier is not None:
            return coupon_view(earlier)
        if not row.first_day <= clock.today() <= row.last_day:
            raise NotOpen(first_day=row.first_day, last_day=row.last_day)
        place = own.count() + 1
        if place > row.per_person:
            raise EnoughTaken(per_person=row.per_person)
        if not Campaign.objects.filter(id=row.id, taken__lt=F("limit")).update(taken=F("taken") + 1):
            raise AllTaken(limit=row.limit)
        row.refresh_from_db(fields=["taken"])
        return coupon_view(_write(row, account_id, place, key))


def _write(row: Campaign, account_id: UUID, place: int, key: str) -> Coupon:
    return Coupon.objects.create(
        id=clock.new_id(),
        campaign=row,
        account_id=account_id,
        place=place,
        key=key,
        code=_free_code(),
        left=row.uses,
        taken_at=clock.now(),
    )


def _free_code() -> str:
    """Digits that nobody can guess. One that stands already, in a million million, is drawn again."""
    for _ in range(5):
        code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"
        if not Coupon.objects.filter(code=code).exists():
            return code
    raise IntegrityError("five voucher numbers in a row were taken: the source of chance is broken")


def _facts(terms: CampaignTerms) -> dict[str, object]:
    return {
        "name_zh": terms.name.zh,
        "name_en": terms.name.en,
        "detail_zh": terms.detail.zh,
        "detail_en": terms.detail.en,
        "provider_zh": terms.provider.zh,
        "provider_en": terms.provider.en,
        "limit": terms.limit,
        "per_person": terms.per_person,
        "uses": terms.uses,
        "first_day": terms.first_day,
        "last_day": terms.last_day,
        "use_by": terms.use_by,
    }


def _refuse_bad(terms: CampaignTerms) -> None:
    if not 0 < terms.limit <= MOST_OF_A_CAMPAIGN:
        _bad("limit", f"须在 1 至 {MOST_OF_A_CAMPAIGN} 之间", f"lies between 1 and {MOST_OF_A_CAMPAIGN}")
    if not 0 < terms.per_person <= MOST_OF_A_PERSON:
        _bad("per_person", f"须在 1 至 {MOST_OF_A_PERSON} 之间", f"lies between 1 and {MOST_OF_A_PERSON}")
    if not 0 < terms.uses <= MOST_OF_A_PERSON:
        _bad("uses", f"须在 1 至 {MOST_OF_A_PERSON} 之间", f"lies between 1 and {MOST_OF_A_PERSON}")
    if not terms.first_day <= terms.last_day <= terms.use_by:
        _bad("last_day", "日期须先后有序", "the days must follow each other")
    for field in ("name", "detail", "provider"):
        text = getattr(terms, field)
        if not (text.zh and text.en):
            _bad(field, "中英文都要写", "is needed in both languages")


def _bad(field: str, zh: str, en: str) -> None:
    raise InvalidInput(field=field, reason_zh=zh, reason_en=en)
