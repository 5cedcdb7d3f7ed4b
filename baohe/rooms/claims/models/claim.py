"""Tables of the room; constraints carry the invariants, triggers guard states and history (see the migration)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from baohe.rooms.claims.models.shares import ClaimShare

STATES = ("draft", "with_person", "to_pay", "paying", "paid", "refused_by_person", "withdrawn")
OPEN = Q(state__in=("with_person", "to_pay")) | Q(review_open=True)
"""What a handler has to do something about."""
MACHINE_OUTCOMES = ("pay", "ask", "refer")
TWO_NAMES = ("refuse", "correct")


class Claim(models.Model):
    """One event under one policy. `shard_key` is the policy's. `reference` names a reported fact ("" = by hand)."""

    id = models.UUIDField(primary_key=True)
    shard_key = models.SmallIntegerField()
    number = models.CharField(max_length=30)
    policy_id = models.UUIDField()
    policy_number = models.CharField(max_length=30)
    account_id = models.UUIDField()
    partner_id = models.UUIDField(null=True)
    version_id = models.CharField(max_length=100)
    insurer_code = models.CharField(max_length=40)
    insured_name_sealed = models.BinaryField()
    sentence_sealed = models.BinaryField()
    event = models.CharField(max_length=40)
    reference = models.CharField(max_length=80, default="")
    happened_on = models.DateField()
    another_event = models.BooleanField(default=False, db_default=False)
    """The claimant said so when an open claim of the same kind and days was shown; a person looks."""
    state = models.CharField(max_length=20, default="draft")
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    decide_by = models.DateTimeField(null=True)
    pay_by = models.DateTimeField(null=True)
    advance_by = models.DateTimeField(null=True)
    reply_by = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    """The nearest of its open deadlines that run."""
    review_open = models.BooleanField(default=False)
    asked_kinds = models.JSONField(default=list)
    asked_note_sealed = models.BinaryField(null=True)
    handler_id = models.UUIDField(null=True)
    handler_name = models.CharField(max_length=60, default="")
    calculated_fen = models.BigIntegerField(null=True)
    amount_fen = models.BigIntegerField(null=True)
    paid_fen = models.BigIntegerField(default=0)
    paid_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    @property
    def by_link(self) -> bool:
        """Made by hand under a partner's order: its claimant comes by a link and has no account with us. A fact that a
        partner reported has a reference, and nobody behind it."""
        return self.partner_id is not None and not self.reference

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shard_key", "number"], name="claim_number_once"),
            models.UniqueConstraint(
                fields=["shard_key", "policy_id", "event", "reference"],
                name="claim_reported_event_once",
                condition=~Q(reference=""),
            ),
            models.CheckConstraint(condition=Q(state__in=STATES), name="claim_state_known"),
            models.CheckConstraint(
                condition=~Q(state="refused_by_person") | Q(decided_by__isnull=False),
                name="claim_refused_by_a_named_person",
            ),
            models.CheckConstraint(
                condition=Q(amount_fen=None) | Q(amount_fen__gte=0), name="claim_amount_not_negative"
            ),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(paid_at__isnull=False, paid_fen__gt=0), name="claim_paid_has_money"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "withdrawn")) | Q(submitted_at__isnull=False),
                name="claim_open_was_submitted",
            ),
        ]
        indexes = [
            # claims_of: an account's claims, newest first
            models.Index(fields=["account_id", "-created_at", "id"], name="claim_of_account"),
            # claims_of_policy
            models.Index(fields=["policy_id", "-created_at"], name="claim_of_policy"),
            # find: the desk's search by either number
            models.Index(fields=["number"], name="claim_by_number"),
            models.Index(fields=["policy_number"], name="claim_by_policy_number"),
            # desk queue to_decide and what filters it: the nearest deadline first, then the larger sum
            models.Index(
                F("due_at").asc(nulls_last=True),
                F("calculated_fen").desc(nulls_last=True),
                "id",
                name="claim_queue",
                condition=Q(state="with_person"),
            ),
            # a handler's own claims, the load, the workload picture
            models.Index(fields=["handler_id", "due_at"], name="claim_of_handler", condition=OPEN),
            # an insurer's open claims
            models.Index(fields=["insurer_code", "due_at"], name="claim_of_insurer", condition=OPEN),
            # the round that shares out claims which nobody has
            models.Index(fields=["created_at", "id"], name="claim_of_nobody", condition=OPEN & Q(handler_id=None)),
            # what was decided of late: straight-through share, time to decide
            models.Index(fields=["decided_at"], name="claim_decided", condition=Q(decided_at__isnull=False)),
            # desk queues: reviews, papers, payouts that failed
            models.Index(fields=["due_at", "id"], name="claim_reviews", condition=Q(review_open=True)),
            models.Index(
                fields=["due_at", "id"], name="claim_papers", condition=Q(state="draft", handler_id__isnull=False)
            ),
            models.Index(fields=["due_at", "id"], name="claim_to_pay", condition=Q(state="to_pay")),
            # advances that fall due
            models.Index(fields=["advance_by", "id"], name="claim_advance_due", condition=Q(state="with_person")),
        ]


