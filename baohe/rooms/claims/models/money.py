"""Tables of a claim's money beyond the payout: what is set aside, paid in advance, corrected and recovered.

Every table is append-only or goes forward once (triggers of `0006_money_goes_forward`).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

ACTS = (
    "estimate",
    "advance",
    "correction",
    "recovery",
    "receipt",
    "write_off",
    "reopen",
    "heirs",
    "guardian",
    "account",
)
ALONE = ("estimate", "advance", "recovery", "reopen")
"""What one name may do within its authority; the others always take two."""
RECOVERIES = ("subrogation", "salvage", "coinsurer", "overpaid")


class ReserveMove(models.Model):
    """未决赔款准备金: what is set aside for a claim moves by `amount_fen`. The balance is the sum, never below 0."""

    id = models.BigAutoField(primary_key=True)
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="reserve_moves")
    shard_key = models.SmallIntegerField()
    number = models.SmallIntegerField()
    at = models.DateTimeField()
    cause = models.CharField(max_length=20)
    before_fen = models.BigIntegerField()
    amount_fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="reserve_move_numbered"),
            models.CheckConstraint(condition=~Q(amount_fen=0), name="reserve_move_moves"),
            models.CheckConstraint(
                condition=Q(before_fen__gte=0) & Q(before_fen__gte=-F("amount_fen")), name="reserve_not_negative"
            ),
        ]


class Advance(models.Model):
    """先予支付 (INS 25): one task and one order a claim, for ever. `certain_fen` is what no doubt touches."""

    claim = models.OneToOneField("claims.Claim", on_delete=models.PROTECT, primary_key=True, related_name="advance")
    shard_key = models.SmallIntegerField()
    raised_at = models.DateTimeField()
    certain_fen = models.BigIntegerField()
    ordered_at = models.DateTimeField(null=True)
    decision_number = models.SmallIntegerField(null=True)
    amount_fen = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(certain_fen__gte=0), name="advance_certain_not_negative"),
            models.CheckConstraint(
                condition=Q(ordered_at=None, amount_fen=None, decision_number=None)
                | Q(ordered_at__isnull=False, amount_fen__gt=0, decision_number__isnull=False),
                name="advance_ordered_whole",
            ),
        ]
        indexes = [
            # desk queue advance: tasks that nobody has ordered
            models.Index(fields=["raised_at"], name="advance_waiting", condition=Q(ordered_at=None)),
        ]


class MoneyAct(models.Model):
    """What staff did with a claim's money: made by one name, confirmed or returned by another. `alone`: within the
    authority of one."""

    id = models.UUIDField(primary_key=True)
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="money_acts")
    shard_key = models.SmallIntegerField()
    kind = models.CharField(max_length=20)
    amount_fen = models.BigIntegerField()
    facts = models.JSONField(default=dict)
    reason_sealed = models.BinaryField()
    alone = models.BooleanField(default=False)
    maker_id = models.UUIDField()
    maker_name = models.CharField(max_length=60)
    proposed_at = models.DateTimeField()
    checker_id = models.UUIDField(null=True)
    checker_name = models.CharField(max_length=60, default="")
    confirmed_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ACTS), name="money_act_known"),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="money_act_not_negative"),
            models.CheckConstraint(
                condition=Q(checker_id=None) | ~Q(checker_id=F("maker_id")), name="money_act_two_people"
            ),
            models.CheckConstraint(
                condition=Q(alone=False) | Q(kind__in=ALONE, checker_id=None), name="money_act_alone_only_where_allowed"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(returned_at=None, checker_id__isnull=False) | Q(alone=True),
                name="money_act_confirmed_by_name",
            ),
            models.UniqueConstraint(
                fields=["claim", "kind"], name="money_act_one_open", condition=Q(confirmed_at=None, returned_at=None)
            ),
        ]
        indexes = [
            # waiting_acts: what waits for a second name
            models.Index(
                fields=["proposed_at", "id"],
                name="money_act_waiting",
                condition=Q(confirmed_at=None, returned_at=None),
            ),
        ]


class Recovery(models.Model):
    """追偿: what somebody else owes of a paid claim. What came in and what was given up are its moves. `base_fen` is
    what of the claim stays with the carriers, behind which a correction is shared out."""

    id = models.UUIDField(primary_key=True)
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="recoveries")
    act = models.OneToOneField(MoneyAct, on_delete=models.PROTECT, related_name="recovery")
    shard_key = models.SmallIntegerField()
    number = models.CharField(max_length=30)
    kind = models.CharField(max_length=20)
    expected_fen = models.BigIntegerField()
    base_fen = models.BigIntegerField(default=0)
    debtor_sealed = models.BinaryField()
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shard_key", "number"], name="recovery_number_once"),
            models.CheckConstraint(condition=Q(kind__in=RECOVERIES), name="recovery_kind_known"),
            models.CheckConstraint(condition=Q(expected_fen__gt=0, base_fen__gte=0), name="recovery_expects_something"),
        ]


class RecoveryMove(models.Model):
    """`what` is received or written_off. A bank's reference counts once."""

    id = models.BigAutoField(primary_key=True)
    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="moves")
    act = models.OneToOneField(MoneyAct, on_delete=models.PROTECT, related_name="recovery_move")
    shard_key = models.SmallIntegerField()
    what = models.CharField(max_length=12)
    before_fen = models.BigIntegerField()
    amount_fen = models.BigIntegerField()
    bank_reference = models.CharField(max_length=64, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(what="received") & ~Q(bank_reference="") | Q(what="written_off", bank_reference=""),
                name="recovery_move_known",
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0, before_fen__gte=0), name="recovery_move_positive"),
            models.UniqueConstraint(
                fields=["shard_key", "bank_reference"],
                name="recovery_receipt_once",
                condition=~Q(bank_reference=""),
            ),
        ]
        indexes = [
            # receipts_by_references: a bill's line, or a second receipt of the same money
            models.Index(fields=["bank_reference"], name="recovery_move_reference", condition=~Q(bank_reference="")),
            # receipts_on: what came in on a day
            models.Index(fields=["at"], name="recovery_received_on", condition=Q(what="received")),
        ]
