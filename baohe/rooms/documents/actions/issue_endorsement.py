"""Print, sign and keep the document of an endorsement: once, however often the worker asks."""

from __future__ import annotations

import secrets
from datetime import timedelta

from baohe.plumbing import clock
from baohe.rooms.documents.actions.issue import qr_svg
from baohe.rooms.documents.actions.sign_and_keep import Draft, sign_and_keep
from baohe.rooms.documents.contracts import DocumentView, EndorsementDocument
from baohe.rooms.documents.endorsement_content import endorsement_content
from baohe.rooms.documents.models import Document
from baohe.rooms.documents.queries import endorsement_kind, verify_url
from baohe.rooms.documents.rules import mask_name

CODE = "endorsement"
_TOKEN_BYTES = 24


def issue_endorsement(data: EndorsementDocument) -> DocumentView:
    """The ready document, as with the policy's own (`issue`). Raises what `sign_and_keep` raises."""
    row = _row_of(data)
    url = verify_url(row.token)
    content = endorsement_content(data, url, qr_svg(url))
    reason = f"签发批单 {data.policy_number}-{data.number}"
    return sign_and_keep(row, Draft(CODE, content, data.recorded_at, data.insurer, reason))


def _row_of(data: EndorsementDocument) -> Document:
    new = Document(
        id=clock.new_id(),
        shard_key=data.shard_key,
        policy_id=data.policy_id,
        kind=endorsement_kind(data.number),
        token=secrets.token_urlsafe(_TOKEN_BYTES),
        policy_number=data.policy_number,
        insurer_code=data.insurer.code,
        insurer_zh=data.insurer.name.zh,
        insurer_en=data.insurer.name.en,
        product_zh=data.product_name.zh,
        product_en=data.product_name.en,
        insured_masked=mask_name(data.insured.name),
        start=data.start,
        last_day=data.end - timedelta(days=1),
        created_at=clock.now(),
    )
    Document.objects.bulk_create([new], ignore_conflicts=True)
    return Document.objects.get(policy_id=data.policy_id, kind=new.kind)
