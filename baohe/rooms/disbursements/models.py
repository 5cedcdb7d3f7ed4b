"""Money out that people order. Rows go forward only and are never deleted (triggers in `0002_forward_only`)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from baohe.plumbing.clock import new_id
from baohe.rooms.disbursements.contracts import COSTS, KINDS, OPEN, STATES

_NOBODY = Q(proposed_by=None, payee_sealed=b"", approved_by=None, proposed_by_name="", approved_by_name="")


class Disbursement(models.Model):
    """`payee_sealed` holds holder and number of the account; bank and `last_four` are for the eye."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=20)
    natural_key = models.CharField(max_length=100)
    subject_id = models.UUIDField()
    shard_key = models.SmallIntegerField()
    reference = models.CharField(max_length=40)
    cost = models.CharField(max_length=20, blank=True)
    provider = models.CharField(max_length=20, blank=True)
    amount_fen = models.BigIntegerField()
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default="open")
    attempt = models.SmallIntegerField(default=1)
    before_fen = models.BigIntegerField(null=True)
    bank = models.CharField(max_length=80, blank=True)
    payee_sealed = models.BinaryField(default=b"")
    last_four = models.CharField(max_length=4, blank=True)
    made_at = models.DateTimeField()
    proposed_by = models.UUIDField(null=True)
    proposed_by_name = models.CharField(max_length=40, blank=True)
    approved_by = models.UUIDField(null=True)
    approved_by_name = models.CharField(max_length=40, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # one fact is paid for once, also by two clerks or two deliveries of an event at once
            models.UniqueConstraint(fields=["shard_key", "natural_key"], name="disbursement_once"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="disbursement_state"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="disbursement_amount"),
            models.CheckConstraint(
                condition=Q(kind="claim_cost", cost__in=COSTS, provider="")
                | (Q(kind="refused_refund", cost="", before_fen=None) & ~Q(provider="")),
                name="disbursement_kind",
            ),
            models.CheckConstraint(condition=Q(kind__in=KINDS) & ~Q(reason=""), name="disbursement_reason"),
            # nobody is named while an account is missing; with one, somebody answers for it
            models.CheckConstraint(
                condition=(Q(state="open") & _NOBODY)
                | (~Q(state="open") & Q(proposed_by__isnull=False) & ~Q(payee_sealed=b"")),
                name="disbursement_has_payee",
            ),
            # four eyes
            models.CheckConstraint(
                condition=Q(state__in=["open", "proposed"], approved_by=None)
                | (
                    Q(state__in=["sent", "done", "refused"], approved_by__isnull=False)
                    & ~Q(approved_by=F("proposed_by"))
                ),
                name="disbursement_second_person",
            ),
            # what left of a claim's costs is in the books of its carriers
            models.CheckConstraint(
                condition=~Q(kind="claim_cost", state__in=["sent", "done"]) | Q(before_fen__isnull=False),
                name="disbursement_cost_booked",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | (~Q(state="done") & Q(done_at=None)),
                name="disbursement_done",
            ),
        ]
        indexes = [
            # page: what waits first, the oldest first
            models.Index(fields=["made_at", "id"], condition=Q(state__in=OPEN), name="disbursement_waiting"),
            # page: the newest first
            models.Index(fields=["-made_at", "id"], name="disbursement_by_made_at"),
            # approve: the costs of a claim; is_made_up: the way a refund took
            models.Index(fields=["subject_id"], name="disbursement_of_subject"),
        ]

    def __str__(self) -> str:
        return self.number


class DisbursementEvent(models.Model):
    """What happened to it, by whom. Only grows."""

    disbursement = models.ForeignKey(Disbursement, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    what = models.CharField(max_length=20)
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=40)
    text = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.what
