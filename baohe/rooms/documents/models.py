"""Issued documents. A ready document never changes: the trigger of migration 0001_initial refuses it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Document(models.Model):
    """One file a customer may hold. Its bytes lie sealed in the data folder; here is what a checker may learn."""

    class State(models.TextChoices):
        PREPARING = "preparing"
        READY = "ready"

    id = models.UUIDField(primary_key=True)
    shard_key = models.SmallIntegerField()
    policy_id = models.UUIDField()
    kind = models.CharField(max_length=20, default="policy")
    state = models.CharField(max_length=20, choices=State.choices, default=State.PREPARING)
    token = models.CharField(max_length=64)
    policy_number = models.CharField(max_length=40)
    insurer_code = models.CharField(max_length=40)
    insurer_zh = models.CharField(max_length=120)
    insurer_en = models.CharField(max_length=200)
    product_zh = models.CharField(max_length=120)
    product_en = models.CharField(max_length=200)
    insured_masked = models.CharField(max_length=60)
    start = models.DateField()
    last_day = models.DateField()
    sha256 = models.BinaryField(null=True)
    size = models.IntegerField(null=True)
    certificate_sha256 = models.BinaryField(null=True)
    signed_by = models.CharField(max_length=200, default="")
    signed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    template = models.CharField(max_length=60, default="")
    """Key of the template, such as `policy@1`; empty for papers printed before templates had versions."""
    profile = models.CharField(max_length=12, default="ecdsa")
    """Who signed how: `ecdsa` or `rsa` inside the PDF, `sm2` with a detached signature beside it."""
    stamped_at = models.DateTimeField(null=True)
    stamped_by = models.CharField(max_length=200, default="")
    detached = models.TextField(default="")
    """The detached signature as its own file of JSON; empty where the profile has none."""

    class Meta:
        indexes = [
            # waiting, unprinted: papers that wait for their time stamp
            models.Index(fields=["created_at"], name="document_preparing", condition=Q(state="preparing")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["policy_id", "kind", "shard_key"], name="document_once_a_policy"),
            models.UniqueConstraint(fields=["token", "shard_key"], name="document_token"),
            models.UniqueConstraint(fields=["sha256", "shard_key"], name="document_digest"),
            models.CheckConstraint(
                condition=Q(state="preparing")
                | Q(sha256__isnull=False, size__gt=0, certificate_sha256__isnull=False, signed_at__isnull=False),
                name="document_ready_is_complete",
            ),
        ]


class ShownPaper(models.Model):
    """A paper as it was shown before it was signed, to the last byte (DATA-6). Never changed: a signature names
    `sha256`. The bytes lie sealed in the data folder."""

    id = models.UUIDField(primary_key=True)
    shard_key = models.SmallIntegerField()
    proposal_id = models.UUIDField()
    content_digest = models.CharField(max_length=64)
    template = models.CharField(max_length=60)
    sha256 = models.BinaryField(max_length=32)
    size = models.IntegerField()
    shown_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal_id", "sha256", "shard_key"], name="paper_shown_once"),
            models.CheckConstraint(condition=Q(size__gt=0), name="paper_shown_has_bytes"),
        ]
