"""Is a signature still what was signed? Each part on its own, so that the answer says which byte was touched."""

from __future__ import annotations

from uuid import UUID

from baohe.adapters.signing import devices
from baohe.rooms.policies.contracts import Finding
from baohe.rooms.policies.queries import signature_of
from baohe.rooms.policies.rules import signed_act


def signature_findings(proposal_id: UUID, file_sha256: str | None, record_sha256: str | None) -> tuple[Finding, ...]:
    """The parts of the standing signature (DATA-6); empty without one, or for one of before the second factor.

    `file_sha256` is of the signed file as it is now, `record_sha256` what the evidence log says of the record; None
    where there is none.
    """
    signature = signature_of(proposal_id)
    if signature is None or not signature.document_sha256:
        return ()
    message = signed_act.message(
        signature.document_sha256, signature.strokes_sha256, signature.consent_sha256, str(signature.code_id)
    )
    return signed_act.findings(
        {
            "document": file_sha256 == signature.document_sha256,
            "strokes": signed_act.strokes_digest(signature.strokes) == signature.strokes_sha256,
            "consent": signed_act.consent_digest(signature.consent) == signature.consent_sha256,
            "device": devices.is_signed(signature.device_key, signature.device_signature, message),
            "record": record_sha256 == signature.record_sha256,
        }
    )
