"""What a customer and their telephone do to sign: open the file, ask for a code, draw, let the device sign."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from baohe.flows import purchase, sign_proposal
from baohe.flows.sign_proposal import Given
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import ProposalView

Strokes = Sequence[Sequence[Mapping[str, int]]]


@dataclass(frozen=True)
class Device:
    """A browser with the key it made."""

    name: str = "Chrome 140 · Android"
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def key(self) -> str:
        der = self.private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return base64.b64encode(der).decode()

    def signature(self, message: bytes) -> str:
        """As WebCrypto writes it: r and s, 32 bytes each, in base64."""
        r, s = decode_dss_signature(self.private.sign(message, ec.ECDSA(hashes.SHA256())))
        return base64.b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode()


def given(document_sha256: str, strokes: Strokes, code_id: UUID, code: str, device: Device | None = None) -> Given:
    """What the app sends when the button is pressed."""
    device = device or Device()
    consent = sign_proposal.consent_sha256()
    message = policies.device_message(document_sha256, strokes, consent, code_id)
    return Given(
        document_sha256=document_sha256,
        strokes=strokes,
        consent_sha256=consent,
        code_id=code_id,
        code=code,
        device=device.name,
        device_key=device.key,
        device_signature=device.signature(message),
    )


def sign(proposal: ProposalView, strokes: Strokes, read_code: Callable[[], str]) -> ProposalView:
    """Sign as its customer; `read_code` looks at the telephone. The pages must have been confirmed."""
    shown = sign_proposal.show(proposal)
    if proposal.state == "signed":  # the same paper again: no code is asked for
        code_id, code = UUID(int=0), ""
    else:
        code_id = purchase.send_signing_code(proposal.account_id, proposal.id, shown.sha256, "127.0.0.1").request_id
        code = read_code()
    return purchase.sign(proposal.account_id, proposal.id, given(shown.sha256, strokes, code_id, code))
