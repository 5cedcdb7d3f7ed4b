"""Tables of the ledger. They only grow: a correction is a reversal, a balance is a sum of postings.

An entry says how many postings it has (`lines`). Each posting takes one number from 1 to `lines`, so a committed
entry has no number left and can never get another posting. One deferred trigger per entry counts and adds at
commit; the migration holds the triggers and the composite foreign key.
"""

from __future__ import annotations

from datetime import date

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
    # The month it counts in, its first day. Written by the database alone (trigger entry_finds_its_month).
    period = models.DateField(editable=False, default=date.min)
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
        indexes = [
            # trial balance, close: the entries of one month (ids sort by time)
            models.Index(fields=["period", "id"], name="entry_of_month"),
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


class ClosedMonth(models.Model):
    """A month that takes no entry any more. Months close in order; the newest row says where the books stand.

    `entries` and `digest` (of the balances, canonical JSON) let anybody prove later that nothing moved since.
    """

    month = models.DateField(primary_key=True)
    closed_at = models.DateTimeField()
    closed_by = models.UUIDField()
    closed_by_name = models.CharField(max_length=80)
    entries = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="closed_month_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class MonthBalance(models.Model):
    """What an account had moved in a closed month, and where it stood at its end: a cache of sums, proven against
    them by `check()`. `debit_fen` and `credit_fen` are positive turnovers."""

    pk = models.CompositePrimaryKey("month_id", "account", "currency")
    month = models.ForeignKey(ClosedMonth, on_delete=models.PROTECT, related_name="balances", db_index=False)
    account = models.CharField(max_length=120)
    currency = models.CharField(max_length=3, default="CNY")
    opening_fen = models.BigIntegerField()
    debit_fen = models.BigIntegerField()
    credit_fen = models.BigIntegerField()
    closing_fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(debit_fen__gte=0, credit_fen__gte=0), name="turnover_positive"),
            models.CheckConstraint(
                condition=Q(closing_fen=F("opening_fen") + F("debit_fen") - F("credit_fen")), name="balance_adds_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.closing_fen}"
