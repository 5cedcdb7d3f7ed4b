"""The basket's items. An item that left keeps its row: it belongs to the trace of the sale (SALE-5)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

LEFT = ("removed", "bought")


class BasketItem(models.Model):
    id = models.UUIDField(primary_key=True)
    shard_key = models.SmallIntegerField()
    account_id = models.UUIDField()
    person_id = models.UUIDField()
    quote_id = models.UUIDField()
    product_code = models.CharField(max_length=60)
    version_id = models.CharField(max_length=100)
    instalment = models.CharField(max_length=20)
    premium_fen = models.BigIntegerField()
    before_fen = models.BigIntegerField(null=True)
    added_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    left_how = models.CharField(max_length=10, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shard_key", "quote_id"], condition=Q(left_at=None), name="basket_item_once_per_quote"
            ),
            models.CheckConstraint(condition=Q(premium_fen__gt=0), name="basket_item_premium_positive"),
            models.CheckConstraint(condition=Q(shard_key__range=(0, 1023)), name="basket_item_shard_known"),
            models.CheckConstraint(
                condition=Q(left_at=None, left_how="") | Q(left_at__isnull=False, left_how__in=LEFT),
                name="basket_item_left_for_a_reason",
            ),
        ]
        indexes = [
            # items_of: what lies in an account's basket
            models.Index(fields=["account_id", "added_at"], name="basket_of_account", condition=Q(left_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.product_code} {self.premium_fen}"
