"""What claimant and handlers write to each other about a claim: letters that stay, and how far each side has read."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

SIDES = ("claimant", "desk")


class ClaimMessage(models.Model):
    """One message. Append-only. `number` counts within the claim; a `key` sends once for ever. `masked`: a number of
    an identity card or a bank card was taken out before it was sealed."""

    id = models.UUIDField(primary_key=True)
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="messages")
    shard_key = models.SmallIntegerField()
    number = models.IntegerField()
    side = models.CharField(max_length=8)
    author_id = models.UUIDField()
    author_name = models.CharField(max_length=60, default="")
    text_sealed = models.BinaryField()
    masked = models.BooleanField(default=False)
    key = models.CharField(max_length=255)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            # also serves the pages of a conversation, the newest first
            models.UniqueConstraint(fields=["claim", "number"], name="claim_message_numbered"),
            models.UniqueConstraint(fields=["claim", "author_id", "key"], name="claim_message_sent_once"),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(key=""), name="claim_message_counts_and_has_a_key"),
            models.CheckConstraint(
                condition=Q(side="claimant", author_name="") | (Q(side="desk") & ~Q(author_name="")),
                name="claim_message_of_the_desk_has_a_name",
            ),
        ]
        indexes = [
            # the pace of one side
            models.Index(fields=["claim", "side", "-at"], name="claim_message_pace"),
        ]


class MessageBox(models.Model):
    """How far each side has read; one for a claim with messages. It only goes forward (trigger of `0012`).

    `waits_since`: when the oldest message was written that nobody at the desk has answered or put aside.
    """

    claim = models.OneToOneField("claims.Claim", on_delete=models.PROTECT, primary_key=True, related_name="message_box")
    shard_key = models.SmallIntegerField()
    last_number = models.IntegerField(default=0)
    claimant_seen = models.IntegerField(default=0)
    claimant_unread = models.IntegerField(default=0)
    desk_seen = models.IntegerField(default=0)
    desk_unread = models.IntegerField(default=0)
    waits_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(claimant_seen__gte=0, desk_seen__gte=0)
                & Q(claimant_seen__lte=F("last_number"), desk_seen__lte=F("last_number")),
                name="message_box_seen_what_is_there",
            ),
            models.CheckConstraint(
                condition=Q(claimant_unread__gte=0, desk_unread__gte=0)
                & Q(claimant_unread__lte=F("last_number") - F("claimant_seen"))
                & Q(desk_unread__lte=F("last_number") - F("desk_seen")),
                name="message_box_unread_lies_ahead",
            ),
            models.CheckConstraint(
                condition=Q(desk_unread=0, waits_since=None) | Q(desk_unread__gt=0, waits_since__isnull=False),
                name="message_box_waits_while_unread",
            ),
        ]
        indexes = [
            # desk queue messages: who waits longest for a word
            models.Index(
                fields=["waits_since", "claim"], name="message_box_waiting", condition=Q(waits_since__isnull=False)
            ),
        ]
