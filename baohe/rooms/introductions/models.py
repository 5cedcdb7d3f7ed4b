"""Agreements between two insurers, and the customers that one sent to the other under them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from baohe.plumbing.clock import new_id
from baohe.rooms.introductions.contracts import STATES


class Agreement(models.Model):
    """Its terms never change (trigger in `0002_agreements_stay`): another fee is another agreement."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=40, unique=True)
    introducer = models.CharField(max_length=30)
    insurer = models.CharField(max_length=30)
    line = models.CharField(max_length=30)
    rate_bp = models.IntegerField()
    cap_fen = models.BigIntegerField()
    buy_days = models.SmallIntegerField()
    return_days = models.SmallIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    proposed_by = models.UUIDField()
    proposed_by_name = models.CharField(max_length=40)
    proposed_at = models.DateTimeField()
    approved_by = models.UUIDField(null=True)
    approved_by_name = models.CharField(max_length=40, blank=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(introducer=F("insurer")), name="agreement_two_insurers"),
            models.CheckConstraint(condition=Q(rate_bp__gt=0, rate_bp__lte=10_000), name="agreement_rate"),
            models.CheckConstraint(condition=Q(cap_fen__gt=0), name="agreement_cap_positive"),
            models.CheckConstraint(condition=Q(buy_days__gt=0, return_days__gte=0), name="agreement_days"),
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="agreement_days_ordered"),
            # four eyes
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | (Q(approved_at__isnull=False) & ~Q(approved_by=F("proposed_by"))),
                name="agreement_second_name",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Introduction(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="introductions", db_index=False)
    reference = models.CharField(max_length=60)
    token = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=10, default="asked")
    account_id = models.UUIDField(null=True)
    text_digest = models.CharField(max_length=64, blank=True)
    made_by = models.UUIDField()
    made_by_name = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    policy_id = models.UUIDField(null=True, unique=True)
    due_on = models.DateField(null=True)
    fee_fen = models.BigIntegerField(null=True)
    returnable_until = models.DateField(null=True)
    looked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="introduction_state"),
            # the introducer's own number is told once, also by two clerks at once
            models.UniqueConstraint(fields=["agreement", "reference"], name="introduction_once"),
            # nobody is known before they said yes
            models.CheckConstraint(
                condition=Q(account_id=None) | ~Q(state="asked"), name="introduction_known_after_answer"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("agreed", "bound", "paid", "settled", "reversed"))
                | (Q(account_id__isnull=False, answered_at__isnull=False) & ~Q(text_digest="")),
                name="introduction_agreed_has_text",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("bound", "paid", "settled", "reversed"))
                | Q(policy_id__isnull=False, due_on__isnull=False, fee_fen__gt=0),
                name="introduction_bound_has_policy",
            ),
        ]
        indexes = [
            # open_ids: what the round has to look at, the longest unseen first
            models.Index(
                fields=["looked_at", "id"],
                condition=Q(state__in=("agreed", "bound", "paid")),
                name="introduction_to_look_at",
            ),
            # introductions: the newest first
            models.Index(fields=["-made_at", "id"], name="introduction_by_made_at"),
        ]

    def __str__(self) -> str:
        return self.reference
