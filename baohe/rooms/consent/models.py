"""Consent is a list of events; what holds now is the latest of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

GRANTED, WITHDRAWN = "granted", "withdrawn"


class ConsentEvent(models.Model):
    """One act of a person. Append-only: the database refuses change and removal."""

    id = models.BigAutoField(primary_key=True)
    account_id = models.UUIDField()
    purpose = models.CharField(max_length=40)
    subject = models.CharField(max_length=80, blank=True)
    event = models.CharField(max_length=10)
    text_digest = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="consent_event", condition=Q(event__in=(GRANTED, WITHDRAWN))),
            # a grant that does not name the wording would prove nothing
            models.CheckConstraint(name="consent_grant_names_text", condition=~Q(event=GRANTED, text_digest="")),
            models.CheckConstraint(name="consent_purpose", condition=~Q(purpose="")),
        ]
        indexes = [
            # is_granted, refusals: the latest event of a purpose and subject
            models.Index(fields=["account_id", "purpose", "subject", "-id"], name="consent_latest"),
        ]
