"""Our side of the card network. Works against any gateway that speaks the protocol.

Every call ends in the network's signed words, or in None with the reason in the log: a time-out, a cut line, an error
page, an unsigned answer or the answer to another question is no answer.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

import httpx
import structlog
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from django.conf import settings

from baohe.adapters.deduction import keys, protocol
from baohe.adapters.providers import pem
from baohe.adapters.providers.line import open_line
from baohe.adapters.providers.port import ProviderNotSetUp

MAX_REPLY_BYTES = 64 * 1024
TOTAL_SECONDS = 8.0
MAX_FILE_BYTES = 1024**3
FILE_SECONDS = 600.0
_TIMEOUT = httpx.Timeout(5.0, connect=2.0)
_ECHOED = ("txnType", "txnSubType", "merId", "orderId", "txnTime")
log = structlog.get_logger()

Kind = tuple[str, str, str]


class NetworkClient:
    """One connection to one gateway. Makes a fresh HTTP connection a call: calls are rare and must not share fate."""

    def __init__(
        self,
        address: str,
        mer_id: str,
        cert_id: str,
        key: RSAPrivateKey,
        network_key: RSAPublicKey,
    ) -> None:
        self._address = address.rstrip("/")
        self.mer_id = mer_id
        self._cert_id = cert_id
        self._key = key
        self.network_key = network_key

    def front_url(self, kind: Kind, number: str, words: Mapping[str, str]) -> str:
        """The signed address of a page of the network."""
        return f"{self._address}/gateway/api/frontTransReq.do?{urlencode(self._request(kind, number, words))}"

    def send(self, kind: Kind, number: str, words: Mapping[str, str] | None = None) -> dict[str, str] | None:
        """The signed answer to a request about our number, or None."""
        path = "queryTrans.do" if kind == protocol.QUERY else "backTransReq.do"
        request = self._request(kind, number, words or {})
        try:
            said = protocol.read_reply(self._post(f"{self._address}/gateway/api/{path}", request), self.network_key)
            if any(said.get(name) != request[name] for name in _ECHOED):
                raise protocol.BadWords("the answer to another question")
        except (httpx.HTTPError, protocol.BadWords) as failure:
            log.info("network_silent", txn_type=kind[0], reason=f"{type(failure).__name__}: {failure}"[:200])
            return None
        return said

    def download(self, number: str, words: Mapping[str, str], target: Path) -> None:
        """Write the raw reply of a file request to `target`. Raises `httpx.HTTPError`, `protocol.BadWords`."""
        request = self._request(protocol.FILE, number, words)
        with target.open("wb") as file:
            for chunk in self._stream(f"{self._address}/", request, MAX_FILE_BYTES, FILE_SECONDS):
                file.write(chunk)

    def _request(self, kind: Kind, number: str, words: Mapping[str, str]) -> dict[str, str]:
        txn_type, sub_type, biz_type = kind
        base = {
            "version": protocol.VERSION,
            "encoding": "UTF-8",
            "certId": self._cert_id,
            "signMethod": "01",
            "txnType": txn_type,
            "txnSubType": sub_type,
            "bizType": biz_type,
            "channelType": "08",
            "accessType": "2",
            "merId": self.mer_id,
            "orderId": protocol.order_id(number),
            "txnTime": protocol.sent_at(number),
        }
        return protocol.signed({**base, **words}, self._key)

    def _post(self, address: str, request: Mapping[str, str]) -> bytes:
        return b"".join(self._stream(address, request, MAX_REPLY_BYTES, TOTAL_SECONDS))

    @staticmethod
    def _stream(address: str, request: Mapping[str, str], most_bytes: int, most_seconds: float) -> Iterator[bytes]:
        """Size and total time are capped: a gateway that drips a byte a second would hold a worker."""
        deadline, size = time.monotonic() + most_seconds, 0
        with open_line(_TIMEOUT) as line, line.stream("POST", address, data=dict(request)) as response:
            if response.status_code != 200:
                raise protocol.BadWords(f"HTTP {response.status_code}")
            for chunk in response.iter_raw():
                size += len(chunk)
                if size > most_bytes or time.monotonic() > deadline:
                    raise protocol.BadWords("the reply is too large or takes too long")
                yield chunk


def from_settings() -> NetworkClient:
    """The network of this installation. Raises `ProviderNotSetUp`."""
    try:
        key, network_key = keys.merchant_key(), keys.network_public_key()
    except pem.KeyMissing as missing:
        raise ProviderNotSetUp(str(missing)) from missing
    return NetworkClient(settings.BAOHE_DEDUCTION, keys.mer_id(), keys.cert_id(), key, network_key)


def notify_url() -> str:
    return f"{settings.BAOHE_ORIGIN}/callbacks/deduction"
