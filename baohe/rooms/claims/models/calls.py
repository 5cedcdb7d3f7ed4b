"""Who asked to be called about a claim that they could not report themselves: no policy fits, or words fail."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from baohe.rooms.claims.contracts import CALL_OUTCOMES, CALL_REASONS


class CallAsked(models.Model):
    """One request waits for an account at a time. It ends with a name and what came of it; it decides nothing.

    No telephone stands here: the desk opens the account's own in the vault, and that is logged. What was said and noted
    goes after `kept_until`; that somebody asked, and who answered, stays (`actions/forget_call.py`, trigger in 0012).
    """

    id = models.UUIDField(primary_key=True)
    shard_key = models.SmallIntegerField()
    account_id = models.UUIDField()
    reason = models.CharField(max_length=12)
    sentence_sealed = models.BinaryField(null=True)
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    outcome = models.CharField(max_length=12, default="")
    note_sealed = models.BinaryField(null=True)
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=60, default="")
    ended_at = models.DateTimeField(null=True)
    kept_until = models.DateField(null=True)
    emptied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account_id"], condition=Q(ended_at=None), name="call_asked_one_open"),
            models.CheckConstraint(condition=Q(reason__in=CALL_REASONS), name="call_asked_reason_known"),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="", by=None)
                | (Q(ended_at__isnull=False, outcome__in=CALL_OUTCOMES, by__isnull=False) & ~Q(by_name="")),
                name="call_asked_ended_by_name",
            ),
            # whatever has ended has a date to be forgotten on, and forgotten means that nothing of it can be read
            models.CheckConstraint(
                condition=Q(ended_at=None, kept_until=None) | Q(ended_at__isnull=False, kept_until__isnull=False),
                name="call_asked_kept_until",
            ),
            models.CheckConstraint(
                condition=Q(emptied_at=None) | Q(ended_at__isnull=False, sentence_sealed=None, note_sealed=None),
                name="call_asked_emptied_whole",
            ),
        ]
        indexes = [
            # calls_asked: the desk's queue, the first to be answered at its top
            models.Index(fields=["answer_by", "id"], condition=Q(ended_at=None), name="call_asked_waiting"),
            # calls_over: the round that forgets
            models.Index(
                fields=["kept_until", "id"],
                condition=Q(ended_at__isnull=False, emptied_at=None),
                name="call_asked_over",
            ),
        ]
