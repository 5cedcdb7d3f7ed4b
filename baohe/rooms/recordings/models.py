"""Tables of the record of sales. Parts, pages and builds only grow; a recording goes forward only (see `0002`)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from baohe.plumbing.clock import new_id
from baohe.rooms.recordings.contracts import HELP_OUTCOMES, HELP_REASONS, RECORDED


class Build(models.Model):
    """A build of the app whose pages were recorded; `id` is the digest of its sources."""

    id = models.CharField(max_length=64, primary_key=True)
    pages = models.JSONField()
    styles = models.JSONField()
    known_at = models.DateTimeField()


class Style(models.Model):
    """A stylesheet of a build: recordings refer to it, so old ones still look as they did."""

    digest = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()


class Recording(models.Model):
    """One sitting of one customer on one device. `key_sealed` is its data key; without it nothing can be read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shard_key = models.SmallIntegerField()
    account_id = models.UUIDField()
    product_code = models.CharField(max_length=60, blank=True)
    build = models.ForeignKey(Build, on_delete=models.PROTECT, db_index=False)
    state = models.CharField(max_length=10, default="open")
    next_part = models.IntegerField(default=0)
    head = models.CharField(max_length=64)
    size = models.IntegerField(default=0)
    key_sealed = models.BinaryField(null=True)
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    keep_until = models.DateField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["open", "closed", "destroyed"]), name="recording_state"),
            models.CheckConstraint(condition=Q(next_part__gte=0, size__gte=0), name="recording_numbers"),
            # sealed with a date, and destroyed means that nobody can read it
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None, keep_until=None)
                | Q(state="closed", closed_at__isnull=False, keep_until__isnull=False)
                | Q(state="destroyed"),
                name="recording_closed_with_date",
            ),
            models.CheckConstraint(
                condition=Q(state="destroyed", key_sealed=None, destroyed_at__isnull=False)
                | (~Q(state="destroyed") & Q(key_sealed__isnull=False, destroyed_at=None)),
                name="recording_destroyed_without_key",
            ),
        ]
        indexes = [
            # open_recording: how many a customer began today
            models.Index(fields=["account_id", "opened_at"], name="recording_of_account"),
            # retention: closed ones by their date, open ones by their last part
            models.Index(fields=["keep_until", "id"], condition=Q(state="closed"), name="recording_by_date"),
            models.Index(fields=["last_at", "id"], condition=Q(state="open"), name="recording_unfinished"),
        ]


class Subject(models.Model):
    """What a recording is about: the quote, then the proposal, at last the policy."""

    id = models.BigAutoField(primary_key=True)
    shard_key = models.SmallIntegerField()
    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="subjects", db_index=False)
    kind = models.CharField(max_length=10)
    subject_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            # recordings_of: those of a quote, proposal or policy
            models.UniqueConstraint(fields=["subject_id", "recording", "shard_key"], name="recording_subject_once"),
            models.CheckConstraint(condition=Q(kind__in=["quote", "proposal", "policy"]), name="recording_subject"),
        ]
        indexes = [
            models.Index(fields=["recording"], name="subject_of_recording"),
            # sales: the newest closed first
            models.Index(fields=["-at", "-id"], condition=Q(kind="policy"), name="recording_sales"),
        ]


class Part(models.Model):
    """A piece of a recording, packed and encrypted under its recording's key; `digest` chains its plain content."""

    id = models.BigAutoField(primary_key=True)
    shard_key = models.SmallIntegerField()
    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="parts", db_index=False)
    number = models.IntegerField()
    digest = models.CharField(max_length=64)
    body = models.BinaryField(null=True)
    sent_bytes = models.IntegerField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recording", "number", "shard_key"], name="recording_part_once"),
            models.CheckConstraint(condition=Q(number__gte=0, sent_bytes__gt=0), name="recording_part_numbers"),
        ]


class Page(models.Model):
    """A page that a recording shows."""

    id = models.BigAutoField(primary_key=True)
    shard_key = models.SmallIntegerField()
    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="pages", db_index=False)
    part = models.IntegerField()
    at = models.BigIntegerField()
    kind = models.CharField(max_length=12)
    page = models.CharField(max_length=40)
    version = models.CharField(max_length=64)
    subjects = models.JSONField()
    shown = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["recording", "id"], name="page_of_recording")]


class Hold(models.Model):
    """A dispute keeps the recordings of a policy; two people lift it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    policy_id = models.UUIDField()
    reason = models.CharField(max_length=200)
    placed_by = models.UUIDField()
    placed_by_name = models.CharField(max_length=60)
    placed_at = models.DateTimeField()
    lift_reason = models.CharField(max_length=200, blank=True)
    lift_asked_by = models.UUIDField(null=True)
    lift_asked_by_name = models.CharField(max_length=60, blank=True)
    lift_asked_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)
    lifted_by_name = models.CharField(max_length=60, blank=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["policy_id"], condition=Q(lifted_at=None), name="hold_one_open"),
            models.CheckConstraint(condition=~Q(reason=""), name="hold_has_reason"),
            # four eyes: who asks to lift is not who lifts
            models.CheckConstraint(
                condition=Q(lifted_by=None, lifted_at=None)
                | (
                    Q(lifted_at__isnull=False, lift_asked_by__isnull=False, lifted_by__isnull=False)
                    & ~Q(lifted_by=F("lift_asked_by"))
                    & ~Q(lift_reason="")
                ),
                name="hold_lifted_by_two",
            ),
        ]
        indexes = [models.Index(fields=["policy_id", "-placed_at"], name="hold_of_policy")]


class Viewing(models.Model):
    """Who opened the film of a sale, or took it away as a file, and why (DATA-5)."""

    id = models.BigAutoField(primary_key=True)
    policy_id = models.UUIDField()
    staff_id = models.UUIDField()
    staff_name = models.CharField(max_length=60)
    reason = models.CharField(max_length=200)
    exported = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="viewing_has_reason")]
        indexes = [models.Index(fields=["policy_id", "-id"], name="viewing_of_policy")]


class Help(models.Model):
    """A customer whose device cannot keep the record asked for a person. It lets nothing through: what helps is a
    whole record from another device. `by` is None where the sale was sealed before anybody ended the request."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shard_key = models.SmallIntegerField()
    account_id = models.UUIDField()
    proposal_id = models.UUIDField()
    version_id = models.CharField(max_length=100)
    reason = models.CharField(max_length=12)
    asked_at = models.DateTimeField()
    link_sent_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True)
    note = models.CharField(max_length=200, blank=True)
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # two presses at once, or a page that was opened again: one request waits
            models.UniqueConstraint(fields=["proposal_id"], condition=Q(ended_at=None), name="help_one_open"),
            models.CheckConstraint(condition=Q(reason__in=HELP_REASONS), name="help_reason_known"),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="", by=None)
                | Q(ended_at__isnull=False, outcome=RECORDED, by=None)
                | (Q(ended_at__isnull=False, outcome__in=HELP_OUTCOMES, by__isnull=False) & ~Q(by_name="")),
                name="help_ended_by_name",
            ),
        ]
        indexes = [
            # the desk's queue, the oldest first
            models.Index(fields=["asked_at", "id"], condition=Q(ended_at=None), name="help_waiting"),
            # help_of: the newest of a proposal
            models.Index(fields=["proposal_id", "-asked_at"], name="help_of_proposal"),
        ]
