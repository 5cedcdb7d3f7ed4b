"""Two tables: whom a claim was opened for, and the links that lead there. People are sealed, tokens are hashed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from baohe.plumbing import telephone_codes
from baohe.rooms.claim_links.contracts import LIVE, STATES, WAYS
from baohe.rooms.claim_links.rules.sending import CODES_PER_LINK, IDENTITY_TRIES


class Notice(models.Model):
    """One claim opened by a partner for the customer of an order. Append-only. `who_sealed`: name, telephone, last
    characters of the document, as the order names them. `claimant_id`: a keyed hash of these, the same for the same
    person in every order, so that a person is told from the partner's account that the claim stands under."""

    claim_id = models.UUIDField(primary_key=True)
    shard_key = models.SmallIntegerField()
    partner_id = models.UUIDField()
    policy_id = models.UUIDField()
    reference = models.CharField(max_length=64)
    event = models.CharField(max_length=64)
    incident = models.CharField(max_length=64)
    content = models.CharField(max_length=64)
    claimant_id = models.UUIDField()
    proof = models.CharField(max_length=8)
    who_sealed = models.BinaryField()
    insurer_phone = models.CharField(max_length=30)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shard_key", "policy_id", "event", "incident"], name="claim_link_notice_once"
            ),
            models.CheckConstraint(condition=Q(proof__in=WAYS), name="claim_link_proof_known"),
            models.CheckConstraint(condition=Q(shard_key__range=(0, 1023)), name="claim_link_notice_shard"),
        ]
        indexes = [
            # open_notice: what was told of an order within the last day
            models.Index(fields=["policy_id", "-made_at"], name="claim_link_notice_of_order"),
        ]


class Link(telephone_codes.OpenedByCode):
    """`token_hash` is SHA-256 of 256 random bits, which need no salt. One link of a claim is live at a time."""

    shard_key = models.SmallIntegerField()
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="links")
    token_hash = models.BinaryField(max_length=32)
    state = models.CharField(max_length=8)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    identity_tries = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], name="claim_link_token_once"),
            models.UniqueConstraint(fields=["notice"], condition=Q(state=LIVE), name="claim_link_one_live"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="claim_link_state_known"),
            models.CheckConstraint(
                condition=Q(state=LIVE, ended_at=None) | (~Q(state=LIVE) & Q(ended_at__isnull=False)),
                name="claim_link_ended_at_its_end",
            ),
            models.CheckConstraint(
                condition=Q(
                    code_tries__range=(0, telephone_codes.TRIES),
                    codes_sent__range=(0, CODES_PER_LINK),
                    identity_tries__range=(0, IDENTITY_TRIES),
                ),
                name="claim_link_tries_bounded",
            ),
        ]
        indexes = [
            # newest_link, renew: the newest of a claim, and how many were made of late
            models.Index(fields=["notice", "-made_at"], name="claim_link_of_claim"),
        ]
