"""Tables of the room; constraints carry the invariants, triggers (migration 0002) keep what was agreed unchanged."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

_SHARDS = (0, 1023)
PROPOSAL_STATES = ("draft", "signed", "paying", "issued", "expired")


class Proposal(models.Model):
    """A sale on its way. `parties_sealed` holds the insured and the beneficiaries as sealed JSON."""

    id = models.UUIDField(primary_key=True)
    shard_key = models.SmallIntegerField()
    account_id = models.UUIDField()
    person_id = models.UUIDField()
    quote_id = models.UUIDField()
    declaration_id = models.UUIDField()
    product_code = models.CharField(max_length=60)
    version_id = models.CharField(max_length=100)
    parties_sealed = models.BinaryField()
    insured_index = models.BinaryField(max_length=32, null=True)
    inputs = models.JSONField()
    sum_insured_fen = models.BigIntegerField()
    death_cover_fen = models.BigIntegerField()
    start = models.DateField()
    end = models.DateField()
    premium_fen = models.BigIntegerField()
    loading_bp = models.IntegerField(default=0)
    special_exclusions = models.JSONField(default=list)
    instalments = models.JSONField()
    instalment = models.CharField(max_length=20)
    state = models.CharField(max_length=10)
    created_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    document_digest = models.CharField(max_length=64, default="")
    signed_at = models.DateTimeField(null=True)
    payment_id = models.UUIDField(null=True)
    policy_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            # minors' limit: what is on its way to being paid for one insured
            models.Index(fields=["insured_index"], name="proposal_paying_insured", condition=Q(state="paying")),
            # proposals_of_quotes: the basket's items on their way
            models.Index(fields=["account_id", "quote_id"], name="proposal_of_quote"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["shard_key", "declaration_id"], name="proposal_once_per_declaration"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="proposal_period_ordered"),
            models.CheckConstraint(condition=Q(premium_fen__gt=0), name="proposal_premium_positive"),
            models.CheckConstraint(condition=Q(state__in=PROPOSAL_STATES), name="proposal_state_known"),
            models.CheckConstraint(condition=Q(shard_key__range=_SHARDS), name="proposal_shard_known"),
            models.CheckConstraint(
                condition=~Q(state__in=("signed", "paying", "issued")) | Q(signed_at__isnull=False),
                name="proposal_signed_before_paying",
            ),
            models.CheckConstraint(
                condition=Q(state="issued", policy_id__isnull=False) | (~Q(state="issued") & Q(policy_id=None)),
                name="proposal_issued_has_policy",
            ),
        ]


class ProposalPaper(models.Model):
    """The words "I have read this", bound to the digest of the text that was shown (SALE-2). Never changed."""

    id = models.UUIDField(primary_key=True)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="papers")
    shard_key = models.SmallIntegerField()
    code = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "code", "digest"], name="paper_confirmed_once"),
        ]


class ProposalSignature(models.Model):
    """The customer's strokes, sealed, bound to the bytes of one file. Never updated, never deleted (DATA-6).

    `document_digest` is of what the file says, `document_sha256` of its bytes; the fields from there on are empty for
    signatures of before the code and the device's key belonged to one.
    """

    id = models.UUIDField(primary_key=True)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="signatures")
    shard_key = models.SmallIntegerField()
    document_digest = models.CharField(max_length=64)
    strokes_sealed = models.BinaryField()
    signed_at = models.DateTimeField()
    document_sha256 = models.CharField(max_length=64, default="")
    strokes_sha256 = models.CharField(max_length=64, default="")
    consent = models.TextField(default="")
    consent_sha256 = models.CharField(max_length=64, default="")
    code_id = models.UUIDField(null=True)
    device = models.CharField(max_length=80, default="")
    device_key = models.CharField(max_length=300, default="")
    device_signature = models.CharField(max_length=100, default="")

    class Meta:
        constraints = [
            # a code signs once
            models.UniqueConstraint(fields=["code_id", "shard_key"], name="signature_once_per_code"),
            models.UniqueConstraint(fields=["proposal", "document_digest"], name="signature_once_per_document"),
        ]


class Policy(models.Model):
    """A contract as it was concluded. Only what was paid of it and what endorsements gave back grow, and it ends
    (cancelled, refunded, lapsed), once. What an endorsement changes is in its own row.

    `total_fen` is what all its instalments add up to; `lapsed_on` the first day without cover after it ended because
    a premium was not paid, `ended_by_claim_on` after the claim that ends it was paid. Times without cover that may end
    again are suspensions.
    """

    id = models.UUIDField(primary_key=True)
    shard_key = models.SmallIntegerField()
    number = models.CharField(max_length=30)
    account_id = models.UUIDField()
    person_id = models.UUIDField(null=True)
    product_code = models.CharField(max_length=60)
    version_id = models.CharField(max_length=100)
    parties_sealed = models.BinaryField(null=True)
    insured_index = models.BinaryField(max_length=32, null=True)
    inputs = models.JSONField()
    sum_insured_fen = models.BigIntegerField()
    death_cover_fen = models.BigIntegerField(default=0)
    start = models.DateField()
    end = models.DateField()
    premium_fen = models.BigIntegerField()
    paid_fen = models.BigIntegerField()
    total_fen = models.BigIntegerField()
    loading_bp = models.IntegerField(default=0)
    special_exclusions = models.JSONField(default=list)
    instalment = models.CharField(max_length=20, default="single")
    dues = models.JSONField(default=list)
    issued_at = models.DateTimeField()
    cooling_off_ends = models.DateField(null=True)
    waiting_ends = models.DateField(null=True)
    payment_id = models.UUIDField(null=True)
    proposal_id = models.UUIDField(null=True)
    document_digest = models.CharField(max_length=64, default="")
    partner_id = models.UUIDField(null=True)
    partner_reference = models.CharField(max_length=64, null=True)  # noqa: DJ001 - null keeps it out of the key
    content_digest = models.CharField(max_length=64, default="")
    cancelled_at = models.DateTimeField(null=True)
    refund_fen = models.BigIntegerField(null=True)
    refunded_at = models.DateTimeField(null=True)
    lapsed_on = models.DateField(null=True)
    ended_by_claim_on = models.DateField(null=True)
    endorsed_fen = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        indexes = [
            # policies_of: an account's list, newest first
            models.Index(fields=["account_id", "-issued_at"], name="policy_of_account"),
            # policy_by_number: the caller reads it out; bulk cover is its partner's and stays out of the index
            models.Index(fields=["number"], name="policy_by_number", condition=Q(partner_id=None)),
            # policies_of_payment: what one payment bought
            models.Index(fields=["shard_key", "payment_id"], name="policy_of_payment"),
            # minors' limit and sums at risk: what one insured has, in whoever's account
            models.Index(fields=["insured_index"], name="policy_of_insured", condition=Q(cancelled_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["shard_key", "number"], name="policy_number_once"),
            models.UniqueConstraint(fields=["shard_key", "proposal_id"], name="policy_once_per_proposal"),
            models.UniqueConstraint(
                fields=["shard_key", "partner_id", "partner_reference"], name="policy_once_per_reference"
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="policy_period_ordered"),
            models.CheckConstraint(condition=Q(premium_fen__gt=0), name="policy_premium_positive"),
            models.CheckConstraint(
                condition=Q(paid_fen__gte=0, paid_fen__lte=F("total_fen")), name="policy_paid_within_total"
            ),
            models.CheckConstraint(condition=Q(shard_key__range=_SHARDS), name="policy_shard_known"),
            models.CheckConstraint(
                condition=Q(
                    partner_id=None, partner_reference=None, proposal_id__isnull=False, payment_id__isnull=False
                )
                | Q(partner_id__isnull=False, partner_reference__isnull=False, proposal_id=None, payment_id=None),
                name="policy_from_sale_or_partner",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, refund_fen=None) | Q(cancelled_at__isnull=False, refund_fen__gte=0),
                name="policy_cancelled_with_refund",
            ),
            models.CheckConstraint(
                condition=Q(refund_fen=None) | Q(refund_fen__lte=F("paid_fen") - F("endorsed_fen")),
                name="policy_refund_within_paid",
            ),
            models.CheckConstraint(
                condition=Q(endorsed_fen__gte=0, endorsed_fen__lte=F("paid_fen")), name="policy_endorsed_within_paid"
            ),
            models.CheckConstraint(
                condition=Q(ended_by_claim_on=None) | Q(cancelled_at=None, lapsed_on=None), name="policy_ends_one_way"
            ),
            models.CheckConstraint(
                condition=Q(refunded_at=None) | Q(cancelled_at__isnull=False), name="policy_refunded_after_cancelled"
            ),
        ]


class PremiumReceipt(models.Model):
    """A later instalment that came in; the first one is the sale itself. Never changed: what was earned on a past day
    depends on what had been received by then. The trigger of migration 0004 makes `paid_fen` grow with it."""

    id = models.UUIDField(primary_key=True)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="receipts", db_index=False)
    shard_key = models.SmallIntegerField()
    number = models.SmallIntegerField()
    amount_fen = models.BigIntegerField()
    payment_id = models.UUIDField()
    provider = models.CharField(max_length=20)
    received_on = models.DateField()

    class Meta:
        constraints = [
            # field bug 17: an instalment is received once, whoever says so
            models.UniqueConstraint(fields=["policy", "number"], name="receipt_once_per_instalment"),
            models.CheckConstraint(condition=Q(number__gte=2, amount_fen__gt=0), name="receipt_of_a_later_instalment"),
        ]


class Suspension(models.Model):
    """Days without cover: from `since` up to, not including, `until`; open while it is null. The periods of one
    policy never overlap (trigger of migration 0004, under the policy's row lock)."""

    id = models.UUIDField(primary_key=True)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="suspensions", db_index=False)
    shard_key = models.SmallIntegerField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["policy", "since"], name="suspension_once_a_day"),
            models.UniqueConstraint(fields=["policy"], condition=Q(until=None), name="suspension_one_open"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="suspension_ordered"),
        ]


