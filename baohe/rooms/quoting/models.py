"""Quotes: immutable by trigger, so what was shown can never be rewritten."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Quote(models.Model):
    id = models.UUIDField(primary_key=True)
    shard_key = models.SmallIntegerField()
    account_id = models.UUIDField()
    person_id = models.UUIDField()
    product_code = models.CharField(max_length=60)
    version_id = models.CharField(max_length=100)
    inputs = models.JSONField()
    price = models.JSONField()
    premium_fen = models.BigIntegerField()
    disclosures_digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    signature = models.CharField(max_length=64)

    class Meta:
        indexes = [
            # quotes_of_day: how many quotes an account asked for since a moment
            models.Index(fields=["account_id", "created_at"], name="quote_of_account"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(premium_fen__gt=0), name="quote_premium_positive"),
            models.CheckConstraint(condition=Q(valid_until__gt=F("created_at")), name="quote_valid_after_creation"),
            models.CheckConstraint(condition=Q(shard_key__range=(0, 1023)), name="quote_shard_known"),
        ]
