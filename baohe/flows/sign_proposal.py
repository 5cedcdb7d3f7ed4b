"""Signing a proposal: the file that was shown, a drawing, words agreed to, a code by telephone, the device's own key.

The signature is the customer's alone (DATA-6, SIG 13): the code goes to the telephone they sign in with and is good
for one file; the key was made in their browser and never leaves it. Every later change of a byte shows in `examine`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from baohe.flows import proposal_paper
from baohe.kernel.errors import BaoheError
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.documents import facade as documents
from baohe.rooms.documents.contracts import ShownView
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import CodeRequested
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import SIGNING_CONSENT, Finding, ProposalView, SignatureView, SignedAct
from baohe.rooms.policies.errors import DocumentChanged

LEAF = "proposal_signed"


@dataclass(frozen=True, slots=True)
class Given:
    """What the app sends: `document_sha256` is of the file that was shown, `consent_sha256` of the words beside the
    button, `device` a short name of browser and system, key and signature of the device in base64."""

    document_sha256: str
    strokes: Sequence[Sequence[Mapping[str, int]]]
    consent_sha256: str
    code_id: UUID
    code: str
    device: str
    device_key: str
    device_signature: str


def consent_sha256() -> str:
    """The digest of the words beside the button, as the app sends it back."""
    return sha256(SIGNING_CONSENT.zh.encode()).hexdigest()


def show(proposal: ProposalView) -> ShownView:
    """The file to sign, kept as it is shown now. Raises what a broken template raises: before anything is sold."""
    return documents.show_proposal(proposal_paper.proposal_document(proposal), proposal.shard_key)


def send_code(account_id: UUID, proposal_id: UUID, document_sha256: str, ip: str) -> CodeRequested:
    """Send the code for this file to the telephone the account signs in with.

    Raises `DocumentChanged` for a file that was not shown or is not what the proposal says now, `TooManyCodes`.
    """
    proposal = policies.proposal(account_id, proposal_id)
    _shown(proposal, document_sha256)
    name = catalog.version(proposal.version_id).name
    return people.send_signing_code(
        account_id,
        _subject(proposal_id, document_sha256),
        ip,
        {"paper": f"《{name.zh}》投保单"},
        {"paper": f"the proposal for {name.en}"},
    )


def sign(account_id: UUID, proposal_id: UUID, given: Given) -> ProposalView:
    """Sign once; the same file again is the first signature. What can be refused is refused before the code is used,
    so that neither drawing nor code is lost.

    Raises what `policies.sign` raises, `CodeWrong`, `CodeSpent`. Never called inside a
    transaction: a wrong try of the code counts.
    """
    proposal = policies.proposal(account_id, proposal_id)
    shown = _shown(proposal, given.document_sha256)
    standing = policies.signature_of(proposal_id)
    if proposal.state == "signed" and standing and standing.document_sha256 == given.document_sha256:
        return proposal
    act = _act(given, shown)
    policies.refuse_unsignable(account_id, proposal_id, act, shown.content_digest)
    people.spend_signing_code(account_id, given.code, given.code_id, _subject(proposal_id, given.document_sha256))
    with transaction.atomic():
        current = proposal_paper.document_digest(policies.proposal(account_id, proposal_id))
        signed = policies.sign(account_id, proposal_id, act, current)
        kept = policies.signature_of(proposal_id)
        if kept is not None:
            facts = {"document_sha256": kept.document_sha256, "record_sha256": kept.record_sha256}
            evidence.append_once(LEAF, _leaf_subject(kept), facts, signed.shard_key)
    return signed


def examine(proposal_id: UUID, file: bytes | None = None) -> tuple[Finding, ...]:
    """Each part of the standing signature and whether it still is what was signed; empty for a proposal without one,
    or with one of before the second factor. `file` is judged instead of the file that we keep."""
    signature = policies.signature_of(proposal_id)
    if signature is None or not signature.document_sha256:
        return ()
    leaf = evidence.recorded(_leaf_subject(signature), LEAF) or {}
    return policies.signature_findings(proposal_id, _file_digest(signature, file), leaf.get("record_sha256"))


def _shown(proposal: ProposalView, document_sha256: str) -> ShownView:
    shown = documents.shown(proposal.id, document_sha256)
    if shown is None or shown.content_digest != proposal_paper.document_digest(proposal):
        raise DocumentChanged()
    return shown


def _act(given: Given, shown: ShownView) -> SignedAct:
    return SignedAct(
        document_digest=shown.content_digest,
        document_sha256=shown.sha256,
        strokes=given.strokes,
        consent_sha256=given.consent_sha256,
        code_id=given.code_id,
        device=given.device,
        device_key=given.device_key,
        device_signature=given.device_signature,
    )


def _file_digest(signature: SignatureView, file: bytes | None) -> str | None:
    if file is not None:
        return sha256(file).hexdigest()
    try:
        return sha256(documents.shown_bytes(signature.proposal_id, signature.document_sha256)).hexdigest()
    except BaoheError:  # gone or unreadable: it is not the file that was signed
        return None


def _leaf_subject(signature: SignatureView) -> str:
    return f"{signature.proposal_id}/{signature.code_id}"


def _subject(proposal_id: UUID, document_sha256: str) -> str:
    return f"{proposal_id}:{document_sha256}"
