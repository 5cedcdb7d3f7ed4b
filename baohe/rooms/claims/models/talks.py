"""A first notice on its way, as a conversation: one of an account, sealed, seen by every device of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class ClaimTalk(models.Model):
    """It goes with the claim that it opens, when it is started over, or a week after it was last touched. The row and
    its revision stay, so that a device which was asleep does not bring an ended conversation back."""

    id = models.UUIDField(primary_key=True)
    shard_key = models.SmallIntegerField()
    account_id = models.UUIDField()
    revision = models.IntegerField()
    talk_sealed = models.BinaryField(null=True)
    updated_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account_id"], name="claim_talk_one_of_account"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="claim_talk_revision_counts"),
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("updated_at")), name="claim_talk_expires"),
        ]
        indexes = [
            # forget_talks: what has expired and can still be read
            models.Index(fields=["expires_at"], condition=~Q(talk_sealed=None), name="claim_talk_expiring"),
        ]
