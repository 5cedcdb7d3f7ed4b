"""A partner that signs its requests, for tests in process and over the wire."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.test import Client

from baohe.cli.partner import sign
from baohe.rooms.partners import facade as partners


@dataclass
class _Request:
    method: str
    url: str
    headers: dict[str, str]


class Partner:
    """A shop with a key of its own, talking to the open API through Django's test client."""

    def __init__(self, code: str = "shop") -> None:
        key = Ed25519PrivateKey.generate()
        self.view = partners.create_partner(code, "晴天小店")
        self.key_id = partners.register_key(code, key.public_key().public_bytes_raw())
        self.pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        self.client = Client()

    def headers(self, method: str, path: str, body: bytes = b"") -> dict[str, str]:
        request = _Request(method, settings.BAOHE_ORIGIN + path, {})
        sign(request, self.key_id, self.pem, body)
        return request.headers

    def post(self, path: str, content: Any) -> tuple[int, Any]:
        return self.send("POST", path, json.dumps(content).encode())

    def get(self, path: str) -> tuple[int, Any]:
        return self.send("GET", path)

    def send(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> tuple[int, Any]:
        signed = headers if headers is not None else self.headers(method, path, body)
        answer = self.client.generic(method, path, body, content_type="application/json", headers=signed)
        return answer.status_code, answer.json()
