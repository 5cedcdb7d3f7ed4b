"""受益人份额: a death benefit is owed to each beneficiary apart. Rows go forward only (triggers of `0012`)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from baohe.rooms.claims.rules.sharing import PAID, PAYING, STATES, WAITING_ACCOUNT, WAITING_GUARDIAN


class ClaimShare(models.Model):
    """What one receiver has of one decision. `before_fen` is what the carriers bore of the claim before it. `attempt`
    counts the tries at paying; the account of a try that failed is forgotten."""

    id = models.UUIDField(primary_key=True)
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="shares")
    shard_key = models.SmallIntegerField()
    decision_number = models.SmallIntegerField()
    number = models.SmallIntegerField()
    person_id = models.UUIDField(null=True)
    relation = models.CharField(max_length=20, default="")
    name_sealed = models.BinaryField()
    percent = models.SmallIntegerField()
    amount_fen = models.BigIntegerField()
    before_fen = models.BigIntegerField()
    minor = models.BooleanField()
    guardian_sealed = models.BinaryField(default=b"")
    guardian_at = models.DateTimeField(null=True)
    guardian_said = models.CharField(max_length=64, default="")
    """Digest of the words that the guardian agreed to; "" where two handlers recorded the act."""
    state = models.CharField(max_length=20)
    attempt = models.SmallIntegerField(default=0)
    account_sealed = models.BinaryField(default=b"")
    bank = models.CharField(max_length=80, default="")
    last_four = models.CharField(max_length=4, default="")
    agreed_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "decision_number", "number"], name="claim_share_numbered"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="claim_share_state_known"),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0, before_fen__gte=0, percent__gt=0, percent__lte=100),
                name="claim_share_is_money",
            ),
            # a minor's share moves by the guardian's act and not before
            models.CheckConstraint(
                condition=Q(state=WAITING_GUARDIAN, minor=True, guardian_at=None)
                | ~Q(state=WAITING_GUARDIAN) & (Q(minor=False) | Q(guardian_at__isnull=False)),
                name="claim_share_guardian",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(WAITING_GUARDIAN, WAITING_ACCOUNT), account_sealed=b"")
                | Q(state__in=(PAYING, PAID)) & ~Q(account_sealed=b""),
                name="claim_share_has_account",
            ),
            models.CheckConstraint(
                condition=Q(state=PAID, paid_at__isnull=False) | ~Q(state=PAID) & Q(paid_at=None),
                name="claim_share_paid",
            ),
        ]
