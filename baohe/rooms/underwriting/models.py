"""Declarations, referrals and what underwriters decided. Declarations and decisions are append-only (trigger).

The CHECK on `outcome` is SERV-9 in the database: a declaration that a machine decided cannot be a refusal, and a
refusal cannot exist without the named underwriter beside it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from baohe.rooms.underwriting.referral_models import (
    CLOSED,
    STATES,
    MedicalPaper,
    ReferralEvent,
    RequestedPaper,
    Verdict,
)

__all__ = [
    "MACHINE_OUTCOMES",
    "PERSON_OUTCOMES",
    "Declaration",
    "MedicalPaper",
    "Referral",
    "ReferralDecision",
    "ReferralEvent",
    "RequestedPaper",
    "Verdict",
]

MACHINE_OUTCOMES = ("accept", "load", "exclude", "refer")
PERSON_OUTCOMES = ("accept", "load", "exclude", "declined_by_person")


class Declaration(models.Model):
    """Answers sealed, the decision beside them. `facts` are the rating inputs and the sex the rules saw."""

    id = models.UUIDField(primary_key=True)
    account_id = models.UUIDField()
    quote_id = models.UUIDField()
    person_id = models.UUIDField()
    version_id = models.CharField(max_length=60)
    facts = models.JSONField()
    inputs = models.JSONField()
    answers_sealed = models.BinaryField()
    outcome = models.CharField(max_length=10)
    decision = models.JSONField()
    loading_bp = models.IntegerField()
    exclusions = models.JSONField()
    quoted_premium_fen = models.BigIntegerField()
    premium_fen = models.BigIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=MACHINE_OUTCOMES), name="declaration_machine_outcome"),
            models.CheckConstraint(condition=Q(loading_bp__gte=0), name="declaration_loading_positive"),
            models.CheckConstraint(
                condition=Q(premium_fen__gte=models.F("quoted_premium_fen")), name="declaration_premium_loaded"
            ),
        ]
        indexes = [
            # the customer's declarations of one quote
            models.Index(fields=["account_id", "quote_id"], name="declaration_of_quote"),
        ]


class Referral(models.Model):
    """A declaration that waits for a person. `decided_at` closes it; the decision itself is its own row.

    `cause`: the rules sent it, or the customer asked a person to look again (DATA-3). `reply_by` is the
    underwriter's deadline; it stands still from `paused_at` while the customer owes papers until `papers_by`.
    """

    declaration = models.OneToOneField(Declaration, on_delete=models.PROTECT, primary_key=True, related_name="referral")
    handler = models.CharField(max_length=60)
    handler_id = models.UUIDField(null=True)
    cause = models.CharField(max_length=10, default="rules")
    ask_sealed = models.BinaryField(null=True)
    state = models.CharField(max_length=20, default="open")
    reply_by = models.DateTimeField()
    papers_by = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="referral_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=CLOSED, decided_at__isnull=False) | (~Q(state__in=CLOSED) & Q(decided_at=None)),
                name="referral_closed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting_for_papers", papers_by__isnull=False, paused_at__isnull=False)
                | (~Q(state="waiting_for_papers") & Q(papers_by=None, paused_at=None)),
                name="referral_clock_stands",
            ),
            models.CheckConstraint(condition=Q(cause__in=("rules", "customer")), name="referral_cause_known"),
        ]
        indexes = [
            # the underwriter's queue, nearest deadline first
            models.Index(fields=["reply_by", "declaration"], name="referral_open", condition=Q(decided_at=None)),
            # the desk's tab of closed files, newest first
            models.Index(fields=["-decided_at", "declaration"], name="referral_closed", condition=~Q(decided_at=None)),
        ]


class ReferralDecision(models.Model):
    """What a named underwriter decided, and why."""

    declaration = models.OneToOneField(
        Declaration, on_delete=models.PROTECT, primary_key=True, related_name="person_decision"
    )
    staff_account_id = models.UUIDField()
    staff_name = models.CharField(max_length=60)
    outcome = models.CharField(max_length=20)
    note = models.TextField()
    clause = models.CharField(max_length=40, default="")
    checked_by = models.UUIDField(null=True)
    checked_by_name = models.CharField(max_length=60, default="")
    loading_bp = models.IntegerField()
    exclusions = models.JSONField()
    premium_fen = models.BigIntegerField()
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=PERSON_OUTCOMES), name="referral_person_outcome"),
            models.CheckConstraint(condition=~Q(staff_name="") & ~Q(note=""), name="referral_named_and_reasoned"),
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=models.F("staff_account_id")),
                name="referral_checked_by_another",
            ),
        ]
