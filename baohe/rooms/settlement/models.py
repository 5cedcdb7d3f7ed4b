"""Tables of the room. A statement never changes: a new edition supersedes it (triggers in `0002_statements_stay`)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from baohe.plumbing.clock import new_id
from baohe.rooms.settlement.contracts import KINDS


class Party(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    branch = models.CharField(max_length=80, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="party_once"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="party_kind"),
        ]

    def __str__(self) -> str:
        return self.name


class Statement(models.Model):
    """`content` are the canonical bytes that were signed. The detail lines stay in the ledger, whose closed month
    takes none and loses none; `content` holds their digest."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=80, unique=True)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="statements", db_index=False)
    month = models.DateField()
    edition = models.SmallIntegerField(default=1)
    reason = models.CharField(max_length=200, default="", blank=True)
    opening_fen = models.BigIntegerField()
    moved_fen = models.BigIntegerField()
    closing_fen = models.BigIntegerField()
    lines = models.BigIntegerField()
    totals = models.JSONField()
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    key = models.CharField(max_length=120)
    signature = models.CharField(max_length=120)
    issued_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "month", "edition"], name="statement_edition_once"),
            # field bug 21: two runs of one month make one statement
            models.UniqueConstraint(
                fields=["party", "month"], condition=Q(superseded_at=None), name="statement_one_current"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="statement_first_day"),
            models.CheckConstraint(
                condition=Q(closing_fen=F("opening_fen") + F("moved_fen")), name="statement_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(edition=1, reason="") | (Q(edition__gt=1) & ~Q(reason="")),
                name="statement_edition_has_reason",
            ),
        ]
        indexes = [
            # statements: newest month first
            models.Index(fields=["-month", "id"], name="statement_by_month"),
        ]

    def __str__(self) -> str:
        return self.number
