"""Tables of the room. Reports, refused reports, outcomes and settlements only grow (triggers in `0002_guards`)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from baohe.plumbing.clock import new_id
from baohe.rooms.parametric.contracts import STATES


class Source(models.Model):
    """`position` is how far its list was read; `heard_at` the moment of its newest signed sign of life."""

    code = models.CharField(max_length=40, primary_key=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    measures = models.JSONField()
    address = models.CharField(max_length=200)
    heartbeat_seconds = models.IntegerField()
    position = models.BigIntegerField(default=0)
    heard_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(heartbeat_seconds__gt=0), name="source_heartbeat")]

    def __str__(self) -> str:
        return self.code


class SourceKey(models.Model):
    """A key counts for what was issued in [valid_from, valid_until)."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="keys")
    key = models.CharField(max_length=40)
    public_pem = models.TextField()
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="source_key_once"),
            models.CheckConstraint(condition=Q(valid_until__gt=F("valid_from")), name="source_key_dated"),
        ]


class Report(models.Model):
    """One believed report, its signed content as it came. `day` is the business date of `observed_at`."""

    id = models.BigAutoField(primary_key=True)
    shard_key = models.SmallIntegerField()
    source = models.CharField(max_length=40)
    measure = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    sequence = models.IntegerField()
    day = models.DateField()
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    key = models.CharField(max_length=40)
    signature = models.CharField(max_length=200)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "digest"], name="report_once")]
        indexes = [
            # reports_of: of a subject, or of a day where the measure lies on the map
            models.Index(fields=["measure", "subject"], name="report_of_subject"),
            models.Index(fields=["measure", "day"], name="report_of_day"),
        ]


class RefusedReport(models.Model):
    """What was not believed, and why: unreadable, another's, unknown key, outdated key, wrong signature, future."""

    id = models.BigAutoField(primary_key=True)
    source = models.CharField(max_length=40)
    content = models.TextField()
    key = models.CharField(max_length=40)
    signature = models.CharField(max_length=200)
    why = models.CharField(max_length=20)
    received_at = models.DateTimeField()

    class Meta:
        # sources: how many of the last day
        indexes = [models.Index(fields=["source", "received_at"], name="refused_of_source")]


class Observation(models.Model):
    """One trigger of one version, and one subject. `number` is of the outcome that counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shard_key = models.SmallIntegerField()
    version_id = models.CharField(max_length=100)
    trigger = models.CharField(max_length=40)
    measure = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    place = models.CharField(max_length=64, blank=True)
    day = models.DateField()
    state = models.CharField(max_length=10, default="waiting")
    why = models.CharField(max_length=20, blank=True)
    event = models.CharField(max_length=40, blank=True)
    number = models.SmallIntegerField(default=0)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    look_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version_id", "trigger", "subject"], name="observation_once"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="observation_state"),
            models.CheckConstraint(
                condition=Q(state="nothing", event="")
                | (Q(state__in=["agreed", "settled"]) & ~Q(event=""))
                | Q(state__in=["waiting", "people"]),
                name="observation_event_fits",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "people"]) | Q(number__gt=0, decided_at__isnull=False),
                name="observation_decided_has_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["measure", "subject"], name="observation_of_subject"),
            models.Index(fields=["measure", "day"], name="observation_of_day"),
            # due: the longest due first
            models.Index(fields=["look_at"], name="observation_due", condition=Q(look_at__isnull=False)),
            # desk: what waits for a person, the nearest clock first
            models.Index(fields=["answer_by", "id"], name="observation_people", condition=Q(state="people")),
            models.Index(fields=["version_id", "trigger"], name="observation_paused", condition=Q(state="agreed")),
        ]


class Watch(models.Model):
    """One policy waiting for one observation."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shard_key = models.SmallIntegerField()
    policy_id = models.UUIDField()
    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="watches")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shard_key", "policy_id", "observation"], name="watch_once"),
        ]
        indexes = [models.Index(fields=["observation", "id"], name="watch_of_observation")]


