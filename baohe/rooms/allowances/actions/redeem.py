"""A service was given for a voucher."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import F

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.allowances.contracts import RedemptionView
from baohe.rooms.allowances.errors import CouponOver, CouponUsedUp, ReferenceElsewhere
from baohe.rooms.allowances.models import Coupon, Redemption
from baohe.rooms.allowances.views import coupon_view


def redeem(code: str, reference: str, staff_id: UUID, staff_name: str) -> RedemptionView:
    """Use the voucher once for the service `reference` (the provider's own number).

    A repeat of the same service returns the first answer. Raises `NotFound`, `CouponUsedUp`, `CouponOver`,
    `ReferenceElsewhere`, `InvalidInput`.
    """
    code, reference = "".join(code.split()), reference.strip()
    if not 0 < len(reference) <= 60:
        raise InvalidInput(field="reference", reason_zh="需要 1–60 个字符", reason_en="needs 1–60 characters")
    with transaction.atomic():
        row = Coupon.objects.select_for_update().filter(code=code).first()
        if row is None:
            raise NotFound(what="服务券")
        earlier = Redemption.objects.filter(reference=reference).first()
        if earlier is not None:
            if earlier.coupon_id != row.id:
                raise ReferenceElsewhere(reference=reference)
            return _view(earlier, row, fresh=False)
        if clock.today() > row.campaign.use_by:
            raise CouponOver(code=code, use_by=row.campaign.use_by)
        if not Coupon.objects.filter(id=row.id, left__gt=0).update(left=F("left") - 1):
            raise CouponUsedUp(code=code)
        row.refresh_from_db(fields=["left"])
        given, made = Redemption.objects.get_or_create(
            reference=reference,
            defaults={
                "id": clock.new_id(),
                "coupon": row,
                "at": clock.now(),
                "staff_id": staff_id,
                "staff_name": staff_name,
            },
        )
        if not made:
            # the same reference, at this very moment, for another voucher: nothing here is used
            raise ReferenceElsewhere(reference=reference)
        return _view(given, row, fresh=True)


def _view(row: Redemption, coupon: Coupon, fresh: bool) -> RedemptionView:
    return RedemptionView(coupon_view(coupon), row.reference, row.at, row.staff_name, fresh)
