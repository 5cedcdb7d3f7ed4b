"""Tables of a claim's papers: the pictures, what was read of them, and what the claimant changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class ClaimPaper(models.Model):
    """One picture. The file is sealed like a field: it shows health data. `sha256` is of the picture as re-written,
    so that other metadata or another name does not make it another picture; `look` is its perceptual hash, signed.
    `doubts`: codes of what was doubted at its arrival and kept all the same. `traces_sealed`: what the original file
    said of itself, for handlers alone. `seen_kind`: the reader's kind of a picture that is another paper than
    was asked for; empty otherwise."""

    id = models.UUIDField(primary_key=True)
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="papers")
    shard_key = models.SmallIntegerField()
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=12)
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    fields_sealed = models.BinaryField(null=True)
    number_index = models.BinaryField(max_length=32, null=True)
    facts_index = models.BinaryField(max_length=32, null=True)
    added_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    doubts = models.JSONField(default=list)
    traces_sealed = models.BinaryField(null=True)
    look = models.BigIntegerField(null=True)
    seen_kind = models.CharField(max_length=20, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "sha256"], name="paper_once_in_a_claim", condition=Q(removed_at=None)
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("invoice", "bill", "record", "identity", "relation")), name="paper_kind_known"
            ),
            models.CheckConstraint(condition=Q(state__in=("reading", "read", "unreadable")), name="paper_state_known"),
        ]
        indexes = [
            # used_before: the same picture, invoice number or facts in another claim
            models.Index(fields=["sha256"], name="paper_picture", condition=Q(removed_at=None)),
            models.Index(fields=["number_index"], name="paper_number", condition=Q(removed_at=None)),
            models.Index(fields=["facts_index"], name="paper_facts", condition=Q(removed_at=None)),
        ]


class Correction(models.Model):
    """What the claimant changed in a read field. Append-only."""

    id = models.BigAutoField(primary_key=True)
    paper = models.ForeignKey(ClaimPaper, on_delete=models.PROTECT, related_name="corrections")
    shard_key = models.SmallIntegerField()
    field = models.CharField(max_length=20)
    change_id = models.UUIDField()
    values_sealed = models.BinaryField()
    at = models.DateTimeField()
