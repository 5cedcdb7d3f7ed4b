"""The open gateway protocol, version 1.0 with RSA2, as a Chinese wallet speaks it. Pure: no network, no clock.

A request is a flat set of parameters with the business content as JSON; what is signed is `k=v` of all non-empty
parameters, sorted, joined by `&`, without `sign` (a notification also leaves out `sign_type`). A reply carries the
signature of the raw characters of its `…_response` object, so those characters are verified before they are parsed.
RSA2 is SHA256withRSA, PKCS#1 v1.5, in base64.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from baohe.kernel.dates import SHANGHAI

PAY = "alipay.trade.wap.pay"
QUERY = "alipay.trade.query"
CLOSE = "alipay.trade.close"
REFUND = "alipay.trade.refund"
REFUND_QUERY = "alipay.trade.fastpay.refund.query"
TRANSFER = "alipay.fund.trans.uni.transfer"
TRANSFER_QUERY = "alipay.fund.trans.common.query"
BILL = "alipay.data.dataservice.bill.downloadurl.query"

OK = "10000"
REFUSED = "40004"
BAD_REQUEST = "40002"
SYSTEM_BUSY = "20000"

_TIME = "%Y-%m-%d %H:%M:%S"
_AMOUNT = re.compile(r"[0-9]{1,11}(\.[0-9]{1,2})?")


class BadReply(Exception):
    """Not an answer of the wallet: unreadable, unsigned or signed by someone else. It says nothing of the money."""


def string_to_sign(parameters: Mapping[str, str], *, notification: bool = False) -> str:
    left_out = {"sign", "sign_type"} if notification else {"sign"}
    return "&".join(f"{k}={v}" for k, v in sorted(parameters.items()) if k not in left_out and v != "")


def sign_text(text: str, key: RSAPrivateKey) -> str:
    return base64.b64encode(key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())).decode()


def text_is_signed(text: str, signature: str, key: RSAPublicKey) -> bool:
    try:
        raw = base64.b64decode(signature, validate=True)
        key.verify(raw, text.encode(), padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def signed_request(
    *,
    app_id: str,
    method: str,
    business: Mapping[str, Any],
    moment: datetime,
    key: RSAPrivateKey,
    notify_url: str = "",
    return_url: str = "",
) -> dict[str, str]:
    """All parameters of a request, signed."""
    parameters = {
        "app_id": app_id,
        "method": method,
        "format": "JSON",
        "charset": "utf-8",
        "sign_type": "RSA2",
        "timestamp": wallet_time(moment),
        "version": "1.0",
        "biz_content": json.dumps(business, ensure_ascii=False, separators=(",", ":")),
        "notify_url": notify_url,
        "return_url": return_url,
    }
    parameters = {name: value for name, value in parameters.items() if value}
    return {**parameters, "sign": sign_text(string_to_sign(parameters), key)}


def request_is_signed(parameters: Mapping[str, str], key: RSAPublicKey) -> bool:
    return parameters.get("sign_type") == "RSA2" and text_is_signed(
        string_to_sign(parameters), parameters.get("sign", ""), key
    )


def signed_notification(parameters: Mapping[str, str], key: RSAPrivateKey) -> dict[str, str]:
    told = {**parameters, "sign_type": "RSA2"}
    return {**told, "sign": sign_text(string_to_sign(told, notification=True), key)}


def notification_is_signed(parameters: Mapping[str, str], key: RSAPublicKey) -> bool:
    return parameters.get("sign_type") == "RSA2" and text_is_signed(
        string_to_sign(parameters, notification=True), parameters.get("sign", ""), key
    )


def reply_name(method: str) -> str:
    return method.replace(".", "_") + "_response"


def signed_reply(method: str, body: Mapping[str, Any], key: RSAPrivateKey) -> str:
    """What the gateway sends back: the signature covers the characters of the inner object."""
    inner = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return f'{{"{reply_name(method)}":{inner},"sign":"{sign_text(inner, key)}"}}'


def read_reply(method: str, raw: str, key: RSAPublicKey) -> dict[str, Any]:
    """The inner object of a reply whose signature holds. Raises `BadReply`.

    Only the verified characters are parsed and returned: a second object of the same name, or fields around it,
    cannot slip in.
    """
    marker = f'"{reply_name(method)}":'
    start = raw.find(marker)
    if start < 0:
        raise BadReply(f"no {reply_name(method)} in the reply")
    start += len(marker)
    try:
        whole = json.loads(raw)
        inner, end = json.JSONDecoder().raw_decode(raw, start)
    except (ValueError, RecursionError) as unreadable:  # ValueError also for a number of thousands of digits
        raise BadReply("the reply is not JSON") from unreadable
    signature = whole.get("sign") if isinstance(whole, dict) else None
    if not isinstance(inner, dict) or not isinstance(signature, str):
        raise BadReply("the reply is not signed")
    if not text_is_signed(raw[start:end], signature, key):
        raise BadReply("the signature of the reply does not hold")
    return inner


def wallet_time(moment: datetime) -> str:
    """The wallet's clock face: Shanghai, without a zone."""
    return moment.astimezone(SHANGHAI).strftime(_TIME)


def read_time(text: str) -> datetime | None:
    """An aware moment, or None for anything that is not the wallet's form."""
    try:
        return datetime.strptime(text, _TIME).replace(tzinfo=SHANGHAI)
    except ValueError:
        return None


def yuan_text(amount_fen: int) -> str:
    """`128640` → `"1286.40"`."""
    return f"{amount_fen // 100}.{amount_fen % 100:02d}"


def read_yuan(text: str) -> int | None:
    """`"1286.4"` → `128640`; None for anything that is not a plain positive amount of at most two decimals."""
    if not _AMOUNT.fullmatch(text):
        return None
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0") or "0")
