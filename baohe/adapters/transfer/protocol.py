"""The words of the bank's channel: signed ISO 20022 messages. Pure: no network, no clock.

A message is an XML document; its signature stands beside it in one header:

    X-Channel-Signature: rsa-sha256 <base64>

RSA PKCS#1 v1.5 with SHA-256 over `<purpose> LF <the bytes of the message>`. The purpose keeps words from being used
twice: `request` from us; the `MsgId` of the request for the bank's reply to it; `notification` for what the bank
pushes; the return address for a payment request that travels through the payer's browser.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from lxml import etree
from lxml.builder import ElementMaker

from baohe.kernel.dates import SHANGHAI

SIGNATURE = "X-Channel-Signature"
CONTENT_TYPE = "application/xml; charset=utf-8"
REQUEST, NOTIFICATION = "request", "notification"

PAYMENT_REQUEST = "pain.013.001.09"
INITIATION = "pain.001.001.09"
STATUS_REPORT = "pain.002.001.10"
STATUS_REQUEST = "pacs.028.001.05"
CANCELLATION = "camt.055.001.10"
RESOLUTION = "camt.029.001.11"
REPORT_REQUEST = "camt.060.001.06"
ACCOUNT_REPORT = "camt.052.001.09"
STATEMENT = "camt.053.001.09"
CREDIT_NOTICE = "camt.054.001.09"
REJECTION = "admi.002.001.01"

MAX_BYTES = 256 * 1024
MAX_DEPTH = 32
NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:"

_PREFIX = "rsa-sha256 "
_AMOUNT = re.compile(r"[0-9]{1,13}(\.[0-9]{1,2})?")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ROOT = re.compile(r"\{urn:iso:std:iso:20022:tech:xsd:([a-z]{4}\.\d{3}\.\d{3}\.\d{2})\}Document")


class BadMessage(Exception):
    """Not a message of the channel: unreadable, too large or deep, or of another kind."""


@dataclass(frozen=True, slots=True)
class Message:
    """`name` is the kind with its version, `body` the one element within `Document`."""

    name: str
    body: Any

    def text(self, path: str) -> str:
        return text(self.body, path)


def digest(purpose: str, message: bytes = b"") -> Any:
    """A running SHA-256 of purpose and message; a statement is added piece by piece."""
    return hashlib.sha256(purpose.encode() + b"\n" + message)


def signature_of(running: Any, key: RSAPrivateKey) -> str:
    signed = key.sign(running.digest(), padding.PKCS1v15(), Prehashed(hashes.SHA256()))
    return _PREFIX + base64.b64encode(signed).decode()


def holds(running: Any, signature: str, key: RSAPublicKey) -> bool:
    if not signature.startswith(_PREFIX):
        return False
    try:
        raw = base64.b64decode(signature.removeprefix(_PREFIX), validate=True)
        key.verify(raw, running.digest(), padding.PKCS1v15(), Prehashed(hashes.SHA256()))
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def header_of(headers: Mapping[str, str]) -> str:
    """The signature header, however the server in between writes its case."""
    return next((value for name, value in headers.items() if name.lower() == SIGNATURE.lower()), "")


def writer(name: str) -> Any:
    """Makes elements of one kind of message: `e.MsgId("1")`."""
    return ElementMaker(namespace=NAMESPACE + name, nsmap={None: NAMESPACE + name})


def written(body: Any) -> bytes:
    """The document around a message's body."""
    space = etree.QName(body).namespace
    document = etree.Element(f"{{{space}}}Document", nsmap={None: space})
    document.append(body)
    return bytes(etree.tostring(document, xml_declaration=True, encoding="UTF-8"))


def read(message: bytes, *kinds: str) -> Message:
    """A message of one of `kinds`. Raises `BadMessage`.

    No document type is accepted at all, so there is no entity to expand and no file or address to fetch; size and
    depth are bounded before anything is looked at.
    """
    if len(message) > MAX_BYTES:
        raise BadMessage("too large")
    try:
        plain = message.decode()
    except UnicodeDecodeError as unreadable:
        raise BadMessage("not UTF-8") from unreadable
    if "<!DOCTYPE" in plain or "<!ENTITY" in plain:
        raise BadMessage("a document type")
    try:
        document = etree.fromstring(message, hardened())
    except etree.XMLSyntaxError as unreadable:
        raise BadMessage("not XML") from unreadable
    kind = _ROOT.fullmatch(document.tag)
    if kind is None or kind[1] not in kinds or len(document) != 1:
        raise BadMessage("another kind")
    if _depth(document) > MAX_DEPTH:
        raise BadMessage("too deep")
    return Message(kind[1], document[0])


def hardened() -> etree.XMLParser:
    """The encoding is fixed: a declaration that claims another cannot smuggle in what the search did not see."""
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def first(element: Any, path: str) -> Any | None:
    """The first element at `A/B`, in the message's own namespace."""
    return element.find(_path(element, path))


def every(element: Any, path: str) -> list[Any]:
    return list(element.findall(_path(element, path)))


def text(element: Any, path: str) -> str:
    """The words at `A/B`, "" when there is no such element."""
    return str(_words_at(element.tag[1:].partition("}")[0], path)(element)).strip()


def amount(element: Any, path: str) -> tuple[int, str] | None:
    """Fen and currency of a positive amount; None for anything else."""
    found = first(element, path)
    if found is None:
        return None
    fen = read_amount(found.text or "")
    currency = found.get("Ccy", "")
    return (fen, currency) if fen and len(currency) == 3 else None


def amount_text(amount_fen: int) -> str:
    """`128640` → `"1286.40"`."""
    return f"{amount_fen // 100}.{amount_fen % 100:02d}"


def read_amount(words: str) -> int | None:
    """`"1286.4"` → `128640`; None for anything that is no plain amount of at most two decimals."""
    if not _AMOUNT.fullmatch(words):
        return None
    whole, _, part = words.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0") or "0")


def time_text(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds")


def read_time(words: str) -> datetime | None:
    """An aware moment; a time without a zone is Shanghai's, anything else None."""
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def read_date(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def plain(words: str, limit: int) -> str:
    """What may stand in a message: no control characters, never longer than its field, never empty."""
    return _UNPRINTABLE.sub(" ", words).strip()[:limit].strip() or "-"


def _path(element: Any, path: str) -> str:
    return _qualified(element.tag.partition("}")[0], path)


@cache
def _words_at(space: str, path: str) -> Any:
    """Compiled once: a statement asks for the same dozen paths a million times."""
    steps = "/".join(f"m:{name}" for name in path.split("/"))
    return etree.XPath(f"string({steps})", namespaces={"m": space}, smart_strings=False)


@cache
def _qualified(space: str, path: str) -> str:
    return "/".join(f"{space}}}{name}" for name in path.split("/"))


def _depth(document: Any) -> int:
    deepest, walk = 0, [(document, 1)]
    while walk:
        element, depth = walk.pop()
        deepest = max(deepest, depth)
        walk.extend((child, depth + 1) for child in element)
    return deepest
