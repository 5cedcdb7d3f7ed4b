"""Tables of the ledger. They only grow: a correction is a reversal, a balance is a sum of postings.

An entry says how many postings it has (`lines`). Each posting takes one number from 1 to `lines`, so a committed
entry has no number left and can never get another posting. One deferred trigger per entry counts and adds at
commit; the migration holds the triggers and the composite foreign key.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from baohe.plumbing.clock import new_id


class LedgerEntry(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shard_key = models.SmallIntegerField()
    kind = models.CharField(max_length=40)
    ref = models.CharField(max_length=120)
    business_date = models.DateField()
    memo = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    lines = models.SmallIntegerField()
    reverses = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shard_key", "kind", "ref"], name="entry_recorded_once"),
            # the target of the postings' foreign key: their number and shard are the entry's
            models.UniqueConstraint(fields=["id", "shard_key", "lines"], name="entry_of_posting"),
            models.UniqueConstraint(
                fields=["reverses"], name="entry_reversed_once", condition=Q(reverses__isnull=False)
            ),
            models.CheckConstraint(condition=Q(lines__gte=2), name="entry_two_lines"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"


class Posting(models.Model):
    """One line. The key is (entry, line): a line has no life outside its entry."""

    pk = models.CompositePrimaryKey("entry_id", "line")
    entry = models.ForeignKey(
        LedgerEntry, on_delete=models.PROTECT, related_name="postings", db_index=False, db_constraint=False
    )
    line = models.SmallIntegerField()
    lines = models.SmallIntegerField()
    shard_key = models.SmallIntegerField()
    account = models.CharField(max_length=120)
    amount_fen = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="CNY")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount_fen=0), name="posting_not_zero"),
            models.CheckConstraint(condition=Q(line__gte=1) & Q(line__lte=F("lines")), name="posting_numbered"),
            models.CheckConstraint(condition=Q(currency="CNY"), name="posting_currency"),
        ]
        indexes = [
            # balance, statement: all postings under an account path, in order of recording (ids sort by time)
            models.Index(
                fields=["account", "entry"], opclasses=["varchar_pattern_ops", "uuid_ops"], name="posting_statement"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.amount_fen}"
