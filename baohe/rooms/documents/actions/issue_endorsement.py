"""Print, sign and keep the document of an endorsement: once, however often the worker asks."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256

from django.db import transaction

from baohe.plumbing import clock
from baohe.rooms.documents import storage
from baohe.rooms.documents.actions.issue import qr_svg
from baohe.rooms.documents.contracts import DocumentView, EndorsementDocument
from baohe.rooms.documents.endorsement_content import endorsement_content
from baohe.rooms.documents.models import Document
from baohe.rooms.documents.queries import endorsement_kind, verify_url, view
from baohe.rooms.documents.rules import mask_name
from baohe.rooms.documents.typesetting import POLICY, typeset

TEMPLATE = POLICY.with_name("endorsement.typ")
_TOKEN_BYTES = 24


def issue_endorsement(data: EndorsementDocument) -> DocumentView:
    """The ready document. Locks, repeats and a kill half-way are as with the policy's own (`issue`)."""
    row = _row_of(data)
    with transaction.atomic():
        row = Document.objects.select_for_update().get(id=row.id)
        if row.state == Document.State.READY:
            return view(row)
        url = verify_url(row.token)
        signed_at = clock.now().replace(microsecond=0)
        printed = typeset(endorsement_content(data, url, qr_svg(url)), data.recorded_at, TEMPLATE)
        # Late: the signing library would cost every process of the platform half a second at its start.
        from baohe.adapters.signing import pdf

        reason = f"签发批单 {data.policy_number}-{data.number}"
        signed = pdf.sign(printed, data.insurer.code, data.insurer.name.zh, signed_at, reason)
        storage.store(row.id, signed.content)
        row.sha256 = sha256(signed.content).digest()
        row.size = len(signed.content)
        row.certificate_sha256 = bytes.fromhex(signed.fingerprint)
        row.signed_by = signed.signer_name
        row.signed_at = signed_at
        row.state = Document.State.READY
        row.save(update_fields=["sha256", "size", "certificate_sha256", "signed_by", "signed_at", "state"])
        return view(row)


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