class ClaimDecision(models.Model):
    """What rules or people answered, with the calculation shown to the claimant. Append-only.

    `decided_by` null = by rules, and then never "refuse" (SERV-9); a refusal has two different names.
    """

    id = models.UUIDField(primary_key=True)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="decisions")
    shard_key = models.SmallIntegerField()
    number = models.SmallIntegerField()
    outcome = models.CharField(max_length=10)
    reasons = models.JSONField()
    calculation = models.JSONField()
    amount_fen = models.BigIntegerField(null=True)
    rule_version = models.CharField(max_length=100)
    input_hash = models.CharField(max_length=64)
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=60, default="")
    checked_by = models.UUIDField(null=True)
    checked_by_name = models.CharField(max_length=60, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="claim_decision_number_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=MACHINE_OUTCOMES) | Q(outcome__in=TWO_NAMES, decided_by__isnull=False),
                name="claim_decision_machine_never_refuses",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=TWO_NAMES) | (Q(checked_by__isnull=False) & ~Q(checked_by=F("decided_by"))),
                name="claim_decision_refusal_has_two_names",
            ),
            models.CheckConstraint(
                condition=Q(amount_fen=None) | Q(amount_fen__gte=0), name="claim_decision_amount_not_negative"
            ),
            models.CheckConstraint(
                # 0: a person found that the advance was the whole
                condition=~Q(outcome="pay") | Q(amount_fen__gt=0) | Q(amount_fen=0, decided_by__isnull=False),
                name="claim_decision_pays_something",
            ),
        ]


class CoverUse(models.Model):
    """What a decision used up of a limit or deductible of the policy. Append-only; the balance is the sum."""

    id = models.BigAutoField(primary_key=True)
    shard_key = models.SmallIntegerField()
    policy_id = models.UUIDField()
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="cover_uses")
    decision_number = models.SmallIntegerField()
    key = models.CharField(max_length=80)
    period_start = models.DateField()
    amount_fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "decision_number", "key"], name="cover_use_once"),
        ]
        indexes = [models.Index(fields=["policy_id", "key", "period_start"], name="cover_use_of_policy")]


class JointDecision(models.Model):
    """A decision of two names: made by one, confirmed or returned by another."""

    id = models.UUIDField(primary_key=True)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="joint_decisions")
    shard_key = models.SmallIntegerField()
    maker_id = models.UUIDField()
    maker_name = models.CharField(max_length=60)
    checker_id = models.UUIDField(null=True)
    checker_name = models.CharField(max_length=60, default="")
    pay_fen = models.BigIntegerField()
    refused_fen = models.BigIntegerField()
    clause = models.CharField(max_length=40)
    letter_sealed = models.BinaryField()
    lines_number = models.SmallIntegerField(null=True)
    """The decision whose calculation the first name saw; null of proposals from before that was kept."""
    proposed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(checker_id=None) | ~Q(checker_id=F("maker_id")), name="joint_decision_two_people"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(checker_id__isnull=False, returned_at=None),
                name="joint_decision_confirmed_by_name",
            ),
            models.CheckConstraint(
                condition=Q(pay_fen__gte=0, refused_fen__gte=0), name="joint_decision_amounts_not_negative"
            ),
            models.UniqueConstraint(
                fields=["claim"],
                name="joint_decision_one_open",
                condition=Q(confirmed_at=None, returned_at=None),
            ),
        ]


class ClaimPayment(models.Model):
    """One payout asked of the payments room; `natural_key` is the same there. An `advance` leaves the claim open; of a
    death benefit each `share` has its own."""

    id = models.BigAutoField(primary_key=True)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="payments")
    shard_key = models.SmallIntegerField()
    natural_key = models.CharField(max_length=80)
    decision_number = models.SmallIntegerField()
    advance = models.BooleanField(default=False, db_default=False)
    share = models.ForeignKey(ClaimShare, on_delete=models.PROTECT, null=True, related_name="payments")
    amount_fen = models.BigIntegerField()
    requested_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shard_key", "natural_key"], name="claim_payment_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="claim_payment_positive"),
            models.UniqueConstraint(
                fields=["claim"], name="claim_payment_one_open", condition=Q(done_at=None, failed_at=None, share=None)
            ),
            # a share is on its way once, or has arrived once: never paid twice
            models.UniqueConstraint(fields=["share"], name="claim_payment_one_a_share", condition=Q(failed_at=None)),
        ]


class Milestone(models.Model):
    """What happened, for the claimant's timeline and the desk's story. Append-only; words are in `rules.story`."""

    id = models.BigAutoField(primary_key=True)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="milestones")
    shard_key = models.SmallIntegerField()
    at = models.DateTimeField()
    code = models.CharField(max_length=30)
    facts = models.JSONField(default=dict)
    amount_fen = models.BigIntegerField(null=True)
