"""Confirm one page (SALE-2, PUB-5)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.policies.actions.draft import changeable
from baohe.rooms.policies.contracts import ProposalView
from baohe.rooms.policies.errors import AgreementNeeded, InsuredMustConsent, PaperChanged
from baohe.rooms.policies.models import Proposal, ProposalPaper
from baohe.rooms.policies.rules.papers import INSURED_CONSENT
from baohe.rooms.policies.shapes import papers_of, parties_of, proposal_view


def confirm_paper(account_id: UUID, proposal_id: UUID, code: str, digest: str, agreed: bool) -> ProposalView:
    """Record that the customer agreed to the page whose text has this digest. Confirming twice is once.

    Raises `AgreementNeeded` without `agreed`, `PaperChanged` for another digest, `InsuredMustConsent` for the page
    that only the insured can agree to (SALE-11), `ProposalClosed`, `NotFound`.
    """
    with transaction.atomic():
        row = changeable(account_id, proposal_id)
        paper = next((paper for paper in papers_of(row, parties_of(row)) if paper.code == code), None)
        if paper is None:
            raise InvalidInput(field="code", reason_zh="没有这一页", reason_en="no such page")
        if code == INSURED_CONSENT:
            raise InsuredMustConsent()
        if paper.digest != digest:
            raise PaperChanged(title=paper.title.zh)
        if not agreed:
            raise AgreementNeeded(title=paper.title.zh)
        if paper.confirmed_at is None:
            keep(row, code, digest)
        return proposal_view(row, clock.now())


def keep(row: Proposal, code: str, digest: str) -> None:
    """Write down that the page with this digest was agreed to, now."""
    ProposalPaper.objects.create(
        id=clock.new_id(), proposal=row, shard_key=row.shard_key, code=code, digest=digest, confirmed_at=clock.now()
    )
