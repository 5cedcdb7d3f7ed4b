"""One line to the bank's channel: a signed message goes out, a signed one comes back.

What does not come back signed, for the very request that was sent, is no answer: the bank may have done the work.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import httpx
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from baohe.adapters.providers.line import open_line
from baohe.adapters.providers.port import BillBroken, BillNotReady
from baohe.adapters.transfer import protocol
from baohe.adapters.transfer.protocol import BadMessage, Message

CHANNEL = "/channel"
TOTAL_SECONDS = 8.0
STATEMENT_SECONDS = 600.0
MAX_STATEMENT_BYTES = 4 * 1024**3
_TIMEOUT = httpx.Timeout(5.0, connect=2.0)
_STATEMENT_TIMEOUT = httpx.Timeout(60.0, connect=2.0)


class Unanswered(Exception):
    """Nobody knows what the bank did. `reason` says what cut the answer off."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Line:
    """The address of a channel and both keys. Every call makes a connection of its own: calls must not share fate."""

    address: str
    key: RSAPrivateKey
    bank_key: RSAPublicKey

    def ask(self, message: bytes, message_id: str, *kinds: str) -> Message:
        """The bank's reply, one of `kinds` or a rejection. Raises `Unanswered`."""
        running, content = protocol.digest(message_id), b""
        try:
            with self._sent(message, _TIMEOUT) as response:
                for chunk in _pieces(response, protocol.MAX_BYTES, TOTAL_SECONDS):
                    running.update(chunk)
                    content += chunk
                signature = protocol.header_of(response.headers)
        except httpx.HTTPError as failure:
            raise Unanswered(f"line:{type(failure).__name__}") from failure
        if not protocol.holds(running, signature, self.bank_key):
            raise Unanswered("reply:not signed by the bank")
        try:
            return protocol.read(content, protocol.REJECTION, *kinds)
        except BadMessage as unreadable:
            raise Unanswered(f"reply:{unreadable}") from unreadable

    @contextmanager
    def statement(self, message: bytes, message_id: str) -> Iterator[Path]:
        """The bank's statement in a file that is gone afterwards. Raises `BillNotReady`, `BillBroken`.

        The signature is reckoned while the bytes go to the disk; nothing is read before it holds."""
        with tempfile.NamedTemporaryFile(prefix="camt053-", suffix=".xml") as file:
            try:
                signature, running = self._download(message, message_id, file)
            except (httpx.HTTPError, Unanswered) as failure:
                raise BillNotReady(f"the bank cannot be reached: {failure!r}") from failure
            if not signature:
                raise BillNotReady("what came is no answer of the bank")
            if not protocol.holds(running, signature, self.bank_key):
                raise BillBroken("the signature of the statement does not hold")
            _raise_for_rejection(Path(file.name))
            yield Path(file.name)

    def _download(self, message: bytes, message_id: str, file: IO[bytes]) -> tuple[str, Any]:
        running = protocol.digest(message_id)
        with self._sent(message, _STATEMENT_TIMEOUT) as response:
            for chunk in _pieces(response, MAX_STATEMENT_BYTES, STATEMENT_SECONDS):
                running.update(chunk)
                file.write(chunk)
            file.flush()
            return protocol.header_of(response.headers), running

    @contextmanager
    def _sent(self, message: bytes, timeout: httpx.Timeout) -> Iterator[httpx.Response]:
        headers = {
            "Content-Type": protocol.CONTENT_TYPE,
            protocol.SIGNATURE: protocol.signature_of(protocol.digest(protocol.REQUEST, message), self.key),
        }
        with (
            open_line(timeout) as line,
            line.stream("POST", self.address + CHANNEL, content=message, headers=headers) as response,
        ):
            if response.status_code != 200:
                raise Unanswered(f"reply:HTTP {response.status_code}")
            yield response


def _pieces(response: httpx.Response, most_bytes: int, most_seconds: float) -> Iterator[bytes]:
    """Size and total time are capped: a bank that drips a byte a second would hold a worker."""
    deadline, size = time.monotonic() + most_seconds, 0
    for chunk in response.iter_raw():
        size += len(chunk)
        if size > most_bytes:
            raise Unanswered("reply:too large")
        if time.monotonic() > deadline:
            raise Unanswered("reply:takes too long")
        yield chunk


def _raise_for_rejection(path: Path) -> None:
    """A rejection is a short message; whatever is longer is the statement."""
    if path.stat().st_size > protocol.MAX_BYTES:
        return
    try:
        rejection = protocol.read(path.read_bytes(), protocol.REJECTION)
    except BadMessage:
        return
    raise BillNotReady(f"the bank says {rejection.text('Rsn/RjctgPtyRsn')[:35]}")
