"""What happens to a declaration that a person looks at: papers, readings, verdicts, history.

History and verdict rules stand in the database: two different people where two are needed (SERV-9), one open verdict
a referral, a request that names each kind of paper once. `ReferralEvent` is append-only (trigger).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

STATES = (
    "open",
    "waiting_for_papers",
    "to_confirm",
    "offered",
    "accepted",
    "declined_by_customer",
    "expired",
    "decided",
)
CLOSED = ("accepted", "declined_by_customer", "expired", "decided")
PAPER_STATES = ("reading", "read", "unreadable", "kept")
ANSWERS = ("", "accepted", "declined", "expired")


class ReferralEvent(models.Model):
    """One act in the life of a referral: who, when, what. Append-only. `facts` hold no health data.

    `key` is empty, or names what may happen once only (a mark of one deadline).
    """

    id = models.BigAutoField(primary_key=True)
    referral = models.ForeignKey("underwriting.Referral", on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    code = models.CharField(max_length=30)
    staff_id = models.UUIDField(null=True)
    staff_name = models.CharField(max_length=60, default="")
    facts = models.JSONField(default=dict)
    key = models.CharField(max_length=40, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "code", "key"], name="referral_event_once", condition=~Q(key="")
            ),
        ]


class RequestedPaper(models.Model):
    """A kind of paper that the underwriter asked for, and why (sealed: it may name an illness)."""

    id = models.UUIDField(primary_key=True)
    referral = models.ForeignKey("underwriting.Referral", on_delete=models.PROTECT, related_name="requested")
    kind = models.CharField(max_length=20)
    why_sealed = models.BinaryField()
    wanted = models.BooleanField(default=True)
    not_available = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    asked_by_name = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["referral", "kind"], name="requested_paper_once")]


class MedicalPaper(models.Model):
    """One picture of a paper. An uploaded PDF is as many rows as it has pages, under one `upload_id`.

    `referral` null: uploaded before the declaration, to fill in answers. What the machine read and what the person
    confirmed stand side by side; only what was confirmed counts.
    """

    id = models.UUIDField(primary_key=True)
    account_id = models.UUIDField()
    person_id = models.UUIDField()
    referral = models.ForeignKey("underwriting.Referral", on_delete=models.PROTECT, null=True, related_name="papers")
    kind = models.CharField(max_length=20)
    upload_id = models.UUIDField()
    page = models.SmallIntegerField()
    state = models.CharField(max_length=12)
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    reading_sealed = models.BinaryField(null=True)
    confirmed_sealed = models.BinaryField(null=True)
    added_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PAPER_STATES), name="medical_paper_state"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(confirmed_sealed__isnull=False), name="medical_paper_confirmed"
            ),
            models.UniqueConstraint(
                fields=["referral", "sha256"], name="medical_paper_once", condition=Q(removed_at=None)
            ),
        ]
        indexes = [
            # papers of a person that were uploaded before declaring, newest first
            models.Index(
                fields=["account_id", "person_id", "-added_at"],
                name="medical_paper_loose",
                condition=Q(referral=None, removed_at=None),
            ),
            # the pages of one upload
            models.Index(fields=["upload_id", "page"], name="medical_paper_upload"),
        ]


class Verdict(models.Model):
    """What underwriters concluded, by one name or two. Load and exclude are offers that the customer answers."""

    id = models.UUIDField(primary_key=True)
    referral = models.ForeignKey("underwriting.Referral", on_delete=models.PROTECT, related_name="verdicts")
    outcome = models.CharField(max_length=20)
    loading_bp = models.IntegerField()
    exclusions = models.JSONField()
    premium_fen = models.BigIntegerField()
    note = models.TextField()
    clause = models.CharField(max_length=40, default="")
    maker_id = models.UUIDField()
    maker_name = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    two_names = models.BooleanField()
    checker_id = models.UUIDField(null=True)
    checker_name = models.CharField(max_length=60, default="")
    returned_at = models.DateTimeField(null=True)
    given_at = models.DateTimeField(null=True)
    valid_until = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, default="")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(checker_id=None) | ~Q(checker_id=F("maker_id")), name="verdict_two_people"
            ),
            models.CheckConstraint(
                condition=Q(given_at=None) | Q(two_names=False) | Q(checker_id__isnull=False),
                name="verdict_second_name",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="declined_by_person") | ~Q(clause=""), name="verdict_decline_has_clause"
            ),
            models.CheckConstraint(condition=~Q(note="") & ~Q(maker_name=""), name="verdict_named_and_reasoned"),
            models.CheckConstraint(condition=Q(answer__in=ANSWERS), name="verdict_answer_known"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="verdict_answered_once",
            ),
            models.UniqueConstraint(
                fields=["referral"], name="verdict_one_open", condition=Q(returned_at=None, answered_at=None)
            ),
        ]
