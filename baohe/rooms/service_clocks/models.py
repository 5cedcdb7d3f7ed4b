"""A clock goes forward and ends once, what was raised only grows (triggers in `0002_guards`)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from baohe.rooms.service_clocks.rules.clocks import KINDS


class ServiceClock(models.Model):
    """The clock of one subject, the only one it ever has.

    `raise_at` is when the next level is raised; None while it stands still, after the last level and once ended.
    `runs_since` is when it began, or ran on after it stood still: what lay before is not raised.
    """

    id = models.BigAutoField(primary_key=True)
    shard_key = models.SmallIntegerField()
    code = models.CharField(max_length=20)
    kind = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    account_id = models.UUIDField()
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200)
    rule = models.CharField(max_length=10)
    source = models.CharField(max_length=60)
    begun_at = models.DateTimeField()
    runs_since = models.DateTimeField()
    falls_at = models.DateTimeField()
    stands_since = models.DateTimeField(null=True)
    handler_id = models.UUIDField(null=True)
    level = models.SmallIntegerField(default=0)
    raise_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shard_key", "kind", "subject_id"], name="service_clock_once"),
            models.CheckConstraint(condition=Q(kind__in=sorted(KINDS)), name="service_clock_kind_known"),
            models.CheckConstraint(condition=Q(falls_at__gt=F("begun_at")), name="service_clock_falls_after_it_began"),
            models.CheckConstraint(
                condition=Q(raise_at=None) | Q(ended_at=None, stands_since=None),
                name="service_clock_raised_while_it_runs",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(stands_since=None), name="service_clock_ends_or_stands"
            ),
            models.CheckConstraint(condition=Q(shard_key__range=(0, 1023)), name="service_clock_shard_known"),
        ]
        indexes = [
            # due_to_raise: the round of escalation
            models.Index(fields=["raise_at", "id"], name="service_clock_to_raise", condition=Q(raise_at__isnull=False)),
            # page, counts: the desk, nearest deadline first
            models.Index(fields=["falls_at", "id"], name="service_clock_open", condition=Q(ended_at=None)),
            # unfinished: the round that looks whether they are over
            models.Index(fields=["kind", "id"], name="service_clock_unfinished", condition=Q(ended_at=None)),
            # kept: what ended in the last 90 days
            models.Index(fields=["ended_at"], name="service_clock_ended", condition=Q(ended_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class ServiceEscalation(models.Model):
    """One level raised for one moment of one clock. Append-only; a moved deadline is another moment."""

    id = models.BigAutoField(primary_key=True)
    clock = models.ForeignKey(ServiceClock, on_delete=models.PROTECT, related_name="escalations")
    shard_key = models.SmallIntegerField()
    level = models.SmallIntegerField()
    falls_at = models.DateTimeField()
    planned_at = models.DateTimeField()
    raised_at = models.DateTimeField()
    staff_id = models.UUIDField(null=True)
    staff_name = models.CharField(max_length=60, blank=True, default="")
    promised_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clock", "level", "falls_at"], name="service_escalation_once"),
            models.CheckConstraint(condition=Q(level__in=(1, 2, 3)), name="service_escalation_level_known"),
            models.CheckConstraint(
                condition=Q(raised_at__gte=F("planned_at")), name="service_escalation_not_before_its_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.level}"
