"""Requests of a partner, signed well or badly on purpose."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner, HTTPSignatureKeyResolver, algorithms

from baohe.rooms.partners import facade as partners
from baohe.rooms.partners.contracts import SignedRequest

URL = "https://baohe.example/open/v1/policies"
BODY = b'{"items": []}'
COVERED = ("@method", "@target-uri")


@dataclass
class Message:
    """A request being signed; the signer writes into `headers`."""

    method: str = "POST"
    url: str = URL
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = BODY

    def as_sent(self, **changes: object) -> SignedRequest:
        parts = {"method": self.method, "url": self.url, "headers": self.headers, "body": self.body}
        return SignedRequest(**{**parts, **changes})  # type: ignore[arg-type]  # a test names its own parts


class _Key(HTTPSignatureKeyResolver):
    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:
        return self._key

    def resolve_public_key(self, key_id: str) -> None:
        raise NotImplementedError("this side only signs")


class Signer:
    """An enrolled partner with one key."""

    def __init__(self, code: str = "shop", key_id: str = "") -> None:
        self.key = Ed25519PrivateKey.generate()
        self.view = partners.create_partner(code, "晴天小店")
        self.key_id = partners.register_key(code, self.key.public_key().public_bytes_raw(), key_id)

    def message(
        self,
        *,
        age: timedelta = timedelta(),
        nonce: str | None = "",
        covered: tuple[str, ...] = COVERED,
        key_id: str = "",
        body: bytes = BODY,
        label: str | None = None,
        method: str = "POST",
    ) -> Message:
        """A signed request; an empty `nonce` is a fresh one, None is none at all."""
        message = Message(method=method, body=body)
        signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=_Key(self.key))
        more = {} if nonce is None else {"nonce": nonce or secrets.token_urlsafe(18)}
        signer.sign(
            message,
            key_id=key_id or self.key_id,
            created=datetime.now(UTC) - age,
            covered_component_ids=covered,
            body=body or None,
            label=label,
            **more,
        )
        return message
