"""Tables of the room. What was submitted stays as it was submitted, and nobody approves one's own: both are held here.

Guards that a CHECK cannot say (frozen files, the order of states, append-only) are triggers, see `0002_guards`.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from baohe.rooms.studio.contracts import STATES


class Draft(models.Model):
    id = models.UUIDField(primary_key=True)
    product_code = models.CharField(max_length=40)
    version = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default="draft")
    revision = models.IntegerField(default=1)
    files = models.JSONField()
    base_version_id = models.CharField(max_length=60, default="", blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    maker_id = models.UUIDField()
    maker_name = models.CharField(max_length=64)
    submitter_id = models.UUIDField(null=True)
    submitter_name = models.CharField(max_length=64, default="", blank=True)
    submitted_at = models.DateTimeField(null=True)
    checker_id = models.UUIDField(null=True)
    checker_name = models.CharField(max_length=64, default="", blank=True)
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, default="", blank=True)
    filing_number = models.CharField(max_length=80, default="", blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="draft_state_known"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="draft_revision_counts"),
            models.CheckConstraint(
                condition=Q(checker_id=None) | (Q(submitter_id__isnull=False) & ~Q(checker_id=F("submitter_id"))),
                name="draft_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "published"))
                | Q(checker_id__isnull=False, decided_at__isnull=False),
                name="draft_approved_by_name",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | (~Q(filing_number="") & Q(published_at__isnull=False)),
                name="draft_published_with_number",
            ),
            models.UniqueConstraint(
                fields=["product_code", "version"], name="draft_once_a_version", condition=~Q(state="withdrawn")
            ),
        ]
        indexes = [
            # drafts: the list of the studio, last touched first
            models.Index(fields=["-updated_at", "id"], name="draft_list"),
        ]


class DraftSave(models.Model):
    """What one save changed: file → new text, null = removed. Append-only."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="saves")
    revision = models.IntegerField()
    saved_at = models.DateTimeField()
    saver_id = models.UUIDField()
    saver_name = models.CharField(max_length=64)
    changed = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "revision"], name="draft_save_once")]


class DraftSource(models.Model):
    """A paper that the draft's rates were read from, byte for byte. Append-only."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="sources")
    name = models.CharField(max_length=200)
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "name"], name="draft_source_once")]


class StudioEvent(models.Model):
    """Who did what to a draft or a published version. Append-only."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=64)
    draft_id = models.UUIDField(null=True)
    version_id = models.CharField(max_length=60)
    action = models.CharField(max_length=20)
    detail = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        indexes = [
            # events_of: the story of one draft
            models.Index(fields=["draft_id", "id"], name="studio_event_draft"),
            # events_of_version: the story of one published version
            models.Index(fields=["version_id", "id"], name="studio_event_version"),
        ]
