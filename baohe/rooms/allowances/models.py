"""Counters that cannot pass their limit, and what each place of them was given to.

A counter is moved by whoever holds its row; the CHECK behind it refuses what a mistake would let through. Counters are
locked before the rows they count, so that taking and giving back never wait for each other in a circle.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from baohe.plumbing.clock import new_id

RESERVED, KEPT, FREED = "reserved", "kept", "freed"


class Quota(models.Model):
    """Places of one limited product version."""

    version_id = models.CharField(max_length=60, primary_key=True)
    limit = models.IntegerField()
    used = models.IntegerField(default=0)

    class Meta:
        constraints = [
            # field bug 3: never more sold than there are
            models.CheckConstraint(condition=Q(used__gte=0, used__lte=F("limit")), name="quota_within_limit"),
        ]

    def __str__(self) -> str:
        return self.version_id


class Reservation(models.Model):
    """One place: held while its subject is paid, kept once it is sold, freed when the payment ends without."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    quota = models.ForeignKey(Quota, on_delete=models.PROTECT, related_name="reservations", db_index=False)
    subject_id = models.UUIDField()
    state = models.CharField(max_length=8, default=RESERVED)
    reserved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=(RESERVED, KEPT, FREED)), name="reservation_state"),
            models.CheckConstraint(
                condition=Q(state=RESERVED, ended_at=None) | (~Q(state=RESERVED) & Q(ended_at__isnull=False)),
                name="reservation_ended_when_done",
            ),
            # reserve, keep, free: one live place a subject; also their index
            models.UniqueConstraint(
                fields=["subject_id"], condition=Q(state__in=(RESERVED, KEPT)), name="reservation_once"
            ),
        ]
        indexes = [
            # problems: live places of a version
            models.Index(fields=["quota"], condition=Q(state__in=(RESERVED, KEPT)), name="reservation_live"),
        ]

    def __str__(self) -> str:
        return f"{self.quota_id} {self.state}"


class Campaign(models.Model):
    """A service given away in a limited number of vouchers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80)
    detail_zh = models.CharField(max_length=200)
    detail_en = models.CharField(max_length=300)
    provider_zh = models.CharField(max_length=80)
    provider_en = models.CharField(max_length=120)
    limit = models.IntegerField()
    per_person = models.SmallIntegerField()
    uses = models.SmallIntegerField()
    taken = models.IntegerField(default=0)
    first_day = models.DateField()
    last_day = models.DateField()
    use_by = models.DateField()
    opened_by = models.UUIDField()
    opened_by_name = models.CharField(max_length=40)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(taken__gte=0, taken__lte=F("limit")), name="campaign_within_limit"),
            models.CheckConstraint(
                condition=Q(limit__gt=0, per_person__gt=0, uses__gt=0), name="campaign_numbers_positive"
            ),
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day"), last_day__lte=F("use_by")), name="campaign_days_ordered"
            ),
        ]
        indexes = [
            # available: what may be taken today; campaigns: the newest first
            models.Index(fields=["-last_day", "id"], name="campaign_by_last_day"),
        ]

    def __str__(self) -> str:
        return self.code


class Coupon(models.Model):
    """One voucher of one person. `place` counts a person's own of a campaign, `key` is the request that took it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="coupons", db_index=False)
    account_id = models.UUIDField()
    place = models.SmallIntegerField()
    key = models.CharField(max_length=255)
    code = models.CharField(max_length=12, unique=True)
    left = models.SmallIntegerField()
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(left__gte=0), name="coupon_left_not_negative"),
            models.CheckConstraint(condition=Q(place__gt=0), name="coupon_place_positive"),
            # field bug 14: the same request at once takes one
            models.UniqueConstraint(fields=["campaign", "account_id", "key"], name="coupon_once_per_request"),
            models.UniqueConstraint(fields=["campaign", "account_id", "place"], name="coupon_place_once"),
        ]
        indexes = [
            # coupons_of: a person's own, newest first
            models.Index(fields=["account_id", "-taken_at"], name="coupon_of_person"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Redemption(models.Model):
    """One service given for a voucher. Append-only (trigger in `0002_redemptions_stay`)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    coupon = models.ForeignKey(Coupon, on_delete=models.PROTECT, related_name="redemptions")
    reference = models.CharField(max_length=60, unique=True)
    at = models.DateTimeField()
    staff_id = models.UUIDField()
    staff_name = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reference=""), name="redemption_has_reference"),
        ]

    def __str__(self) -> str:
        return self.reference
