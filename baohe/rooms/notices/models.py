"""Messages to people: sealed telephone, sealed words."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from baohe.plumbing.clock import new_id

QUEUED, SENT, FAILED = "queued", "sent", "failed"


class Message(models.Model):
    """One message. The template is plain; what fills it is sealed, for it may hold a code or a name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account_id = models.UUIDField(null=True)
    phone_sealed = models.BinaryField()
    phone_index = models.BinaryField(max_length=32)
    template = models.CharField(max_length=40)
    params_sealed = models.BinaryField(null=True)
    channel = models.CharField(max_length=10, default="sms")
    state = models.CharField(max_length=10, default=QUEUED)
    provider_reference = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="message_state", condition=Q(state__in=(QUEUED, SENT, FAILED))),
            models.CheckConstraint(
                name="message_settled_once",
                condition=Q(state=QUEUED, settled_at=None) | (~Q(state=QUEUED) & Q(settled_at__isnull=False)),
            ),
            # words may be wiped, but only after they have gone out
            models.CheckConstraint(
                name="message_has_words", condition=~Q(state=QUEUED) | Q(params_sealed__isnull=False)
            ),
        ]
        indexes = [
            # demo_inbox: the newest messages of one telephone
            models.Index(fields=["phone_index", "-id"], name="message_of_phone"),
            # notices_of: the newest messages of one account
            models.Index(fields=["account_id", "-id"], name="message_of_account"),
        ]
