"""Print, sign and keep the document of an endorsement: once, however often the worker asks."""

from __future__ import annotations

from datetime import timedelta

from baohe.rooms.documents.actions.issue import qr_svg
from baohe.rooms.documents.actions.row_of import row_of
from baohe.rooms.documents.actions.sign_and_keep import Draft, sign_and_keep
from baohe.rooms.documents.contracts import DocumentView, EndorsementDocument
from baohe.rooms.documents.endorsement_content import endorsement_content
from baohe.rooms.documents.queries import endorsement_kind, verify_url

CODE = "endorsement"


def issue_endorsement(data: EndorsementDocument) -> DocumentView:
    """The ready document, as with the policy's own (`issue`). Raises what `sign_and_keep` raises."""
    kind, last_day = endorsement_kind(data.number), data.end - timedelta(days=1)
    row = row_of(data, kind, data.policy_number, data.insured.name, last_day)
    url = verify_url(row.token)
    content = endorsement_content(data, url, qr_svg(url))
    reason = f"签发批单 {data.policy_number}-{data.number}"
    return sign_and_keep(row, Draft(CODE, content, data.recorded_at, data.insurer, reason))
