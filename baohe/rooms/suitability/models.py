"""Checks and statements only grow (triggers in `0002_only_grow`); kept answers belong to the customer, who may erase
them at any time. What anybody answered is sealed: it says what a household earns."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from baohe.rooms.suitability.contracts import FITS, SIGNED, STATEMENTS, STOP


class KeptAnswers(models.Model):
    """Answers that the customer wanted kept for the next purchase."""

    account_id = models.UUIDField(primary_key=True)
    answers_sealed = models.BinaryField()
    kept_at = models.DateTimeField()


class Assessment(models.Model):
    """One check of one proposal: its terms, the sealed answers with the advice, and what rules gave it."""

    id = models.UUIDField(primary_key=True)
    shard_key = models.SmallIntegerField()
    account_id = models.UUIDField()
    proposal_id = models.UUIDField()
    terms = models.JSONField()
    answers_sealed = models.BinaryField()
    outcome = models.CharField(max_length=10)
    rule_version = models.CharField(max_length=20)
    reused = models.BooleanField()
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            # the latest check of a proposal
            models.Index(fields=["shard_key", "proposal_id", "-made_at"], name="assessment_of_proposal"),
            # the auditor's list: the latest advice to stop
            models.Index(fields=["-made_at"], name="assessment_to_stop", condition=Q(outcome=STOP)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=(FITS, STOP)), name="assessment_outcome_known"),
            models.CheckConstraint(condition=Q(shard_key__range=(0, 1023)), name="assessment_shard_known"),
        ]


class Statement(models.Model):
    """What the customer stated about one proposal, bound to the digest of the text that was shown."""

    id = models.UUIDField(primary_key=True)
    shard_key = models.SmallIntegerField()
    account_id = models.UUIDField()
    proposal_id = models.UUIDField()
    code = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    lines_sealed = models.BinaryField()
    strokes_sealed = models.BinaryField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shard_key", "proposal_id", "code", "digest"], name="statement_once"),
            models.CheckConstraint(condition=Q(code__in=STATEMENTS), name="statement_code_known"),
            models.CheckConstraint(
                condition=~Q(code__in=sorted(SIGNED)) | Q(strokes_sealed__isnull=False), name="statement_signed"
            ),
            models.CheckConstraint(condition=Q(shard_key__range=(0, 1023)), name="statement_shard_known"),
        ]
