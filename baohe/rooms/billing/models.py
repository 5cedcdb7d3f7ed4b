"""Tables of the room. Terms never change, states move forward only (triggers in `0002_states_move_forward`)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from baohe.plumbing.clock import new_id
from baohe.rooms.billing.contracts import OPEN_REQUESTS, UNPAID

_STATES = (*UNPAID, "paid", "dropped")
_REQUEST_STATES = (*OPEN_REQUESTS, "declined", "done", "closed")


class Instalment(models.Model):
    """One later premium of a policy. `remind_on` is the day of its next reminder, `next_try_on` of its next charge."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shard_key = models.SmallIntegerField()
    policy_id = models.UUIDField()
    account_id = models.UUIDField()
    number = models.SmallIntegerField()
    due_on = models.DateField()
    grace_ends = models.DateField()
    amount_fen = models.BigIntegerField()
    state = models.CharField(max_length=10, default="planned")
    remind_on = models.DateField(null=True)
    next_try_on = models.DateField(null=True)
    tries = models.SmallIntegerField(default=0)
    payment_id = models.UUIDField(null=True)
    provider = models.CharField(max_length=20, default="", blank=True)
    reason = models.CharField(max_length=40, default="", blank=True)
    paid_on = models.DateField(null=True)

    class Meta:
        constraints = [
            # field bug 17: no instalment is billed twice
            models.UniqueConstraint(fields=["policy_id", "number"], name="instalment_once"),
            models.UniqueConstraint(fields=["policy_id", "due_on"], name="instalment_one_a_day"),
            models.CheckConstraint(condition=Q(state__in=_STATES), name="instalment_state"),
            models.CheckConstraint(condition=Q(number__gte=2, amount_fen__gt=0), name="instalment_terms"),
            models.CheckConstraint(condition=Q(grace_ends__gte=F("due_on")), name="instalment_grace_after_due"),
            models.CheckConstraint(
                condition=Q(state="paid", paid_on__isnull=False, payment_id__isnull=False)
                | (~Q(state="paid") & Q(paid_on=None)),
                name="instalment_paid_by_payment",
            ),
            models.CheckConstraint(
                condition=Q(payment_id=None, provider="") | (Q(payment_id__isnull=False) & ~Q(provider="")),
                name="instalment_payment_has_provider",
            ),
        ]
        indexes = [
            # falling_due
            models.Index(fields=["due_on"], name="instalment_falls_due", condition=Q(state="planned")),
            # reminding
            models.Index(fields=["remind_on"], name="instalment_reminds", condition=Q(state__in=("planned", "due"))),
            # trying
            models.Index(fields=["next_try_on"], name="instalment_tries", condition=Q(state="due", payment_id=None)),
            # past_grace, and the desk's list of what is overdue
            models.Index(fields=["grace_ends"], name="instalment_in_grace", condition=Q(state="due")),
        ]

    def __str__(self) -> str:
        return f"{self.policy_id} {self.number}"


class Reinstatement(models.Model):
    """A request to take up a suspended policy again. `statement_sealed` is what the customer says of their health."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shard_key = models.SmallIntegerField()
    policy_id = models.UUIDField()
    account_id = models.UUIDField()
    state = models.CharField(max_length=10, default="asked")
    asked_at = models.DateTimeField()
    health_unchanged = models.BooleanField()
    statement_sealed = models.BinaryField()
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=60, default="", blank=True)
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=400, default="", blank=True)
    allowed_until = models.DateField(null=True)
    payment_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["policy_id"], condition=Q(state__in=OPEN_REQUESTS), name="reinstatement_one_open"
            ),
            models.CheckConstraint(condition=Q(state__in=_REQUEST_STATES), name="reinstatement_state"),
            # SERV-9: nobody is declined by a machine, nobody let in without a name
            models.CheckConstraint(
                condition=Q(state__in=("asked", "closed"))
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_by_name="") & ~Q(note="")),
                name="reinstatement_decided_by_name",
            ),
        ]
        indexes = [
            # reinstatement_of: the latest of a policy
            models.Index(fields=["policy_id", "-asked_at"], name="reinstatement_latest"),
            # requests: the desk's list, oldest first
            models.Index(fields=["asked_at"], name="reinstatement_waiting", condition=Q(state="asked")),
        ]

    def __str__(self) -> str:
        return f"{self.policy_id} {self.state}"