class Outcome(models.Model):
    """What was decided, on which reports, and the digest of both. By the machine, or by two different people."""

    id = models.BigAutoField(primary_key=True)
    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="outcomes")
    shard_key = models.SmallIntegerField()
    number = models.SmallIntegerField()
    event = models.CharField(max_length=40, blank=True)
    closed = models.BooleanField()
    reports = models.JSONField()
    agreeing = models.JSONField()
    differing = models.JSONField()
    digest = models.CharField(max_length=64)
    decided_at = models.DateTimeField()
    maker_id = models.UUIDField(null=True)
    maker_name = models.CharField(max_length=60, blank=True)
    checker_id = models.UUIDField(null=True)
    checker_name = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["observation", "number"], name="outcome_number_once"),
            models.CheckConstraint(
                condition=Q(maker_id=None, checker_id=None)
                | (Q(maker_id__isnull=False, checker_id__isnull=False) & ~Q(maker_id=F("checker_id"))),
                name="outcome_two_people",
            ),
        ]


class Settlement(models.Model):
    """One event of one observation settled for one policy, once for ever. `amount_fen` 0 = a person has the claim."""

    id = models.BigAutoField(primary_key=True)
    shard_key = models.SmallIntegerField()
    watch = models.ForeignKey(Watch, on_delete=models.PROTECT, related_name="settlements")
    scope = models.CharField(max_length=141)
    event = models.CharField(max_length=40)
    claim_id = models.UUIDField()
    amount_fen = models.BigIntegerField()
    settled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["watch", "event"], name="settlement_once"),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="settlement_amount"),
        ]
        indexes = [
            # spent: the last hour of a trigger
            models.Index(fields=["scope", "settled_at"], name="settlement_of_hour", include=["amount_fen"]),
            models.Index(fields=["claim_id"], name="settlement_of_claim"),
        ]


class Breaker(models.Model):
    """The machine stopped. One open for a scope; two different people let it go on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    scope = models.CharField(max_length=141)
    reason = models.CharField(max_length=20)
    tripped_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    asked_name = models.CharField(max_length=60, blank=True)
    reopened_by = models.UUIDField(null=True)
    reopened_name = models.CharField(max_length=60, blank=True)
    reopened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope"], name="breaker_one_open", condition=Q(reopened_at=None)),
            models.CheckConstraint(
                condition=Q(reopened_at=None, reopened_by=None)
                | (
                    Q(reopened_at__isnull=False, reopened_by__isnull=False, asked_by__isnull=False)
                    & ~Q(asked_by=F("reopened_by"))
                ),
                name="breaker_two_people",
            ),
        ]
        indexes = [models.Index(fields=["scope", "-reopened_at"], name="breaker_last_reopened")]


class Ruling(models.Model):
    """What one person proposes for an observation; it holds once another confirms it. `on_number`: the outcome then."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="rulings")
    on_number = models.SmallIntegerField()
    event = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200)
    maker_id = models.UUIDField()
    maker_name = models.CharField(max_length=60)
    proposed_at = models.DateTimeField()
    checker_id = models.UUIDField(null=True)
    checker_name = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["observation"], name="ruling_one_open", condition=Q(confirmed_at=None, returned_at=None)
            ),
            models.CheckConstraint(
                condition=Q(checker_id=None) | ~Q(checker_id=F("maker_id")) | Q(returned_at__isnull=False),
                name="ruling_two_people",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(checker_id__isnull=False, returned_at=None),
                name="ruling_confirmed_by_name",
            ),
        ]


class Dispute(models.Model):
    """Somebody says the data is wrong: a customer, a source that spoke late, or the sources themselves by correcting.
    `mark` keeps one cause from opening two."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="disputes")
    kind = models.CharField(max_length=12)
    mark = models.CharField(max_length=100)
    source = models.CharField(max_length=40, blank=True)
    event = models.CharField(max_length=40, blank=True)
    account_id = models.UUIDField(null=True)
    claim_id = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    stands = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["observation", "kind", "mark"], name="data_dispute_once"),
            models.CheckConstraint(condition=Q(kind__in=["customer", "late", "correction"]), name="data_dispute_kind"),
            models.CheckConstraint(
                condition=Q(kind="customer", account_id__isnull=False, claim_id__isnull=False)
                | (~Q(kind="customer") & Q(account_id=None, claim_id=None)),
                name="data_dispute_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, stands=None) | Q(answered_at__isnull=False, stands__isnull=False),
                name="data_dispute_answered",
            ),
        ]
        indexes = [models.Index(fields=["answer_by", "id"], name="data_dispute_open", condition=Q(answered_at=None))]
