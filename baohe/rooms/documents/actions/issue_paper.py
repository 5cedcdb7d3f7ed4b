"""Print, sign and keep a paper of one subject for the policy it belongs to: once, however often it is opened."""

from __future__ import annotations

from dataclasses import replace

from baohe.rooms.documents.actions.row_of import row_of
from baohe.rooms.documents.actions.sign_and_keep import Draft, sign_and_keep
from baohe.rooms.documents.contracts import DocumentView, PolicyPaper
from baohe.rooms.documents.papers import HEADINGS, paper_content
from baohe.rooms.documents.queries import verify_url


def issue_paper(data: PolicyPaper) -> DocumentView:
    """The ready paper; it says where anyone can verify it. Raises what `sign_and_keep` raises."""
    row = row_of(data, data.kind, data.policy_number, data.insured_name, data.last_day)
    marks = f"{data.paper.marks}　验真：{verify_url(row.token)}".strip("　")
    content = paper_content(replace(data.paper, marks=marks))
    heading, _ = HEADINGS[data.paper.code]
    reason = f"签发{heading} {data.paper.number}"
    return sign_and_keep(row, Draft(data.paper.code, content, data.paper.issued_at, data.insurer, reason))