class BeneficiaryChange(models.Model):
    """Who receives from now on, in the place of what was agreed before. The whole list each time, sealed; numbered
    from 1. It waits for the insured's own yes, or takes effect at once; then it never changes (trigger of migration
    `beneficiary_changes`)."""

    id = models.UUIDField(primary_key=True)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="beneficiary_changes", db_index=False)
    shard_key = models.SmallIntegerField()
    number = models.SmallIntegerField()
    beneficiaries_sealed = models.BinaryField()
    digest = models.CharField(max_length=64)
    consent_by = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="beneficiary_change_numbered"),
            models.UniqueConstraint(
                fields=["policy"], condition=Q(state="waiting"), name="beneficiary_change_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "effective", "refused", "void"))
                & Q(consent_by__in=("self", "guardian", "insured")),
                name="beneficiary_change_words",
            ),
            # without the insured's consent it is void, so only theirs can wait
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at=None, consent_by="insured")
                | (~Q(state="waiting") & Q(ended_at__isnull=False)),
                name="beneficiary_change_ended",
            ),
        ]


class Endorsement(models.Model):
    """批改: a change of a policy in force. Never changed: recorded at one time, valid from another. The trigger of
    migration 0005 lets each begin where the one before ended, and makes the policy's `endorsed_fen` grow with it."""

    id = models.UUIDField(primary_key=True)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="endorsements", db_index=False)
    shard_key = models.SmallIntegerField()
    number = models.SmallIntegerField()
    kind = models.CharField(max_length=20)
    valid_from = models.DateField()
    recorded_at = models.DateTimeField()
    inputs_before = models.JSONField()
    inputs_after = models.JSONField()
    sum_before_fen = models.BigIntegerField()
    sum_after_fen = models.BigIntegerField()
    premium_before_fen = models.BigIntegerField()
    premium_after_fen = models.BigIntegerField()
    total_before_fen = models.BigIntegerField()
    total_after_fen = models.BigIntegerField()
    death_cover_after_fen = models.BigIntegerField()
    refund_fen = models.BigIntegerField()
    calculation = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="endorsement_numbered"),
            models.CheckConstraint(condition=Q(kind="reduce_cover"), name="endorsement_kind_known"),
            models.CheckConstraint(
                condition=Q(
                    sum_after_fen__lt=F("sum_before_fen"),
                    total_after_fen__lt=F("total_before_fen"),
                    total_after_fen__gt=0,
                    premium_after_fen__gt=0,
                ),
                name="endorsement_lowers",
            ),
            models.CheckConstraint(
                condition=Q(refund_fen__gt=0, refund_fen__lte=F("total_before_fen") - F("total_after_fen")),
                name="endorsement_refund_within_difference",
            ),
        ]
