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
    "AnswerDraft",
    "Declaration",
    "MedicalPaper",
    "Referral",
    "ReferralDecision",
    "ReferralEvent",
    "RequestedPaper",
    "RuleDraft",
    "RuleSet",
    "Verdict",
]

MACHINE_OUTCOMES = ("accept", "load", "exclude", "postpone", "refer")
PERSON_OUTCOMES = ("accept", "load", "exclude", "postpone", "declined_by_person")


class RuleSet(models.Model):
    """A released version of the house's rules for a scope (a product, a line of business, or "*" for all). Never
    changed: a later one replaces it from its own day. `content` is the canonical JDM document.

    Maker and checker are two people; only the set that came with the platform has neither.
    """

    id = models.UUIDField(primary_key=True)
    scope = models.CharField(max_length=60)
    number = models.IntegerField()
    name = models.CharField(max_length=120)
    content = models.TextField()
    digest = models.CharField(max_length=64)
    cases = models.JSONField()
    note = models.CharField(max_length=500)
    effective_from = models.DateField()
    shipped = models.BooleanField(default=False)
    author_id = models.UUIDField(null=True)
    author_name = models.CharField(max_length=60)
    released_by_id = models.UUIDField(null=True)
    released_by_name = models.CharField(max_length=60)
    released_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "number"], name="rule_set_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="rule_set_numbered"),
            models.CheckConstraint(
                condition=Q(shipped=True, author_id=None, released_by_id=None)
                | (
                    Q(shipped=False, author_id__isnull=False, released_by_id__isnull=False)
                    & ~Q(author_id=models.F("released_by_id"))
                ),
                name="rule_set_maker_is_not_checker",
            ),
        ]
        indexes = [
            # in_force: the latest of a scope on a day
            models.Index(fields=["scope", "-effective_from", "-number"], name="rule_set_in_force"),
        ]


class RuleDraft(models.Model):
    """A rule set being written. `submitted` is frozen until a second person releases it or gives it back; a released
    draft is gone, its version stays. `revision` guards two windows against each other."""

    id = models.UUIDField(primary_key=True)
    scope = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    content = models.TextField()
    cases = models.JSONField()
    note = models.CharField(max_length=500, default="")
    author_id = models.UUIDField()
    author_name = models.CharField(max_length=60)
    effective_from = models.DateField(null=True)
    submitted_at = models.DateTimeField(null=True)
    revision = models.IntegerField(default=1)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(submitted_at=None) | Q(effective_from__isnull=False), name="rule_draft_submitted_with_a_day"
            ),
        ]
        indexes = [
            # the desk's list, the latest touched first
            models.Index(fields=["-updated_at"], name="rule_draft_latest"),
        ]


class AnswerDraft(models.Model):
    """Answers on their way, sealed, for one insured and one product version: another device goes on where this one
    stopped. They expire; what was declared erases them. `revision` decides which device was first."""

    id = models.UUIDField(primary_key=True)
    account_id = models.UUIDField()
    person_id = models.UUIDField()
    version_id = models.CharField(max_length=100)
    answers_sealed = models.BinaryField(null=True)
    revision = models.IntegerField()
    declaration_id = models.UUIDField(null=True)
    updated_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account_id", "person_id", "version_id"], name="answer_draft_once"),
        ]
        indexes = [
            # forget_drafts: what has expired and still holds answers
            models.Index(fields=["expires_at"], name="answer_draft_expiring", condition=~Q(answers_sealed=None)),
        ]


class Declaration(models.Model):
    """Answers sealed, the decision beside them. `facts` are the rating inputs and the sex the product's rules saw;
    `seen_sealed` what the rule set of the house saw (null where there was none yet), the occupation's class among it,
    read from `occupation_edition` ("": no occupation was known)."""

    id = models.UUIDField(primary_key=True)
    account_id = models.UUIDField()
    quote_id = models.UUIDField()
    person_id = models.UUIDField()
    version_id = models.CharField(max_length=60)
    facts = models.JSONField()
    inputs = models.JSONField()
    answers_sealed = models.BinaryField()
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, null=True, related_name="+")
    seen_sealed = models.BinaryField(null=True)
    occupation_edition = models.CharField(max_length=20, default="")
    decided_on = models.DateField(null=True)
    postponed_until = models.DateField(null=True)
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
                condition=Q(outcome="postpone", postponed_until__isnull=False)
                | (~Q(outcome="postpone") & Q(postponed_until=None)),
                name="declaration_postponed_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(rule_set=None, seen_sealed=None, decided_on=None)
                | Q(rule_set__isnull=False, seen_sealed__isnull=False, decided_on__isnull=False),
                name="declaration_replays",
            ),
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
