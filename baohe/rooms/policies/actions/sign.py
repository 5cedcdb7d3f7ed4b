"""Sign the proposal: strokes bound to the bytes of the document the customer saw (DATA-6)."""

from __future__ import annotations

import json
from uuid import UUID

from django.db import transaction

from baohe.adapters.signing import devices
from baohe.plumbing import clock, vault
from baohe.rooms.policies.actions.draft import changeable
from baohe.rooms.policies.contracts import DEDUCTION, SIGNING_CONSENT, ProposalView, SignedAct
from baohe.rooms.policies.errors import (
    ConsentChanged,
    DeviceNotProven,
    DocumentChanged,
    PapersMissing,
    SignatureNotReadable,
)
from baohe.rooms.policies.models import Proposal, ProposalSignature
from baohe.rooms.policies.rules.signed_act import consent_digest, device_message, strokes_digest
from baohe.rooms.policies.rules.strokes import why_unreadable
from baohe.rooms.policies.shapes import papers_of, parties_of, proposal_view


def refuse_unsignable(account_id: UUID, proposal_id: UUID, act: SignedAct, current_digest: str) -> None:
    """What `sign` will refuse, told before the code is used up: the drawing stays, and so does the code.

    Raises what `sign` raises.
    """
    with transaction.atomic():
        _refuse(changeable(account_id, proposal_id), act, current_digest)


def sign(account_id: UUID, proposal_id: UUID, act: SignedAct, current_digest: str) -> ProposalView:
    """Sign the document. `act.document_digest` is what the customer saw, `current_digest` what the proposal prints to
    now. The caller has checked file and code.

    Every needed page must be confirmed first, except the deduction, which belongs to the payment. Signing the same
    document twice keeps the first signature. Raises `DocumentChanged`, `PapersMissing`, `SignatureNotReadable`,
    `ConsentChanged`, `DeviceNotProven`, `ProposalClosed`, `NotFound`.
    """
    with transaction.atomic():
        row = changeable(account_id, proposal_id)
        _refuse(row, act, current_digest)
        kept = row.signatures.filter(document_digest=act.document_digest).first() or _keep(row, act)
        row.state = "signed"
        row.document_digest = act.document_digest
        row.signed_at = kept.signed_at
        row.save()
        return proposal_view(row, clock.now())


def _refuse(row: Proposal, act: SignedAct, current_digest: str) -> None:
    if act.document_digest != current_digest:
        raise DocumentChanged()
    refuse_missing_papers(row)
    if why := why_unreadable(act.strokes):
        raise SignatureNotReadable(why)
    if act.consent_sha256 != consent_digest(SIGNING_CONSENT.zh):
        raise ConsentChanged()
    message = device_message(act.document_sha256, act.strokes, act.consent_sha256, act.code_id)
    if not devices.is_signed(act.device_key, act.device_signature, message):
        raise DeviceNotProven()


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


def _keep(row: Proposal, act: SignedAct) -> ProposalSignature:
    id_ = clock.new_id()
    drawn = json.dumps([[dict(point) for point in stroke] for stroke in act.strokes], separators=(",", ":"))
    return ProposalSignature.objects.create(
        id=id_,
        proposal=row,
        shard_key=row.shard_key,
        document_digest=act.document_digest,
        strokes_sealed=vault.seal("policies_proposalsignature.strokes", id_, drawn),
        signed_at=clock.now(),
        document_sha256=act.document_sha256,
        strokes_sha256=strokes_digest(act.strokes),
        consent=SIGNING_CONSENT.zh,
        consent_sha256=act.consent_sha256,
        code_id=act.code_id,
        device=act.device,
        device_key=act.device_key,
        device_signature=act.device_signature,
    )
