"""Tables of the room. States move forward only, sums never change, and refunds never pass what was paid."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from baohe.plumbing.clock import new_id

OPEN = ["created", "checking"]
UNDECIDED = ["requested", "checking"]


class Agreement(models.Model):
    """An account's word to its bank that we may deduct. `agreement_no`, bank and the masked account are the bank's.

    It ends for us in the moment the customer says so; `told_at` is when the bank knew of it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shard_key = models.SmallIntegerField()
    account_id = models.UUIDField()
    provider = models.CharField(max_length=12)
    number = models.CharField(max_length=64)
    agreement_no = models.CharField(max_length=64, default="")
    account_masked = models.CharField(max_length=40, default="")
    bank = models.CharField(max_length=80, default="")
    state = models.CharField(max_length=10, default="waiting")
    created_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shard_key", "provider", "number"], name="agreement_number"),
            # two tabs sign the same paper, not two
            models.UniqueConstraint(
                fields=["shard_key", "account_id", "provider"],
                condition=Q(state="waiting"),
                name="agreement_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", agreement_no="", signed_at=None, ended_at=None)
                | (Q(state="active", signed_at__isnull=False, ended_at=None) & ~Q(agreement_no=""))
                | Q(state="ended", ended_at__isnull=False),
                name="agreement_state",
            ),
        ]
        indexes = [
            # agreements_of: the list of an account
            models.Index(fields=["account_id", "created_at"], name="agreement_account"),
            # janitor: what waits for a signature, and what the bank has not been told
            models.Index(
                fields=["created_at"],
                name="agreement_unsettled",
                condition=Q(state="waiting") | Q(state="ended", told_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PaymentIntent(models.Model):
    """One expected payment. `refund_reserved_fen` is the sum of its refunds that did not fail."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shard_key = models.SmallIntegerField()
    provider = models.CharField(max_length=12)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="charges", null=True)
    order_number = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    account_id = models.UUIDField()
    payee = models.CharField(max_length=40)
    payee_name = models.CharField(max_length=80)
    description = models.CharField(max_length=120)
    payer_sealed = models.BinaryField(default=b"")  # who must pay (SALE-9); empty where anybody may
    amount_fen = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="CNY")
    app_id = models.CharField(max_length=32)
    state = models.CharField(max_length=10, default="created")
    surplus = models.BooleanField(default=False)
    trade_no = models.CharField(max_length=64, null=True)  # the provider's own number, unique where known
    close_reason = models.CharField(max_length=40, default="")
    paid_at = models.DateTimeField(null=True)
    paid_from = models.CharField(max_length=4, default="")  # last digits of the account, where the provider tells
    refund_reserved_fen = models.BigIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shard_key", "order_number"], name="intent_order_number"),
            models.UniqueConstraint(fields=["shard_key", "provider", "trade_no"], name="intent_trade_once"),
            # a second payment of one subject is impossible while one is open or paid
            models.UniqueConstraint(
                fields=["shard_key", "kind", "subject_id"],
                condition=Q(state__in=[*OPEN, "paid"], surplus=False),
                name="intent_one_of_subject",
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="intent_amount"),
            models.CheckConstraint(condition=Q(state__in=[*OPEN, "paid", "closed"]), name="intent_state"),
            models.CheckConstraint(
                condition=Q(state="paid", trade_no__isnull=False, paid_at__isnull=False)
                | (~Q(state="paid") & Q(trade_no=None, paid_at=None)),
                name="intent_paid_by_trade",
            ),
            models.CheckConstraint(
                condition=Q(provider="deduction", agreement__isnull=False)
                | (~Q(provider="deduction") & Q(agreement=None)),
                name="intent_deducted_by_agreement",
            ),
            models.CheckConstraint(
                condition=Q(refund_reserved_fen=0)
                | Q(state="paid", refund_reserved_fen__gt=0, refund_reserved_fen__lte=F("amount_fen")),
                name="intent_refunds_within_paid",
            ),
        ]
        indexes = [
            # intent_of_subject: the latest payment of a proposal
            models.Index(fields=["subject_id", "created_at"], name="intent_subject"),
            # check: the operator's list of payments that stay open too long; stopped: those whose money came
            models.Index(fields=["expires_at"], name="intent_open", condition=Q(state__in=OPEN)),
            # movements_on: what came in on a day, beside the provider's bill
            models.Index(fields=["provider", "paid_at"], name="intent_paid_on", condition=Q(state="paid")),
        ]

    def __str__(self) -> str:
        return self.order_number


class PaymentLine(models.Model):
    """What one thing of a payment for several costs, and which insurer it is for. The lines of an intent re-add to
    its amount (deferred trigger, migration 0003); a single sale has no lines: its intent says it all.

    `live` while the payment is open or paid for its subjects: one subject stands in one such payment at most.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shard_key = models.SmallIntegerField()
    intent = models.ForeignKey(PaymentIntent, on_delete=models.PROTECT, related_name="lines")
    subject_id = models.UUIDField()
    payee = models.CharField(max_length=40)
    payee_name = models.CharField(max_length=80)
    amount_fen = models.BigIntegerField()
    refund_reserved_fen = models.BigIntegerField(default=0)
    live = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["intent", "subject_id"], name="line_once_in_payment"),
            # two baskets, or one basket in two tabs, cannot both wait for money for one proposal
            models.UniqueConstraint(
                fields=["shard_key", "subject_id"], condition=Q(live=True), name="line_one_of_subject"
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="line_amount"),
            models.CheckConstraint(
                condition=Q(refund_reserved_fen__gte=0, refund_reserved_fen__lte=F("amount_fen")),
                name="line_refunds_within_amount",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.amount_fen}"


class Refund(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shard_key = models.SmallIntegerField()
    provider = models.CharField(max_length=12)
    intent = models.ForeignKey(PaymentIntent, on_delete=models.PROTECT, related_name="refunds")
    line = models.ForeignKey(PaymentLine, on_delete=models.PROTECT, related_name="refunds", null=True)
    natural_key = models.CharField(max_length=120)
    amount_fen = models.BigIntegerField()
    reason = models.CharField(max_length=120)
    state = models.CharField(max_length=10, default="requested")
    requested_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shard_key", "natural_key"], name="refund_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="refund_amount"),
            models.CheckConstraint(
                condition=Q(state__in=["requested", "checking", "done", "failed"]), name="refund_state"
            ),
        ]
        indexes = [
            # movements_on: what went back on a day
            models.Index(fields=["provider", "done_at"], name="refund_done_on", condition=Q(state="done")),
            # janitor, check and undecided_refunds: what nobody has decided yet
            models.Index(fields=["requested_at"], name="refund_undecided", condition=Q(state__in=UNDECIDED)),
            # refused_refunds: what a provider refused for good, looked for every minute
            models.Index(fields=["requested_at"], name="refund_refused", condition=Q(state="failed")),
        ]

    def __str__(self) -> str:
        return self.natural_key


class Payout(models.Model):
    """Money out, to an account of ours (by its id) or to a bank account, which is sealed. `kind` is the requester's."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shard_key = models.SmallIntegerField()
    provider = models.CharField(max_length=12)
    kind = models.CharField(max_length=20)
    natural_key = models.CharField(max_length=120)
    subject_id = models.UUIDField()
    payee_account_id = models.UUIDField(null=True)
    payee_sealed = models.BinaryField(default=b"")
    payee_name_sealed = models.BinaryField(default=b"")
    amount_fen = models.BigIntegerField()
    memo = models.CharField(max_length=120)
    state = models.CharField(max_length=10, default="requested")
    requested_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shard_key", "natural_key"], name="payout_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="payout_amount"),
            models.CheckConstraint(
                condition=Q(state__in=["requested", "checking", "done", "failed"]), name="payout_state"
            ),
            # nobody is paid who is not named
            models.CheckConstraint(
                condition=Q(payee_account_id__isnull=False) | ~Q(payee_sealed=b""), name="payout_has_payee"
            ),
        ]
        indexes = [
            models.Index(fields=["subject_id"], name="payout_subject"),
            # movements_on: what left on a day
            models.Index(fields=["provider", "done_at"], name="payout_done_on", condition=Q(state="done")),
            # janitor and check: what nobody has decided yet
            models.Index(fields=["requested_at"], name="payout_undecided", condition=Q(state__in=UNDECIDED)),
        ]

    def __str__(self) -> str:
        return self.natural_key


class CallbackRecord(models.Model):
    """The audit row of one callback or deciding query. What the caller claimed is kept cut to size, never trusted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shard_key = models.SmallIntegerField()
    provider = models.CharField(max_length=12)
    received_at = models.DateTimeField()
    source = models.CharField(max_length=10)
    outcome = models.CharField(max_length=10)
    reason = models.CharField(max_length=40)
    order_number = models.CharField(max_length=64)
    trade_no = models.CharField(max_length=64)
    trade_status = models.CharField(max_length=32)
    notify_id = models.CharField(max_length=128)
    app_id = models.CharField(max_length=32)
    amount_text = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["accepted", "duplicate", "refused"]), name="callback_outcome"
            )
        ]
        indexes = [
            # stopped, stopped_since: what was told of a payment
            models.Index(fields=["order_number", "received_at"], name="callback_order"),
            # the operator's list of refusals, newest first
            models.Index(fields=["-received_at"], name="callback_refused", condition=Q(outcome="refused")),
        ]

    def __str__(self) -> str:
        return f"{self.order_number} {self.outcome} {self.reason}"


class PaymentAttempt(models.Model):
    """The log of one call to a provider: what about, which method, how it ended. No parameters, no signatures."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shard_key = models.SmallIntegerField()
    provider = models.CharField(max_length=12)
    about = models.CharField(max_length=10)
    about_id = models.UUIDField()
    method = models.CharField(max_length=20)
    outcome = models.CharField(max_length=10)
    reason = models.CharField(max_length=120)
    called_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["about_id", "called_at"], name="attempt_about")]

    def __str__(self) -> str:
        return f"{self.method} {self.outcome}"
