"""The signing key of a customer's browser, in the words of the API's own description."""

from __future__ import annotations

import base64
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


class Device:
    def __init__(self) -> None:
        self._private = ec.generate_private_key(ec.SECP256R1())

    def word(self, document: str, strokes: str, consent: str, code_id: str) -> dict[str, str]:
        lines = ("baohe signature v1", f"document {document}", f"strokes {strokes}", f"consent {consent}")
        message = "".join(f"{line}\n" for line in (*lines, f"code {code_id}")).encode()
        r, s = decode_dss_signature(self._private.sign(message, ec.ECDSA(hashes.SHA256())))
        public = self._private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return {
            "key": base64.b64encode(public).decode(),
            "signature": base64.b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode(),
        }


def strokes_digest(strokes: list[list[dict[str, Any]]]) -> str:
    lines = (" ".join(f"{point['x']},{point['y']},{point['t']}" for point in stroke) for stroke in strokes)
    return sha256("\n".join(lines).encode()).hexdigest()
