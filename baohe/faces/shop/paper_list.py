"""A paper of a policy as the phone lists it: its state, where to open it and where to verify it."""

from __future__ import annotations

from uuid import UUID

from baohe.faces.shop.schemas import policies as schema
from baohe.flows.policy_papers import ENDORSEMENT, POLICY, PROPOSAL, PaperLine

_SHOP = "/api/shop/v1"
_FILES = {
    POLICY: "document.pdf",
    "health_declaration": "health-declaration.pdf",
    "own_choice": "own-choice.pdf",
    "receipt": "receipt.pdf",
    "refund": "refund.pdf",
}


def paper(policy_id: UUID, line: PaperLine) -> schema.PolicyPaper:
    state = _state(line)
    return schema.PolicyPaper(
        kind=line.kind,
        number=line.number,
        on=line.on,
        state=state,
        size=line.size,
        url=None if state == "preparing" else _url(policy_id, line),
        verify_url=None if line.document is None else line.document.verify_url,
    )


def _state(line: PaperLine) -> str:
    if line.document is not None:
        return "signed"
    if line.kind == PROPOSAL:
        return "shown"
    return "preparing" if line.kind in (POLICY, ENDORSEMENT) else "on_opening"


def _url(policy_id: UUID, line: PaperLine) -> str:
    if line.kind == PROPOSAL:
        return f"{_SHOP}/proposals/{line.proposal_id}/document.pdf?sha256={line.shown_sha256}"
    if line.kind == ENDORSEMENT:
        return f"{_SHOP}/policies/{policy_id}/endorsements/{line.number}/document.pdf"
    return f"{_SHOP}/policies/{policy_id}/{_FILES[line.kind]}"
