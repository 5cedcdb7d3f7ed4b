"""Print, sign and keep the document of a policy: once, however often the worker asks."""

from __future__ import annotations

import io
import secrets

import segno

from baohe.plumbing import clock
from baohe.rooms.documents.actions.sign_and_keep import Draft, sign_and_keep
from baohe.rooms.documents.contracts import DocumentView, PolicyDocument
from baohe.rooms.documents.models import Document
from baohe.rooms.documents.queries import verify_url
from baohe.rooms.documents.rules import mask_name, policy_content

CODE = "policy"
_MASK = 3
"""Any of the eight patterns can be read; looking for the prettiest costs eight times as much."""
_TOKEN_BYTES = 24
"""192 random bits: the token is a capability and stands on paper for years."""


def issue(data: PolicyDocument) -> DocumentView:
    """The ready document of the policy. Raises what `sign_and_keep` raises."""
    row = _row_of(data)
    url = verify_url(row.token)
    content = policy_content(data, url, qr_svg(url))
    return sign_and_keep(row, Draft(CODE, content, data.issued_at, data.insurer, f"签发电子保单 {data.number}"))


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
