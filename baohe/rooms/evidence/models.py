"""Tables of the evidence log; triggers and checks carry the invariants (see migration 0001_initial)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class EvidenceLog(models.Model):
    """The identity of this database's log, made once. A restored backup keeps it; a fresh database has its own, so
    it can never sign a second history under the name of the first."""

    only = models.BooleanField(primary_key=True, default=True)
    id = models.UUIDField(unique=True)
    origin = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=True), name="evidence_one_log")]


class EvidenceLeaf(models.Model):
    """One fact. Append-only: only `leaf_index` may go from null to its place, and `opening` to null for ever."""

    id = models.UUIDField(primary_key=True)
    shard_key = models.SmallIntegerField()
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    leaf_data = models.BinaryField()
    """Canonical JSON, published: kind, moment and a salted commitment to subject and facts."""
    leaf_hash = models.BinaryField()
    opening = models.BinaryField(null=True)
    """Canonical JSON of salt, subject and facts; erased on its own when the law says forget."""
    recorded_at = models.DateTimeField()
    leaf_index = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["leaf_index", "shard_key"], name="evidence_leaf_place"),
            models.CheckConstraint(condition=Q(leaf_index__gte=0), name="evidence_leaf_index_positive"),
        ]
        indexes = [
            # integrate: the leaves that wait for a place, oldest id first
            models.Index(fields=["id"], name="evidence_leaf_waiting", condition=Q(leaf_index=None)),
            # proof, append_once: the leaves of a subject
            models.Index(fields=["subject", "kind"], name="evidence_leaf_subject"),
        ]


class EvidenceTile(models.Model):
    """256 consecutive hashes of one level (c2sp.org/tlog-tiles). A partial tile only ever grows at its end."""

    id = models.BigAutoField(primary_key=True)
    level = models.SmallIntegerField()
    number = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "number"], name="evidence_tile_place"),
            models.CheckConstraint(
                condition=Q(level__gte=0, level__lte=7, number__gte=0), name="evidence_tile_in_range"
            ),
        ]


class EvidenceCheckpoint(models.Model):
    """Every checkpoint the log signed, for auditors. The newest also lies in a file outside of the database."""

    size = models.BigIntegerField(primary_key=True)
    root_hash = models.BinaryField()
    note = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        ordering = [F("size").desc()]
