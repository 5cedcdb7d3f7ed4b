"""Where the money of a claim goes whose claimant has no account with us."""

from __future__ import annotations

from django.db import models


class Payee(models.Model):
    """The bank account that the claimant gave; the newest row of a claim is the one that counts, and none changes.
    `account_sealed` holds holder and number: the holder is the insured of the order, never typed."""

    id = models.UUIDField(primary_key=True)
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="payees")
    shard_key = models.SmallIntegerField()
    bank = models.CharField(max_length=80)
    last_four = models.CharField(max_length=4)
    account_sealed = models.BinaryField()
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_four__regex=r"^[0-9]{4}$") & ~models.Q(bank=""), name="payee_named"
            ),
        ]
        indexes = [
            # newest: the account that counts
            models.Index(fields=["claim", "-given_at", "-id"], name="payee_of_claim"),
        ]
