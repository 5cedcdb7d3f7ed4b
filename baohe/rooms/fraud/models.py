"""Looks, signals and feedback only grow (triggers in `0002_only_grows`); the other tables are an index of what is
known now and are written anew when a draft changes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from baohe.rooms.fraud.contracts import CLEARED, CONFIRMED, MARKS, UNCLEAR


class KnownClaim(models.Model):
    """The plain facts of a claim by which others are compared. `provider_index` is a keyed hash of the name."""

    claim_id = models.UUIDField(primary_key=True)
    shard_key = models.SmallIntegerField()
    account_id = models.UUIDField()
    policy_id = models.UUIDField()
    event = models.CharField(max_length=40)
    noticed_on = models.DateField()
    amount_fen = models.BigIntegerField(null=True)
    provider_index = models.BinaryField(max_length=32, null=True)
    keep_until = models.DateField(null=True)  # by the contract as it was; None: not dated yet

    class Meta:
        indexes = [
            # over: whose date has passed, and who has none
            models.Index(fields=["keep_until", "claim_id"], name="known_claim_over"),
            # frequency of an account, of a policy
            models.Index(fields=["account_id", "noticed_on"], name="known_claim_account"),
            models.Index(fields=["policy_id", "noticed_on"], name="known_claim_policy"),
            # provider_figures: the latest claims of an event that name a provider
            models.Index(
                fields=["event", "-noticed_on"], name="known_claim_event", condition=Q(provider_index__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(shard_key__range=(0, 1023)), name="known_claim_shard_known"),
        ]


class ClaimTrace(models.Model):
    """A mark that a claim left. `mark` is a keyed hash: the number itself is not here."""

    id = models.BigAutoField(primary_key=True)
    claim_id = models.UUIDField()
    shard_key = models.SmallIntegerField()
    account_id = models.UUIDField()
    kind = models.CharField(max_length=10)
    mark = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            # who else used it
            models.Index(fields=["kind", "mark"], name="trace_of_mark"),
            # what else this account used
            models.Index(fields=["account_id", "kind"], name="trace_of_account"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["claim_id", "kind", "mark"], name="trace_once_in_a_claim"),
            models.CheckConstraint(condition=Q(kind__in=MARKS), name="trace_kind_known"),
        ]


class KnownPicture(models.Model):
    """64 bits of a picture in four bands, each with its index: what is near is looked up, never scanned for."""

    paper_id = models.UUIDField(primary_key=True)
    claim_id = models.UUIDField()
    shard_key = models.SmallIntegerField()
    account_id = models.UUIDField()
    band_0 = models.IntegerField()
    band_1 = models.IntegerField()
    band_2 = models.IntegerField()
    band_3 = models.IntegerField()
    keep_until = models.DateField(null=True)  # as of `KnownClaim`: a draft's pictures come before its facts

    class Meta:
        indexes = [
            # over
            models.Index(fields=["keep_until", "claim_id"], name="known_picture_over"),
            models.Index(fields=["claim_id"], name="picture_of_claim"),
            *(models.Index(fields=[f"band_{place}"], name=f"picture_band_{place}") for place in range(4)),
        ]


class Look(models.Model):
    """One look at a claim: what the rules saw, sealed, so that it replays. The same sight is stored once."""

    id = models.UUIDField(primary_key=True)
    claim_id = models.UUIDField()
    shard_key = models.SmallIntegerField()
    rule_version = models.CharField(max_length=40)
    input_hash = models.CharField(max_length=64)
    seen_sealed = models.BinaryField()
    looked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["claim_id", "-looked_at"], name="look_latest")]
        constraints = [
            models.UniqueConstraint(
                fields=["shard_key", "claim_id", "rule_version", "input_hash"], name="look_once_per_sight"
            ),
        ]


class RaisedSignal(models.Model):
    """A signal of a look. There is no outcome column, and nothing refers to a decision."""

    id = models.UUIDField(primary_key=True)
    look = models.ForeignKey(Look, on_delete=models.PROTECT, related_name="signals")
    claim_id = models.UUIDField()
    shard_key = models.SmallIntegerField()
    code = models.CharField(max_length=40)
    weight = models.SmallIntegerField()
    text_sealed = models.BinaryField()
    points_to = models.JSONField(default=list)
    raised_at = models.DateTimeField()

    class Meta:
        indexes = [
            # precision: the signals of a year
            models.Index(fields=["raised_at"], name="signal_raised"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["look", "code"], name="signal_once_in_a_look"),
            models.CheckConstraint(condition=Q(weight__range=(0, 100)), name="signal_weight_in_points"),
        ]


class Feedback(models.Model):
    """What a named person found. The latest of a claim counts."""

    id = models.UUIDField(primary_key=True)
    claim_id = models.UUIDField()
    shard_key = models.SmallIntegerField()
    staff_id = models.UUIDField()
    staff_name = models.CharField(max_length=60)
    verdict = models.CharField(max_length=10)
    note_sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["claim_id", "-at"], name="feedback_latest"),
            # last_feedback: of all claims
            models.Index(fields=["-at", "-id"], name="feedback_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=(CONFIRMED, CLEARED, UNCLEAR)), name="feedback_verdict_known"
            ),
            models.CheckConstraint(condition=~Q(staff_name=""), name="feedback_has_a_name"),
        ]
