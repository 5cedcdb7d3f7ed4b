"""Tasks go forward only, answers only grow (triggers in `0002_guards`)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from baohe.rooms.call_backs.contracts import CUSTOMER, NOT_REACHED, PHONE, UNCLEAR, UNDERSTOOD


class CallBack(models.Model):
    """The one call-back of a policy. `ended_at` closes it: understood, or the policy ended first."""

    id = models.UUIDField(primary_key=True)
    shard_key = models.SmallIntegerField()
    policy_id = models.UUIDField()
    account_id = models.UUIDField()
    version_id = models.CharField(max_length=100)
    last_day = models.DateField()
    escalate_on = models.DateField()
    made_at = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # the desk's queue, nearest deadline first; the overdue stay at its top
            models.Index(fields=["last_day", "id"], name="call_back_waiting", condition=Q(ended_at=None)),
            # the round: what becomes urgent
            models.Index(
                fields=["escalate_on"], name="call_back_to_escalate", condition=Q(ended_at=None, escalated_at=None)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["shard_key", "policy_id"], name="call_back_once_per_policy"),
            models.CheckConstraint(condition=Q(escalate_on__lte=F("last_day")), name="call_back_days_ordered"),
            models.CheckConstraint(condition=Q(shard_key__range=(0, 1023)), name="call_back_shard_known"),
        ]


class Answered(models.Model):
    """One time the customer answered online, or a named agent called."""

    id = models.UUIDField(primary_key=True)
    call_back = models.ForeignKey(CallBack, on_delete=models.PROTECT, related_name="answered")
    shard_key = models.SmallIntegerField()
    channel = models.CharField(max_length=10)
    outcome = models.CharField(max_length=12)
    unclear = models.JSONField(default=list)
    note_sealed = models.BinaryField(null=True)
    staff_account_id = models.UUIDField(null=True)
    staff_name = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=(UNDERSTOOD, UNCLEAR, NOT_REACHED)), name="answered_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(channel=CUSTOMER, staff_account_id=None, staff_name="")
                | (Q(channel=PHONE, staff_account_id__isnull=False) & ~Q(staff_name="")),
                name="answered_by_whom",
            ),
            # who was not reached has answered nothing
            models.CheckConstraint(
                condition=~Q(outcome=NOT_REACHED) | Q(channel=PHONE), name="answered_not_reached_by_phone"
            ),
        ]
