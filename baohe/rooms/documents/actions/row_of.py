"""The row of a paper: one for each kind of paper of a policy, with what a checker may learn of it."""

from __future__ import annotations

import secrets
from datetime import date

from baohe.plumbing import clock
from baohe.rooms.documents.contracts import EndorsementDocument, PolicyDocument, PolicyPaper
from baohe.rooms.documents.models import Document
from baohe.rooms.documents.rules import mask_name

_TOKEN_BYTES = 24
"""192 random bits: the token is a capability and stands on paper for years."""


def row_of(
    data: PolicyDocument | EndorsementDocument | PolicyPaper,
    kind: str,
    policy_number: str,
    insured_name: str,
    last_day: date,
) -> Document:
    """The row of this paper, `preparing` when it is asked for the first time."""
    new = Document(
        id=clock.new_id(),
        shard_key=data.shard_key,
        policy_id=data.policy_id,
        kind=kind,
        token=secrets.token_urlsafe(_TOKEN_BYTES),
        policy_number=policy_number,
        insurer_code=data.insurer.code,
        insurer_zh=data.insurer.name.zh,
        insurer_en=data.insurer.name.en,
        product_zh=data.product_name.zh,
        product_en=data.product_name.en,
        insured_masked=mask_name(insured_name),
        start=data.start,
        last_day=last_day,
        created_at=clock.now(),
    )
    Document.objects.bulk_create([new], ignore_conflicts=True)
    return Document.objects.get(policy_id=data.policy_id, kind=kind)
