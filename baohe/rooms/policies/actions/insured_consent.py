"""The insured's own yes to cover in case of their death (SALE-11, INS 34)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.plumbing import clock
from baohe.rooms.policies.actions.confirm import keep
from baohe.rooms.policies.actions.draft import changeable
from baohe.rooms.policies.contracts import ProposalView
from baohe.rooms.policies.errors import PaperChanged
from baohe.rooms.policies.rules.papers import INSURED_CONSENT
from baohe.rooms.policies.shapes import papers_of, parties_of, proposal_view


def keep_insured_consent(account_id: UUID, proposal_id: UUID, digest: str) -> ProposalView:
    """Write down that the insured agreed to the page with this digest: version, sum and beneficiaries as they are
    now. Whoever calls this has heard it from the insured. Once however often it is said.

    Raises `PaperChanged` when the page reads otherwise now, `ProposalClosed`, `NotFound`.
    """
    with transaction.atomic():
        row = changeable(account_id, proposal_id)
        paper = next(paper for paper in papers_of(row, parties_of(row)) if paper.code == INSURED_CONSENT)
        if paper.digest != digest or not paper.needed:
            raise PaperChanged(title=paper.title.zh)
        if paper.confirmed_at is None:
            keep(row, INSURED_CONSENT, digest)
        return proposal_view(row, clock.now())
