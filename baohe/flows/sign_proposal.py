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

from baohe.adapters.signing import devices
from baohe.flows import proposal_paper
from baohe.kernel.decisions import Text
from baohe.kernel.errors import BaoheError
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.documents import facade as documents
from baohe.rooms.documents.contracts import ShownView
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import CodeRequested
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import ProposalView, SignatureView, SignedAct
from baohe.rooms.policies.errors import ConsentChanged, DeviceNotProven, DocumentChanged
from baohe.rooms.policies.rules import signed_act
from baohe.rooms.policies.rules.signed_act import Finding

LEAF = "proposal_signed"

CONSENT = Text(
    "我已看过上面这份投保单，同意用电子签名签署。我在签名框里的手写签名、手机验证码和这台设备的密钥共同代表我本人，"
    "与纸质签名具有同等效力。",
    "I have read this proposal and agree to sign it electronically. My drawn signature, the code sent to my telephone "
    "and the key of this device together stand for me, with the same effect as a signature on paper.",
)
"""Shown above the button, stored with the signature; another wording has another digest."""


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

    Raises `DocumentChanged`, `ConsentChanged`, `DeviceNotProven`, what `policies.sign` raises, `CodeWrong`,
    `CodeSpent`. Never called inside a transaction: a wrong try of the code counts.
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
            evidence.append_once(LEAF, _leaf_subject(kept), _facts(kept), signed.shard_key)
    return signed


def examine(proposal_id: UUID, file: bytes | None = None) -> tuple[Finding, ...]:
    """Each part of the standing signature and whether it still is what was signed; empty for a proposal without one,
    or with one of before the second factor. `file` is judged instead of the file that we keep."""
    signature = policies.signature_of(proposal_id)
    if signature is None or not signature.document_sha256:
        return ()
    parts = {
        "document": _file_holds(signature, file),
        "strokes": signed_act.strokes_digest(signature.strokes) == signature.strokes_sha256,
        "consent": signed_act.consent_digest(signature.consent) == signature.consent_sha256,
        "device": devices.is_signed(signature.device_key, signature.device_signature, _message(signature)),
        "record": _on_record(signature),
    }
    return signed_act.findings(parts)


def _shown(proposal: ProposalView, document_sha256: str) -> ShownView:
    shown = documents.shown(proposal.id, document_sha256)
    if shown is None or shown.content_digest != proposal_paper.document_digest(proposal):
        raise DocumentChanged()
    return shown


def _act(given: Given, shown: ShownView) -> SignedAct:
    if given.consent_sha256 != signed_act.consent_digest(CONSENT.zh):
        raise ConsentChanged()
    drawn = signed_act.strokes_digest(given.strokes)
    message = signed_act.message(shown.sha256, drawn, given.consent_sha256, str(given.code_id))
    if not devices.is_signed(given.device_key, given.device_signature, message):
        raise DeviceNotProven()
    return SignedAct(
        document_digest=shown.content_digest,
        document_sha256=shown.sha256,
        strokes=given.strokes,
        consent=CONSENT.zh,
        code_id=given.code_id,
        device=given.device,
        device_key=given.device_key,
        device_signature=given.device_signature,
    )


def _message(signature: SignatureView) -> bytes:
    return signed_act.message(
        signature.document_sha256, signature.strokes_sha256, signature.consent_sha256, str(signature.code_id)
    )


def _file_holds(signature: SignatureView, file: bytes | None) -> bool:
    try:
        content = documents.shown_bytes(signature.proposal_id, signature.document_sha256) if file is None else file
    except BaoheError:
        return False
    return sha256(content).hexdigest() == signature.document_sha256


def _on_record(signature: SignatureView) -> bool:
    leaf = evidence.leaf_of(_leaf_subject(signature), LEAF)
    return leaf is not None and leaf.opening is not None and leaf.opening.facts == _facts(signature)


def _facts(signature: SignatureView) -> dict[str, str]:
    return {
        "document_sha256": signature.document_sha256,
        "record_sha256": signed_act.record_digest(signature.record()),
    }


def _leaf_subject(signature: SignatureView) -> str:
    return f"{signature.proposal_id}/{signature.code_id}"


def _subject(proposal_id: UUID, document_sha256: str) -> str:
    return f"{proposal_id}:{document_sha256}"
