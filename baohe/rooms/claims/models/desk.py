"""Tables of the handlers' desk: clocks, what was raised, who has a claim, who is away."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Deadline(models.Model):
    """One clock of a claim with the moment at which it falls. One of a code is open at a time.

    `raise_at` is when the next level is raised; None while it stands still, after the last level and once ended.
    `runs_since` is when it began, or ran on after it stood still: what lay before is not raised.
    `stood` says that it stood still once: the law takes the days of one asking off, not of a second.
    """

    id = models.BigAutoField(primary_key=True)
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="deadlines")
    shard_key = models.SmallIntegerField()
    code = models.CharField(max_length=20)
    rule = models.CharField(max_length=10)
    source = models.CharField(max_length=60)
    begun_at = models.DateTimeField()
    runs_since = models.DateTimeField()
    falls_at = models.DateTimeField()
    stands_since = models.DateTimeField(null=True)
    stood = models.BooleanField(default=False)
    level = models.SmallIntegerField(default=0)
    raise_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=30, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "code"], name="deadline_one_open", condition=Q(ended_at=None)),
            models.CheckConstraint(condition=Q(falls_at__gt=F("begun_at")), name="deadline_falls_after_it_began"),
            models.CheckConstraint(
                condition=Q(raise_at=None) | Q(ended_at=None, stands_since=None), name="deadline_raised_while_it_runs"
            ),
        ]
        indexes = [
            # due: the round of escalation
            models.Index(fields=["raise_at", "id"], name="deadline_to_raise", condition=Q(raise_at__isnull=False)),
            # coming: the workload of the next ten working days
            models.Index(fields=["falls_at"], name="deadline_open", condition=Q(ended_at=None)),
        ]


class Escalation(models.Model):
    """One level raised for one moment of one deadline. Append-only; a moved deadline is another moment."""

    id = models.BigAutoField(primary_key=True)
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="escalations")
    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="escalations")
    shard_key = models.SmallIntegerField()
    level = models.SmallIntegerField()
    falls_at = models.DateTimeField()
    planned_at = models.DateTimeField()
    raised_at = models.DateTimeField()
    staff_id = models.UUIDField(null=True)
    staff_name = models.CharField(max_length=60, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deadline", "level", "falls_at"], name="escalation_once"),
            models.CheckConstraint(condition=Q(level__in=(1, 2, 3)), name="escalation_level_known"),
            models.CheckConstraint(condition=Q(raised_at__gte=F("planned_at")), name="escalation_not_before_its_time"),
        ]


MOVES = ("shared", "taken", "handed", "stood_in", "back", "raised")


class Move(models.Model):
    """A claim came to a handler. Append-only.

    shared: by load · taken, handed: by a person with a reason · stood_in: to the deputy of a leave · back: the leave
    is over · raised: to the head with the last level.
    """

    id = models.BigAutoField(primary_key=True)
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="moves")
    shard_key = models.SmallIntegerField()
    at = models.DateTimeField()
    how = models.CharField(max_length=10)
    from_id = models.UUIDField(null=True)
    from_name = models.CharField(max_length=60, default="")
    to_id = models.UUIDField()
    to_name = models.CharField(max_length=60)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=60, default="")
    reason = models.CharField(max_length=200, default="")
    leave = models.ForeignKey("claims.Leave", on_delete=models.PROTECT, null=True, related_name="moves")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(how__in=MOVES), name="move_known"),
            models.CheckConstraint(
                condition=~Q(how__in=("taken", "handed")) | (Q(by_id__isnull=False) & ~Q(reason="")),
                name="move_of_a_person_has_name_and_reason",
            ),
            models.CheckConstraint(
                condition=~Q(how__in=("stood_in", "back")) | Q(leave__isnull=False), name="move_of_a_leave_names_it"
            ),
        ]
        indexes = [models.Index(fields=["claim", "id"], name="move_of_claim")]


class Leave(models.Model):
    """Days on which a handler is away, both included, and who stands in. Only `cancelled_at` is ever set later."""

    id = models.UUIDField(primary_key=True)
    staff_id = models.UUIDField()
    staff_name = models.CharField(max_length=60)
    deputy_id = models.UUIDField()
    deputy_name = models.CharField(max_length=60)
    first_day = models.DateField()
    last_day = models.DateField()
    set_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    """When the claims came back."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="leave_days_in_order"),
            models.CheckConstraint(condition=~Q(staff_id=F("deputy_id")), name="leave_deputy_is_another"),
        ]
        indexes = [
            # away_on and the round
            models.Index(fields=["last_day", "first_day"], name="leave_open", condition=Q(closed_at=None)),
        ]
