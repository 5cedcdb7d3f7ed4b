"""The card network's full-channel protocol, version 5.1.0. Pure: no network, no clock.

A message is a flat set of fields. What is signed is `k=v` of all non-empty fields but `signature`, sorted and joined
by `&`: the lower-case hex of its SHA-256, signed with RSA-SHA256 (PKCS#1 v1.5), in base64 (`signMethod` 01). A request
is a posted form, a reply the same fields joined without escapes, a notification a posted form again.

The network knows an order by the pair `orderId` and `txnTime`: the same `orderId` with another time is another order,
and a second deduction. So both are made of our number, which ends in an id that carries its own time.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from baohe.kernel.dates import SHANGHAI

VERSION = "5.1.0"
YUAN = "156"

# txnType, txnSubType, bizType
SIGN = ("72", "11", "000501")
END = ("74", "04", "000501")
AGREEMENT = ("75", "00", "000501")
DEDUCT = ("11", "02", "000501")
REFUND = ("04", "00", "000501")
PAYOUT = ("12", "00", "000401")
QUERY = ("00", "00", "000000")
FILE = ("76", "01", "000000")

OK = "00"
DEFECTIVE = "A6"
UNDECIDED = frozenset({"03", "04", "05", "06"})
NOT_FOUND = "34"
DUPLICATE = "12"
NO_FILE = "98"

CERTAIN: Mapping[str, str] = {
    "30": "declined",
    "33": "over_limit",
    "35": "not_refundable",
    "36": "not_as_paid",
    "38": "risk",
    "40": "agreement_ended",
    "60": "declined",
    "61": "account_closed",
    "62": "declined",
    "63": "account_closed",
    "64": "insufficient_funds",
    "66": "not_the_holder",
}
"""The codes after which nothing was moved and nothing will be, and our word for each. Any other code may change:
a request called malformed or doubled says nothing of the order it names."""

NOBODY = "http://www.specialUrl.com"
"""The protocol's own address for "do not notify me"."""

_TIME = "%Y%m%d%H%M%S"
_ORDER_ID = re.compile(r"[0-9A-Fa-f]{12}7[0-9A-Fa-f]{19}\Z")
_FEN = re.compile(r"[0-9]{1,12}")
_HIDDEN_FIELD = re.compile(r"&[A-Za-z0-9]+=")
_LONGEST_VALUE = 4096
_MOST_FIELDS = 100


class BadWords(Exception):
    """Not the network's words: unreadable, unsigned or signed by someone else. They say nothing of the money."""


class Unsigned(BadWords):
    """The fields can be read, and the signature over them does not hold."""


def text_to_sign(words: Mapping[str, str]) -> str:
    return "&".join(f"{k}={v}" for k, v in sorted(words.items()) if k != "signature" and v != "")


def signed(words: Mapping[str, str], key: RSAPrivateKey) -> dict[str, str]:
    told = {name: value for name, value in words.items() if value != ""}
    return {**told, "signature": _sign(hashlib.sha256(text_to_sign(told).encode()).hexdigest(), key)}


def is_signed(words: Mapping[str, str], key: RSAPublicKey) -> bool:
    digest = hashlib.sha256(text_to_sign(words).encode()).hexdigest()
    return words.get("signMethod") == "01" and digest_is_signed(digest, words.get("signature", ""), key)


def digest_is_signed(digest: str, signature: str, key: RSAPublicKey) -> bool:
    """`digest` is the lower-case hex SHA-256 of the text to sign."""
    try:
        key.verify(base64.b64decode(signature, validate=True), digest.encode(), padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def reply_text(words: Mapping[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in words.items())


def read_reply(raw: bytes, key: RSAPublicKey) -> dict[str, str]:
    """The fields of a reply whose signature holds. Raises `BadWords`."""
    try:
        text = raw.decode()
    except UnicodeDecodeError as unreadable:
        raise BadWords("not UTF-8") from unreadable
    return _believed([part.partition("=")[::2] for part in text.split("&")], key)


def read_form(raw: bytes, key: RSAPublicKey) -> dict[str, str]:
    """The fields of a posted notification whose signature holds. Raises `BadWords`."""
    try:
        pairs = parse_qsl(raw.decode(), keep_blank_values=True, strict_parsing=True, max_num_fields=_MOST_FIELDS)
    except (UnicodeDecodeError, ValueError) as unreadable:
        raise BadWords("not a form") from unreadable
    return _believed(pairs, key)


def order_id(number: str) -> str:
    """How the network names our number: the time-ordered id at its end. Raises ValueError for one without."""
    found = _ORDER_ID.search(number)
    if found is None:
        raise ValueError(f"a number without a time-ordered id: {number}")
    return found[0]


def sent_at(number: str) -> str:
    """The `txnTime` of our number, the same for ever: the moment inside its id. Raises ValueError without one."""
    return network_time(datetime.fromtimestamp(int(order_id(number)[:12], 16) / 1000, UTC))


def end_number(number: str) -> str:
    """The number of the request that ends an agreement: its own, or the network would call it a duplicate."""
    found = order_id(number)
    return f"{found[:13]}{hashlib.sha256(f'end:{found}'.encode()).hexdigest()[:19]}"


def network_time(moment: datetime) -> str:
    """The network's clock face: Shanghai, 14 digits."""
    return moment.astimezone(SHANGHAI).strftime(_TIME)


def read_time(text: str) -> datetime | None:
    """An aware moment, or None for anything that is not 14 digits of a time."""
    if len(text) != 14:
        return None
    try:
        return datetime.strptime(text, _TIME).replace(tzinfo=SHANGHAI)
    except ValueError:
        return None


def read_trace_time(text: str, txn_time: str) -> datetime | None:
    """`traceTime` has no year (MMDDhhmmss): the first such moment from the day the order was sent on."""
    sent = read_time(txn_time)
    if sent is None or len(text) != 10:
        return None
    this_year, next_year = (read_time(f"{sent.year + later}{text}") for later in (0, 1))
    return this_year if this_year is not None and this_year.date() >= sent.date() else next_year


def read_fen(text: str) -> int | None:
    """Amounts are whole fen in digits."""
    return int(text) if _FEN.fullmatch(text) else None


def currency(code: str) -> str:
    return "CNY" if code in ("", YUAN) else code


def _sign(digest: str, key: RSAPrivateKey) -> str:
    return base64.b64encode(key.sign(digest.encode(), padding.PKCS1v15(), hashes.SHA256())).decode()


def _believed(pairs: list[tuple[str, str]] | list[tuple[str, ...]], key: RSAPublicKey) -> dict[str, str]:
    """A field may stand once, and none may hide in another: the text that is signed does not tell
    `a=1&b=2` from a field `a` that reads `1&b=2`."""
    words = {pair[0]: pair[1] for pair in pairs}
    if len(words) != len(pairs) or len(words) > _MOST_FIELDS or "signature" not in words:
        raise BadWords("not the network's fields")
    if any(len(value) > _LONGEST_VALUE or _HIDDEN_FIELD.search(value) for value in words.values()):
        raise BadWords("a field that hides another")
    if not is_signed(words, key):
        raise Unsigned("the signature does not hold")
    return words
