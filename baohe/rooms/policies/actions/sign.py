"""Sign the proposal: strokes bound to the document the customer saw (DATA-6)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from baohe.plumbing import clock, vault
from baohe.rooms.policies.actions.draft import changeable
from baohe.rooms.policies.contracts import DEDUCTION, ProposalView
from baohe.rooms.policies.errors import DocumentChanged, PapersMissing, SignatureNotReadable
from baohe.rooms.policies.models import Proposal, ProposalSignature
from baohe.rooms.policies.rules.strokes import readable
from baohe.rooms.policies.shapes import papers_of, parties_of, proposal_view

Strokes = Sequence[Sequence[Mapping[str, int]]]


def sign(
    account_id: UUID, proposal_id: UUID, document_digest: str, strokes: Strokes, current_digest: str
) -> ProposalView:
    """Sign the document. `document_digest` is what the customer saw, `current_digest` what the proposal prints to now.

    Every needed page must be confirmed first, except the deduction, which belongs to the payment. Signing the same
    document twice keeps the first signature. Raises `DocumentChanged`, `PapersMissing`, `SignatureNotReadable`,
    `ProposalClosed`, `NotFound`.
    """
    with transaction.atomic():
        row = changeable(account_id, proposal_id)
        if document_digest != current_digest:
            raise DocumentChanged()
        refuse_missing_papers(row)
        if not readable(strokes):
            raise SignatureNotReadable()
        kept = row.signatures.filter(document_digest=document_digest).first() or _keep(row, document_digest, strokes)
        row.state = "signed"
        row.document_digest = document_digest
        row.signed_at = kept.signed_at
        row.save()
        return proposal_view(row, clock.now())


def refuse_missing_papers(row: Proposal) -> None:
    """Raises `PapersMissing` naming every page that was not confirmed."""
    missing = [
        paper
        for paper in papers_of(row, parties_of(row))
        if paper.needed and paper.confirmed_at is None and paper.code != DEDUCTION
    ]
    if missing:
        raise PapersMissing(
            missing="、".join(paper.title.zh for paper in missing),
            missing_en=", ".join(paper.title.en for paper in missing),
            codes=[paper.code for paper in missing],
        )


def _keep(row: Proposal, document_digest: str, strokes: Strokes) -> ProposalSignature:
    id_ = clock.new_id()
    drawn = json.dumps([[dict(point) for point in stroke] for stroke in strokes], separators=(",", ":"))
    return ProposalSignature.objects.create(
        id=id_,
        proposal=row,
        shard_key=row.shard_key,
        document_digest=document_digest,
        strokes_sealed=vault.seal("policies_proposalsignature.strokes", id_, drawn),
        signed_at=clock.now(),
    )
