"""Print, sign and keep the document of a policy: once, however often the worker asks."""

from __future__ import annotations

import io
from datetime import timedelta

import segno

from baohe.rooms.documents.actions.row_of import row_of
from baohe.rooms.documents.actions.sign_and_keep import Draft, sign_and_keep
from baohe.rooms.documents.contracts import DocumentView, PolicyDocument
from baohe.rooms.documents.queries import verify_url
from baohe.rooms.documents.rules import policy_content

CODE = "policy"
_MASK = 3
"""Any of the eight patterns can be read; looking for the prettiest costs eight times as much."""


def issue(data: PolicyDocument) -> DocumentView:
    """The ready document of the policy. Raises what `sign_and_keep` raises."""
    row = row_of(data, CODE, data.number, data.insured.name, data.end - timedelta(days=1))
    url = verify_url(row.token)
    content = policy_content(data, url, qr_svg(url))
    return sign_and_keep(row, Draft(CODE, content, data.issued_at, data.insurer, f"签发电子保单 {data.number}"))


def qr_svg(url: str) -> str:
    buffer = io.BytesIO()
    code = segno.make(url, error="m", micro=False, mask=_MASK)
    code.save(buffer, kind="svg", border=0, dark="#17211F", xmldecl=False, svgclass=None, lineclass=None)
    return buffer.getvalue().decode()
