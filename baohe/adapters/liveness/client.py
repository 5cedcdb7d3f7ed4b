"""Speaks the protocol: one fresh line a call, answers believed only when signed."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import httpx
from django.conf import settings

from baohe.adapters.liveness import keys, protocol
from baohe.adapters.liveness.port import Asked, LivenessUnknown, NotOurResult, Result
from baohe.adapters.providers.line import open_line
from baohe.adapters.providers.pem import KeyMissing
from baohe.plumbing import clock

_SECONDS = 10
_LONGEST_ANSWER = 64 * 1024


class LivenessClient:
    """The provider behind `BAOHE_LIVENESS`."""

    def open_session(self, out_session: UUID, nonce: str, subject: str, notify_url: str, return_url: str) -> Asked:
        words = self._ask(
            "POST",
            "/v1/sessions",
            out_session=out_session.hex,
            nonce=nonce,
            subject=subject,
            notify_url=notify_url,
            return_url=return_url,
        )
        if words.get("code") != protocol.OK or words.get("nonce") != nonce:
            raise LivenessUnknown(f"refused: {words.get('code')} {words.get('message')}")
        return Asked(str(words["session"]), str(words["page"]))

    def result_of(self, out_session: UUID) -> Result | None:
        words = self._ask("GET", f"/v1/sessions/{out_session.hex}")
        if words.get("code") == protocol.NOT_FOUND:
            return None
        if words.get("code") != protocol.OK:
            raise LivenessUnknown(f"refused: {words.get('code')}")
        try:
            return protocol.result_of(words)
        except protocol.BadWords as wrong:
            raise LivenessUnknown(str(wrong)) from wrong

    def heard(self, form: Mapping[str, str]) -> Result:
        try:
            genuine = protocol.form_is_signed(form, keys.provider_public_key())
        except KeyMissing as missing:
            raise NotOurResult(str(missing)) from missing
        if not genuine or form.get("merchant") != keys.merchant():
            raise NotOurResult("not signed by the provider for us")
        try:
            return protocol.result_of(form)
        except protocol.BadWords as wrong:
            raise NotOurResult(str(wrong)) from wrong

    def _ask(self, method: str, path: str, **fields: str) -> dict[str, Any]:
        words = protocol.signed(
            {
                "merchant": keys.merchant(),
                "timestamp": clock.now().isoformat(),
                "nonce_str": secrets.token_hex(8),
                **fields,
            },
            keys.merchant_key(),
        )
        sent = {"params": words} if method == "GET" else {"data": words}
        try:
            with open_line(_SECONDS) as line:
                answer = line.request(method, f"{settings.BAOHE_LIVENESS}{path}", **sent)  # type: ignore[arg-type]
            genuine = protocol.is_signed(
                answer.content, answer.headers.get(protocol.SIGNATURE, ""), keys.provider_public_key()
            )
        except (httpx.HTTPError, httpx.InvalidURL, KeyMissing) as failure:
            raise LivenessUnknown(type(failure).__name__) from failure
        if not genuine or len(answer.content) > _LONGEST_ANSWER:
            raise LivenessUnknown(f"HTTP {answer.status_code}, not signed by the provider")
        try:
            found = json.loads(answer.content)
        except ValueError as wrong:
            raise LivenessUnknown("unreadable") from wrong
        if not isinstance(found, dict):
            raise LivenessUnknown("unreadable")
        return found
