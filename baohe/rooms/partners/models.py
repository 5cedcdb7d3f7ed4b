"""Partners, their public keys and the nonces already taken."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from baohe.plumbing.clock import new_id


class Partner(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    licensed = models.BooleanField(
        default=False, help_text="an unlicensed partner may only hand consumers over (SALE-1)"
    )
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class PartnerKey(models.Model):
    key_id = models.CharField(max_length=64, primary_key=True)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="keys")
    public_key = models.BinaryField(max_length=32)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["partner"], name="partner_key_live", condition=Q(revoked_at=None))]

    def __str__(self) -> str:
        return self.key_id


class TakenNonce(models.Model):
    """Kept twice as long as a signature stays fresh; the row itself refuses the replay."""

    id = models.BigAutoField(primary_key=True)
    key_id = models.CharField(max_length=64)
    nonce = models.CharField(max_length=128)
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key_id", "nonce"], name="nonce_taken_once")]
        indexes = [models.Index(fields=["taken_at"], name="nonce_forget")]
