"""Advice that was given, and products looked at. An advice never changes; both may be deleted by their owner."""

from __future__ import annotations

from django.db import models


class AdviceRow(models.Model):
    """What the rules saw (sealed: it says who is in a family and what they earn) and what they answered."""

    id = models.UUIDField(primary_key=True)
    account_id = models.UUIDField()
    rule_version = models.CharField(max_length=20)
    facts_sealed = models.BinaryField()
    decision = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            # the owner's own advice, newest first
            models.Index(fields=["account_id", "-created_at"], name="advice_of_account"),
        ]


class Look(models.Model):
    """A product an account looked at, kept only under the consent for browsing and only for a month."""

    account_id = models.UUIDField()
    product_code = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account_id", "product_code"], name="look_once")]
        indexes = [
            # the account's latest looks
            models.Index(fields=["account_id", "-at"], name="looks_of_account"),
        ]
