"""Tables of the room. A statement never changes: a new edition supersedes it (triggers in `0002_statements_stay`).
Of everything that follows on it only the state moves, and only until it is final (`0004_only_states_move`)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from baohe.plumbing.clock import new_id
from baohe.rooms.settlement.contracts import DECIDED, KINDS, UNDECIDED


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
    payable_fen = models.BigIntegerField()
    technical_fen = models.BigIntegerField()
    dispute_until = models.DateField()
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
            models.CheckConstraint(
                condition=Q(closing_fen=F("technical_fen") - F("payable_fen")), name="statement_parts_add_up"
            ),
        ]
        indexes = [
            # statements: newest month first
            models.Index(fields=["-month", "id"], name="statement_by_month"),
        ]

    def __str__(self) -> str:
        return self.number


class Agreement(models.Model):
    """A party agrees to a statement: it said so, or its days to dispute ran out (`how`). Never changed."""

    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, primary_key=True, related_name="agreement")
    how = models.CharField(max_length=10)
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(how__in=["party", "desk", "silence"]), name="agreement_how"),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.how}"


class Dispute(models.Model):
    """`reference` is the party's own name for it, once for ever. `line_numbers` empty: the whole statement."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="disputes")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="disputes", db_index=False)
    reference = models.CharField(max_length=64)
    reason = models.CharField(max_length=1000)
    line_numbers = models.JSONField(default=list)
    held_fen = models.BigIntegerField()
    state = models.CharField(max_length=10, default="open")
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    answer = models.CharField(max_length=2000, default="", blank=True)
    due_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "reference"], name="dispute_once"),
            models.CheckConstraint(condition=Q(held_fen__gte=0), name="dispute_held"),
            models.CheckConstraint(condition=~Q(reason=""), name="dispute_has_reason"),
            models.CheckConstraint(
                condition=Q(state__in=UNDECIDED, due_at__isnull=False) | Q(state__in=DECIDED, due_at=None),
                name="dispute_state_has_clock",
            ),
        ]
        indexes = [
            # disputes: the nearest deadline first
            models.Index(fields=["due_at", "id"], name="dispute_waiting", condition=Q(state__in=UNDECIDED)),
            # disputes of a party, newest first
            models.Index(fields=["party", "-opened_at"], name="dispute_of_party"),
        ]

    def __str__(self) -> str:
        return self.reference


class DisputeStep(models.Model):
    """The history of a dispute. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    action = models.CharField(max_length=10)
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=80)
    text = models.CharField(max_length=2000)

    def __str__(self) -> str:
        return self.action


class BankAccount(models.Model):
    """Where a party is paid: `number_sealed` and the telephone that hears of a change, `contact_sealed`. Set by one
    person, approved by another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="accounts")
    bank = models.CharField(max_length=80)
    holder = models.CharField(max_length=80)
    number_sealed = models.BinaryField()
    last_four = models.CharField(max_length=4)
    contact_sealed = models.BinaryField()
    state = models.CharField(max_length=10, default="proposed")
    set_by = models.UUIDField()
    set_by_name = models.CharField(max_length=80)
    set_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=80, default="", blank=True)
    decided_at = models.DateTimeField(null=True)
    usable_from = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party"], condition=Q(state="proposed"), name="account_one_proposed"),
            models.UniqueConstraint(fields=["party"], condition=Q(state="approved"), name="account_one_approved"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("set_by")), name="account_two_people"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by=None)
                | Q(state="refused", decided_by__isnull=False)
                | Q(state__in=["approved", "replaced"], decided_by__isnull=False, usable_from__isnull=False),
                name="account_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} *{self.last_four}"


class Batch(models.Model):
    """Payments that one person puts together and another approves."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=40, unique=True)
    month = models.DateField()
    state = models.CharField(max_length=10, default="proposed")
    count = models.IntegerField()
    total_fen = models.BigIntegerField()
    made_by = models.UUIDField()
    made_by_name = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=80, default="", blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(decided_by=None) | ~Q(decided_by=F("made_by")), name="batch_two_people"),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by=None)
                | Q(state__in=["approved", "declined"], decided_by__isnull=False, decided_at__isnull=False),
                name="batch_state",
            ),
            models.CheckConstraint(condition=Q(count__gt=0, total_fen__gt=0), name="batch_not_empty"),
        ]
        indexes = [models.Index(fields=["-made_at"], name="batch_newest")]

    def __str__(self) -> str:
        return self.number


LIVE = ["proposed", "sent", "done"]


class BatchItem(models.Model):
    """One statement's payment. `natural_key` names its payout for ever; a repeat after a certain failure has one of
    its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="items")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="items", db_index=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="items", db_index=False)
    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="items")
    amount_fen = models.BigIntegerField()
    held_fen = models.BigIntegerField()
    natural_key = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=10, default="proposed")
    reason = models.CharField(max_length=200, default="", blank=True)
    done_on = models.DateField(null=True)

    class Meta:
        constraints = [
            # one payout of a statement for ever; only a certain failure or a declined batch lets another one be
            models.UniqueConstraint(fields=["statement"], condition=Q(state__in=LIVE), name="batch_item_once"),
            # two months of one party on their way at once would each pay what the earlier one left open
            models.UniqueConstraint(
                fields=["party"], condition=Q(state__in=["proposed", "sent"]), name="item_one_of_party"
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0, held_fen__gte=0), name="item_amount"),
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False)
                | Q(state__in=["proposed", "sent", "failed", "dropped"], done_on=None),
                name="item_state",
            ),
        ]
        indexes = [
            # what was paid of a party since a month
            models.Index(fields=["party", "done_on"], name="item_paid", condition=Q(state="done")),
        ]

    def __str__(self) -> str:
        return self.natural_key


class Collection(models.Model):
    """What a party owes, asked for: its transfer carries `remark`, the order number of the payment we expect."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="collections", db_index=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="collections", db_index=False)
    amount_fen = models.BigIntegerField()
    held_fen = models.BigIntegerField()
    remark = models.CharField(max_length=64, default="", blank=True)
    state = models.CharField(max_length=10, default="open")
    made_by = models.UUIDField()
    made_by_name = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    paid_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party"], condition=Q(state="open"), name="collection_one_open"),
            models.UniqueConstraint(
                fields=["statement"], condition=Q(state__in=["open", "paid"]), name="collection_once"
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0, held_fen__gte=0), name="collection_amount"),
            models.CheckConstraint(
                condition=Q(state="paid", paid_on__isnull=False) | Q(state__in=["open", "closed"], paid_on=None),
                name="collection_state",
            ),
        ]
        indexes = [
            # what a party paid since a month
            models.Index(fields=["party", "paid_on"], name="collection_paid", condition=Q(state="paid")),
        ]

    def __str__(self) -> str:
        return self.remark
