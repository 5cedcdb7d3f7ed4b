"""Print, sign and keep the document of a policy: once, however often the worker asks."""

from __future__ import annotations

import io
import secrets
from hashlib import sha256

import segno
from django.db import transaction

from baohe.plumbing import clock
from baohe.rooms.documents import storage
from baohe.rooms.documents.contracts import DocumentView, PolicyDocument
from baohe.rooms.documents.models import Document
from baohe.rooms.documents.queries import verify_url, view
from baohe.rooms.documents.rules import mask_name, policy_content
from baohe.rooms.documents.typesetting import typeset

_TOKEN_BYTES = 24
"""192 random bits: the token is a capability and stands on paper for years."""


def issue(data: PolicyDocument) -> DocumentView:
    """The ready document of the policy.

    The row lock makes a second worker wait and then find the work done. Killed after the file is written and before
    COMMIT, the repeat prints again over the same file name: one row, one file.
    """
    row = _row_of(data)
    if row.state == Document.State.READY:
        return view(row)
    with transaction.atomic():
        row = Document.objects.select_for_update().get(id=row.id)
        if row.state == Document.State.READY:
            return view(row)
        url = verify_url(row.token)
        signed_at = clock.now().replace(microsecond=0)
        printed = typeset(policy_content(data, url, qr_svg(url)), data.issued_at)
        # Late: the signing library would cost every process of the platform half a second at its start.
        from baohe.adapters.signing import pdf

        signed = pdf.sign(printed, data.insurer.code, data.insurer.name.zh, signed_at, f"签发电子保单 {data.number}")
        storage.store(row.id, signed.content)
        row.sha256 = sha256(signed.content).digest()
        row.size = len(signed.content)
        row.certificate_sha256 = bytes.fromhex(signed.fingerprint)
        row.signed_by = signed.signer_name
        row.signed_at = signed_at
        row.state = Document.State.READY
        row.save(update_fields=["sha256", "size", "certificate_sha256", "signed_by", "signed_at", "state"])
        return view(row)


def qr_svg(url: str) -> str:
    buffer = io.BytesIO()
    code = segno.make(url, error="m", micro=False)
    code.save(buffer, kind="svg", border=0, dark="#17211F", xmldecl=False, svgclass=None, lineclass=None)
    return buffer.getvalue().decode()


def _row_of(data: PolicyDocument) -> Document:
    new = Document(
        id=clock.new_id(),
        shard_key=data.shard_key,
        policy_id=data.policy_id,
        token=secrets.token_urlsafe(_TOKEN_BYTES),
        policy_number=data.number,
        insurer_code=data.insurer.code,
        insurer_zh=data.insurer.name.zh,
        insurer_en=data.insurer.name.en,
        product_zh=data.product_name.zh,
        product_en=data.product_name.en,
        insured_masked=mask_name(data.insured.name),
        start=data.start,
        last_day=data.end.fromordinal(data.end.toordinal() - 1),
        created_at=clock.now(),
    )
    Document.objects.bulk_create([new], ignore_conflicts=True)
    return Document.objects.get(policy_id=data.policy_id, kind="policy")
