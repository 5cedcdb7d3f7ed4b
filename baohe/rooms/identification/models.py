"""Tables of the room. Steps, entries and events only grow; a hit and a check go forward (triggers in `0002`)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from baohe.rooms.identification.contracts import (
    CLEARED,
    CONFIRMED,
    DESTROYED,
    HIT_STATES,
    HOW,
    MOVED,
    OPEN,
    PROPOSED,
    STEPS,
)


class Step(models.Model):
    """Something that was made sure of about a person. `picture` names the sealed copy of a card.

    `kept_until` follows the end of the account's last contract. After that day, and not before, what the step says
    goes: `detail_sealed` and the copies; the row stays with `destroyed_at` (trigger in `0003`).
    """

    id = models.UUIDField(primary_key=True)
    shard_key = models.SmallIntegerField()
    account_id = models.UUIDField()
    person_id = models.UUIDField()
    kind = models.CharField(max_length=10)
    at = models.DateTimeField()
    kept_until = models.DateField()
    detail_sealed = models.BinaryField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    picture = models.CharField(max_length=100, blank=True)
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=STEPS), name="step_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="by_person", by__isnull=False) | (~Q(kind="by_person") & Q(by=None)),
                name="step_by_person_named",
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at=None, detail_sealed__isnull=False)
                | Q(destroyed_at__isnull=False, detail_sealed=None),
                name="step_destroyed_says_nothing",
            ),
        ]
        indexes = [
            # standing: what was made sure of about one person
            models.Index(fields=["person_id", "-at"], name="step_of_person"),
            # follow_contracts: what hangs on the contracts of one account
            models.Index(fields=["account_id", "id"], condition=Q(destroyed_at=None), name="step_of_account"),
            # over: what may go, the longest over first
            models.Index(fields=["kept_until", "id"], condition=Q(destroyed_at=None), name="step_by_date"),
        ]


class StepEvent(models.Model):
    """The audit of a step's keeping: its date moved, or what it said was destroyed. Only grows."""

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    what = models.CharField(max_length=12)
    before = models.DateField()
    after = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(what=MOVED) & ~Q(before=F("after"))) | Q(what=DESTROYED, before=F("after")),
                name="step_event_known",
            ),
            models.UniqueConstraint(fields=["step"], condition=Q(what=DESTROYED), name="step_destroyed_once"),
        ]


class LivenessSession(models.Model):
    """Our side of a session at the provider. A result counts only with this number, session and nonce."""

    id = models.UUIDField(primary_key=True)
    shard_key = models.SmallIntegerField()
    account_id = models.UUIDField()
    person_id = models.UUIDField()
    nonce = models.CharField(max_length=64)
    session = models.CharField(max_length=64, blank=True)
    page = models.CharField(max_length=500, blank=True)
    verdict = models.CharField(max_length=10)
    score = models.SmallIntegerField(default=0)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=("open", "passed", "failed", "given_up")), name="liveness_verdict_known"
            ),
            # two presses at once: one session is the open one
            models.UniqueConstraint(fields=["person_id"], condition=Q(verdict="open"), name="liveness_one_open"),
            models.CheckConstraint(
                condition=Q(verdict="open", ended_at=None) | (~Q(verdict="open") & Q(ended_at__isnull=False)),
                name="liveness_ended",
            ),
        ]


class PersonCheck(models.Model):
    """A customer asked for a person instead of a machine. State open, passed or not_passed."""

    id = models.UUIDField(primary_key=True)
    shard_key = models.SmallIntegerField()
    account_id = models.UUIDField()
    person_id = models.UUIDField()
    state = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", by=None, ended_at=None)
                | (Q(state__in=("passed", "not_passed"), by__isnull=False, ended_at__isnull=False) & ~Q(note="")),
                name="person_check_ended_by_name",
            ),
            models.UniqueConstraint(fields=["person_id"], condition=Q(state="open"), name="person_check_one_open"),
        ]
        indexes = [
            # desk: what waits, the oldest first
            models.Index(fields=["asked_at", "id"], condition=Q(state="open"), name="person_check_waiting"),
        ]


class ScreeningList(models.Model):
    """A list as it came: version, day and digest. The newest by `loaded_at` is the one in use. `screened_after` is the
    last person the round has compared with it, `screened_at` when it had compared all."""

    id = models.UUIDField(primary_key=True)
    version = models.CharField(max_length=40, unique=True)
    dated = models.DateField()
    source = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    screened_after = models.UUIDField(null=True)
    screened_at = models.DateTimeField(null=True)


class ListEntry(models.Model):
    """One person on a list. `name_key` and `sounds` are what is looked up; `digest` is over what it says."""

    id = models.UUIDField(primary_key=True)
    list = models.ForeignKey(ScreeningList, on_delete=models.PROTECT, related_name="entries", db_index=False)
    reference = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    birth = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True)
    name_key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "reference", "name"], name="entry_once")]
        indexes = [
            # matches: the entries of a list that are written like a person
            models.Index(fields=["list", "name_key"], name="entry_by_writing"),
        ]


class EntrySound(models.Model):
    """One way an entry may sound."""

    entry = models.ForeignKey(ListEntry, on_delete=models.PROTECT, related_name="sounds", db_index=False)
    list_id = models.UUIDField()
    sound = models.CharField(max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "sound"], name="sound_once_per_entry")]
        indexes = [
            # matches: the entries of a list that sound like a person
            models.Index(fields=["list_id", "sound"], name="entry_by_sound"),
        ]


class Hit(models.Model):
    """A question to a person: is this customer the one on the list? Once for what an entry says; an entry that says
    something else in a later version asks again."""

    id = models.UUIDField(primary_key=True)
    shard_key = models.SmallIntegerField()
    account_id = models.UUIDField()
    person_id = models.UUIDField()
    list_version = models.CharField(max_length=40)
    entry_reference = models.CharField(max_length=40)
    entry_name = models.CharField(max_length=80)
    entry_birth = models.DateField(null=True)
    entry_note = models.CharField(max_length=200, blank=True)
    entry_digest = models.CharField(max_length=64)
    how = models.CharField(max_length=8)
    state = models.CharField(max_length=10)
    found_at = models.DateTimeField()
    proposed_by = models.UUIDField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    kept_until = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_id", "entry_digest"], name="hit_once"),
            models.CheckConstraint(condition=Q(state__in=HIT_STATES, how__in=HOW), name="hit_words_known"),
            # four eyes: whoever proposes does not confirm
            models.CheckConstraint(
                condition=Q(state=OPEN, proposed_by=None, decided_by=None)
                | Q(state=PROPOSED, proposed_by__isnull=False, decided_by=None)
                | Q(state=CLEARED, decided_by__isnull=False)
                | (
                    Q(state=CONFIRMED, proposed_by__isnull=False, decided_by__isnull=False)
                    & ~Q(decided_by=F("proposed_by"))
                ),
                name="hit_second_person",
            ),
        ]
        indexes = [
            # desk: what waits, the oldest first
            models.Index(fields=["found_at", "id"], condition=Q(state__in=(OPEN, PROPOSED)), name="hit_waiting"),
        ]


class HitEvent(models.Model):
    """What happened to a hit, by whom. Only grows."""

    hit = models.ForeignKey(Hit, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    what = models.CharField(max_length=12)
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=40)
    text = models.CharField(max_length=200, blank=True)
