"""Tables of the room; constraints and triggers (`0002_what_stays`) carry the invariants."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from baohe.plumbing.clock import new_id
from baohe.rooms.commission.contracts import KINDS, NOT_REGISTERED, REASONS, SCOPES

_OTHER_EYES = Q(decided_by=None) | ~Q(decided_by=F("proposed_by"))


class Producer(models.Model):
    """A person registered to sell. Valid on a day: `valid_from` ≤ day ≤ `valid_until`; without a first day never."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10)
    name_sealed = models.BinaryField()
    registration_number = models.CharField(max_length=40, unique=True)
    affiliation = models.CharField(max_length=40)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="producer_kind_known"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from__isnull=False), name="producer_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class RegisterChange(models.Model):
    """Who proposed a change of the register and who decided it: the register's own history."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="changes", db_index=False)
    kind = models.CharField(max_length=10)
    on = models.DateField()
    reason = models.CharField(max_length=200)
    proposed_by = models.UUIDField()
    proposed_by_name = models.CharField(max_length=80)
    proposed_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=80, default="")
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=("add", "end")), name="register_change_kind"),
            models.CheckConstraint(condition=_OTHER_EYES, name="register_change_four_eyes"),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None, approved=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False, approved__isnull=False),
                name="register_change_decided_whole",
            ),
            models.UniqueConstraint(fields=["producer"], condition=Q(decided_by=None), name="register_change_one_open"),
        ]
        indexes = [
            # changes of a producer, in their order
            models.Index(fields=["producer", "proposed_at"], name="register_change_of_producer"),
        ]


class Schedule(models.Model):
    """Dated terms. The one in force for a sale: the newest approved with `valid_from` ≤ its day; a version's own comes
    before its line's."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    scope_kind = models.CharField(max_length=10)
    scope = models.CharField(max_length=100)
    pay_from = models.SmallIntegerField(default=0)
    pay_until = models.SmallIntegerField(null=True)
    valid_from = models.DateField()
    rates_bp = models.JSONField()
    highest_bp = models.IntegerField()
    share_bp = models.IntegerField()
    claw_back = models.JSONField(default=list)
    cap_bp = models.IntegerField()
    proposed_by = models.UUIDField()
    proposed_by_name = models.CharField(max_length=80)
    proposed_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=80, default="")
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(scope_kind__in=SCOPES), name="schedule_scope_known"),
            # OVER-2, whoever writes
            models.CheckConstraint(
                condition=Q(highest_bp__gt=0, highest_bp__lte=F("cap_bp")), name="schedule_within_filed_cap"
            ),
            models.CheckConstraint(condition=Q(share_bp__range=(0, 10_000)), name="schedule_share_of_whole"),
            models.CheckConstraint(condition=_OTHER_EYES, name="schedule_four_eyes"),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None, approved=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False, approved__isnull=False),
                name="schedule_decided_whole",
            ),
            models.UniqueConstraint(
                fields=["scope_kind", "scope", "pay_from", "valid_from"],
                condition=Q(approved=True),
                name="schedule_one_a_day",
            ),
        ]
        indexes = [
            # schedule_for: the terms of a sale
            models.Index(fields=["scope", "-valid_from"], name="schedule_of_scope", condition=Q(approved=True)),
        ]


class Attribution(models.Model):
    """Who sold it. Written with the draft of a proposal; once there is a policy it never changes (trigger)."""

    proposal_id = models.UUIDField(primary_key=True)
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    policy_id = models.UUIDField(null=True)


class Earning(models.Model):
    """The commission on one premium of one carrier: the facts of which `rules.standing` makes the amounts.

    Its first part is earned with the premium; `Part` rows are the later ones.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shard_key = models.SmallIntegerField()
    ref = models.CharField(max_length=120)
    insurer = models.CharField(max_length=40)
    policy_id = models.UUIDField()
    number = models.CharField(max_length=30)
    on = models.DateField()
    sold_on = models.DateField()
    is_first = models.BooleanField()
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, null=True, related_name="earnings", db_index=False)
    refused = models.CharField(max_length=20, default="")
    schedule = models.ForeignKey(Schedule, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    premium_fen = models.BigIntegerField()
    cap_bp = models.IntegerField()
    rate_bp = models.IntegerField()
    share_bp = models.IntegerField(default=0)
    over = models.SmallIntegerField(default=0)
    returned_fen = models.BigIntegerField(default=0)
    closed_bp = models.IntegerField(null=True)
    held_on = models.DateField(null=True)

    class Meta:
        constraints = [
            # field bug 21: a premium booked twice earns once
            models.UniqueConstraint(fields=["shard_key", "ref", "insurer"], name="earning_once_per_premium"),
            models.CheckConstraint(
                condition=Q(rate_bp__gte=0, rate_bp__lte=F("cap_bp")), name="earning_within_filed_cap"
            ),
            models.CheckConstraint(
                condition=Q(returned_fen__gte=0, returned_fen__lte=F("premium_fen")), name="earning_returned_within"
            ),
            models.CheckConstraint(condition=Q(refused__in=("", NOT_REGISTERED)), name="earning_refusal_known"),
            models.CheckConstraint(
                condition=Q(share_bp=0) | Q(share_bp__range=(1, 10_000), producer__isnull=False, refused=""),
                name="earning_share_needs_producer",
            ),
        ]
        indexes = [
            # everything on one policy: later premiums, refunds, its end
            models.Index(fields=["policy_id", "id"], name="earning_of_policy"),
            # a producer's refused premiums, and its account
            models.Index(fields=["producer", "id"], name="earning_of_producer", condition=Q(producer__isnull=False)),
        ]


class Part(models.Model):
    """A deferred part with its day. Its amounts follow the earning's facts; waiting ones are on deferred accounts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    earning = models.ForeignKey(Earning, on_delete=models.PROTECT, related_name="parts", db_index=False)
    part = models.SmallIntegerField()
    due_on = models.DateField()
    amount_fen = models.BigIntegerField()
    producer_fen = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, default="waiting")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["earning", "part"], name="part_once"),
            models.CheckConstraint(condition=Q(state__in=("waiting", "held", "earned", "dropped")), name="part_state"),
            models.CheckConstraint(condition=~Q(state="dropped") | Q(amount_fen=0), name="part_dropped_is_nothing"),
        ]
        indexes = [
            # due_parts, and the calendar of what is deferred
            models.Index(fields=["due_on", "id"], name="part_waiting", condition=Q(state="waiting")),
        ]


class Move(models.Model):
    """The book of the room: what each fact changed, signed, with its reason. Only grows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    earning = models.ForeignKey(Earning, on_delete=models.PROTECT, related_name="moves", db_index=False)
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.CharField(max_length=10)
    part = models.SmallIntegerField(default=0)
    on = models.DateField()
    earned_fen = models.BigIntegerField(default=0)
    deferred_fen = models.BigIntegerField(default=0)
    producer_fen = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=REASONS), name="move_reason_known"),
            # field bug 21: two rounds earn a part once
            models.UniqueConstraint(
                fields=["earning", "part"], condition=Q(reason__in=("accrued", "earned")), name="move_part_earned_once"
            ),
        ]
        indexes = [
            # account: a producer's lines, newest first
            models.Index(fields=["producer", "-id"], name="move_of_producer", condition=Q(producer__isnull=False)),
        ]
