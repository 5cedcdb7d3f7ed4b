"""Tables that every room leans on: the outbox and the remembered answers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class OutboxEvent(models.Model):
    """A fact that others must hear of, written in the transaction of the fact itself."""

    id = models.BigAutoField(primary_key=True)
    topic = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    shard_key = models.SmallIntegerField()
    payload = models.JSONField()
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.SmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True)
    last_error = models.TextField(default="")

    class Meta:
        indexes = [
            # claim_batch: the open events in order of due time
            models.Index(fields=["due_at", "id"], name="outbox_open", condition=Q(done_at=None, parked_at=None)),
            # given_up, and the operator's list of events that gave up
            models.Index(fields=["parked_at"], name="outbox_parked", condition=Q(parked_at__isnull=False)),
            models.Index(fields=["subject"], name="outbox_subject"),
        ]


class RememberedAnswer(models.Model):
    """The first answer to an idempotency key, bound to the hash of its request."""

    id = models.BigAutoField(primary_key=True)
    scope = models.CharField(max_length=120)
    key = models.CharField(max_length=255)
    request_hash = models.CharField(max_length=64)
    status = models.SmallIntegerField()
    body = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="answer_once")]
