"""Print, sign and keep the document of a policy: once, however often the worker asks."""

from __future__ import annotations

import io
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import segno
from django.db import transaction

from baohe.kernel.dates import business_date
from baohe.plumbing import clock
from baohe.rooms.documents import registry, storage
from baohe.rooms.documents.contracts import DocumentView, PolicyDocument
from baohe.rooms.documents.errors import TimeStampAway
from baohe.rooms.documents.models import Document
from baohe.rooms.documents.queries import verify_url, view
from baohe.rooms.documents.rules import mask_name, policy_content
from baohe.rooms.documents.typesetting import print_template

if TYPE_CHECKING:
    from baohe.adapters.signing.pdf import Signed

CODE = "policy"
_MASK = 3
"""Any of the eight patterns can be read; looking for the prettiest costs eight times as much."""
_TOKEN_BYTES = 24
"""192 random bits: the token is a capability and stands on paper for years."""


def issue(data: PolicyDocument) -> DocumentView:
    """The ready document of the policy.

    Printed, signed and stamped outside of any transaction, because the time stamp is a call to the outside. Then the
    row is locked, and who comes second finds the work done and drops its own. Killed after the file is written and
    before COMMIT, the repeat prints again over the same file name: one row, one file.
    Raises `TimeStampAway`: the row stays `preparing`, and no paper without a stamp is ever called ready.
    """
    row = _row_of(data)
    if row.state == Document.State.READY:
        return view(row)
    made = _make(row, data)
    with transaction.atomic():
        row = Document.objects.select_for_update().get(id=row.id)
        if row.state == Document.State.READY:
            return view(row)
        storage.store(row.id, made.signed.content, made.content)
        _complete(row, made)
        return view(row)


@dataclass(frozen=True, slots=True)
class _Made:
    signed: Signed
    content: dict[str, Any]
    template: str
    detached: str


def _make(row: Document, data: PolicyDocument) -> _Made:
    # Late: the signing library would cost every process of the platform half a second at its start.
    from baohe.adapters.signing import pdf, sm2
    from baohe.adapters.timestamp.port import NoTimeStamp

    url = verify_url(row.token)
    template = registry.in_force(CODE, business_date(data.issued_at))
    content = policy_content(data, url, qr_svg(url))
    printed = print_template(template, content, data.issued_at)
    try:
        signed = pdf.sign(printed, data.insurer.code, data.insurer.name.zh, f"签发电子保单 {data.number}")
    except NoTimeStamp as failure:
        raise TimeStampAway(reason=f"{type(failure).__name__}: {failure}") from failure
    detached = ""
    if data.insurer.signature == "sm2":
        detached = sm2.sign(signed.content, data.insurer.code, data.insurer.name.zh, signed.stamp.at)
    return _Made(signed, content | {"printed-at": data.issued_at.isoformat()}, template.key, detached)


def _complete(row: Document, made: _Made) -> None:
    signed = made.signed
    row.sha256 = sha256(signed.content).digest()
    row.size = len(signed.content)
    row.certificate_sha256 = bytes.fromhex(signed.fingerprint)
    row.signed_by = signed.signer_name
    row.signed_at = row.stamped_at = signed.stamp.at
    row.stamped_by = signed.stamp.authority
    row.template = made.template
    row.detached = made.detached
    row.profile = "sm2" if made.detached else signed.profile
    row.state = Document.State.READY
    row.save(
        update_fields=[
            *("sha256", "size", "certificate_sha256", "signed_by", "signed_at", "stamped_at", "stamped_by"),
            *("template", "detached", "profile", "state"),
        ]
    )


def qr_svg(url: str) -> str:
    buffer = io.BytesIO()
    code = segno.make(url, error="m", micro=False, mask=_MASK)
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
