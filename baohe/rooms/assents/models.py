"""One table: a link is one question to one person, and its answer. Terms and telephone are sealed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from baohe.plumbing import telephone_codes
from baohe.rooms.assents.contracts import STATES, SUBJECTS, WAITING
from baohe.rooms.assents.rules.sending import CODES_PER_LINK


class Link(telephone_codes.OpenedByCode):
    """`token_hash` is SHA-256 of 256 random bits, which need no salt; the token itself lies only in the message."""

    shard_key = models.SmallIntegerField()
    account_id = models.UUIDField()
    subject = models.CharField(max_length=16)
    subject_id = models.UUIDField()
    token_hash = models.BinaryField(max_length=32)
    content = models.CharField(max_length=64)
    terms_digest = models.CharField(max_length=64)
    terms_sealed = models.BinaryField()
    phone_sealed = models.BinaryField()
    phone_index = models.BinaryField(max_length=32)
    sent_at = models.DateTimeField()
    state = models.CharField(max_length=8)
    decided_at = models.DateTimeField(null=True)
    strokes_sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], name="assent_token_once"),
            # two sends at once: one link is the live one
            models.UniqueConstraint(
                fields=["shard_key", "subject", "subject_id"], condition=Q(state=WAITING), name="assent_one_waiting"
            ),
            models.CheckConstraint(condition=Q(subject__in=SUBJECTS, state__in=STATES), name="assent_words_known"),
            models.CheckConstraint(
                condition=Q(state=WAITING, decided_at=None) | (~Q(state=WAITING) & Q(decided_at__isnull=False)),
                name="assent_decided_at_its_end",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("agreed", "refused")) | Q(opened_at__isnull=False),
                name="assent_answered_by_an_opened_link",
            ),
            models.CheckConstraint(
                condition=Q(code_tries__range=(0, telephone_codes.TRIES), codes_sent__range=(0, CODES_PER_LINK)),
                name="assent_codes_bounded",
            ),
            models.CheckConstraint(condition=Q(shard_key__range=(0, 1023)), name="assent_shard_known"),
        ]
        indexes = [
            # latest: the newest link about a subject, and its quota
            models.Index(fields=["subject_id", "-sent_at"], name="assent_of_subject"),
            # send: what this telephone received within the last day
            models.Index(fields=["phone_index", "-sent_at"], name="assent_of_phone"),
        ]
