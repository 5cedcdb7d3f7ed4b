"""Tables of the room. A run never changes, an item only goes forward, its history only grows (triggers in 0002)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from baohe.plumbing.clock import new_id
from baohe.rooms.reconciliation.rules.differences import ENDED, LIVE, NAMES


class Run(models.Model):
    """One edition of a provider's day. Sums are CNY fen, in and out both positive."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.CharField(max_length=20)
    day = models.DateField()
    edition = models.SmallIntegerField()
    bill_digest = models.CharField(max_length=64)
    lines = models.BigIntegerField()
    bill_in_fen = models.BigIntegerField()
    bill_out_fen = models.BigIntegerField()
    ours = models.BigIntegerField()
    ours_in_fen = models.BigIntegerField()
    ours_out_fen = models.BigIntegerField()
    differences = models.BigIntegerField()
    asked = models.IntegerField()
    crossed = models.BigIntegerField()
    closed_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "day", "edition"], name="run_edition_once"),
            # two runs of one day make one (field bug 21)
            models.UniqueConstraint(
                fields=["provider", "day"], condition=Q(superseded_at=None), name="run_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.day} {self.edition}"


class Item(models.Model):
    """One difference. `standing_fen` is what stands on suspense for it; `adopted` when the settlement of a payment
    had put it there before the bill came. `nth` tells apart lines that the bill repeats word by word."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.CharField(max_length=20)
    day = models.DateField()
    difference = models.CharField(max_length=20)
    movement = models.CharField(max_length=10)
    number = models.CharField(max_length=80)
    trade_no = models.CharField(max_length=80)
    nth = models.IntegerField()
    bill_fen = models.BigIntegerField(null=True)
    bill_currency = models.CharField(max_length=3)
    bill_at = models.DateTimeField(null=True)
    ours_fen = models.BigIntegerField(null=True)
    ours_currency = models.CharField(max_length=3)
    ours_at = models.DateTimeField(null=True)
    ours_state = models.CharField(max_length=20)
    diff_fen = models.BigIntegerField()
    standing_fen = models.BigIntegerField(default=0)
    adopted = models.BooleanField(default=False)
    state = models.CharField(max_length=10)
    owner_id = models.UUIDField(null=True)
    owner_name = models.CharField(max_length=80, default="")
    deadline = models.DateTimeField()
    found_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    resolution = models.CharField(max_length=300, default="")

    class Meta:
        constraints = [
            # a second run of a day adds nothing twice; what a later bill ended may come back with another
            models.UniqueConstraint(
                fields=["provider", "day", "difference", "movement", "number", "trade_no", "nth"],
                condition=Q(ended_at=None),
                name="item_live_once",
            ),
            # money that the settlement put on suspense once is taken over once
            models.UniqueConstraint(
                fields=["provider", "number", "trade_no", "diff_fen"],
                condition=Q(adopted=True),
                name="item_adopts_once",
            ),
            models.CheckConstraint(condition=Q(difference__in=list(NAMES)), name="item_difference"),
            models.CheckConstraint(
                condition=Q(state__in=LIVE, ended_at=None)
                | Q(state__in=ENDED, ended_at__isnull=False, standing_fen=0) & ~Q(resolution=""),
                name="item_ends_with_a_reason_and_no_money",
            ),
            models.CheckConstraint(
                condition=Q(owner_id__isnull=False) | ~Q(state="assigned"), name="item_assigned_to_somebody"
            ),
            # what stands for it is all of the difference or nothing
            models.CheckConstraint(
                condition=Q(standing_fen=0) | Q(standing_fen=F("diff_fen")), name="item_stands_whole"
            ),
        ]
        indexes = [
            # the queue: what is still live, the nearest deadline first
            models.Index(fields=["deadline", "id"], name="item_live", condition=Q(ended_at=None)),
            # a new edition looks for what the day's earlier ones found
            models.Index(fields=["provider", "day", "difference"], name="item_day"),
            # a late movement or line looks for the item it explains
            models.Index(fields=["number"], name="item_number"),
            # what the bill said of the trade of a notice
            models.Index(fields=["trade_no"], name="item_trade"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.day} {self.difference} {self.number}"


class ItemEvent(models.Model):
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    what = models.CharField(max_length=20)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=80, default="")
    text = models.CharField(max_length=300, default="")

    def __str__(self) -> str:
        return self.what


class Booking(models.Model):
    """Taking an item's money off suspense: one proposes, another decides."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="bookings")
    amount_fen = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    made_by = models.UUIDField()
    made_by_name = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=80, default="")
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(outcome=None), name="booking_one_waits"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("made_by")), name="booking_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(outcome=None, decided_by=None, decided_at=None)
                | Q(outcome__in=["confirmed", "returned"], decided_by__isnull=False, decided_at__isnull=False),
                name="booking_decided_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(amount_fen=0) & ~Q(reason=""), name="booking_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.amount_fen}"


class Crossing(models.Model):
    """A movement that the provider billed on another day than ours: neither day may count it as a difference."""

    provider = models.CharField(max_length=20)
    movement = models.CharField(max_length=10)
    number = models.CharField(max_length=80)
    bill_day = models.DateField()
    our_day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "movement", "number"], name="crossing_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.bill_day} {self.our_day}"
