"""The platform's side of the wallet. Works against any gateway that speaks the protocol.

Every call ends in a `Reply`. A time-out, a cut line, an error page or an unsigned answer is *unknown*: the wallet may
have done the work. Only a signed refusal with a reason that cannot mean "done" is *refused*.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from django.conf import settings

from baohe.adapters.providers.line import open_line
from baohe.adapters.providers.port import Order
from baohe.adapters.wallet import keys, protocol
from baohe.kernel.names import name_digest
from baohe.plumbing import clock

MAX_REPLY_BYTES = 64 * 1024
TOTAL_SECONDS = 8.0
_TIMEOUT = httpx.Timeout(5.0, connect=2.0)

_DEFINITE = {
    "ACQ.TRADE_NOT_EXIST",
    "ACQ.TRADE_HAS_CLOSE",
    "ACQ.TRADE_HAS_SUCCESS",
    "ACQ.TRADE_STATUS_ERROR",
    "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL",
    "ACQ.TRADE_NOT_ALLOW_REFUND",
    "PAYEE_NOT_EXIST",
    "PAYEE_ACCOUNT_STATUS_ERROR",
    "ORDER_NOT_EXIST",
}
"""Reasons after which nothing was moved and nothing will be. Any other refusal stays unknown."""


@dataclass(frozen=True, slots=True)
class Reply:
    """`outcome` is ok, refused or unknown; `reason` is the wallet's sub code or what cut the answer off."""

    outcome: str
    reason: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)

    def text(self, name: str) -> str:
        value = self.body.get(name, "")
        return value if isinstance(value, str) else ""


class WalletClient:
    """One connection to one gateway. Makes a fresh HTTP connection a call: calls are rare and must not share fate."""

    def __init__(
        self, address: str, app_id: str, key: RSAPrivateKey, wallet_key: RSAPublicKey, notify_url: str
    ) -> None:
        self._address = address if urlsplit(address).path.strip("/") else address.rstrip("/") + "/gateway.do"
        self._app_id = app_id
        self._key = key
        self._wallet_key = wallet_key
        self._notify_url = notify_url

    def cashier_url(self, order: Order, return_url: str) -> str:
        """The signed address of the cashier page. The order exists at the wallet once a phone opens it."""
        business: dict[str, Any] = {
            "out_trade_no": order.number,
            "total_amount": protocol.yuan_text(order.amount_fen),
            "subject": order.subject,
            "product_code": "QUICK_WAP_WAY",
            "seller_id": order.payee,
            "time_expire": protocol.wallet_time(order.expires_at),
            "quit_url": return_url,
            "extend_params": {"specified_seller_name": order.payee_name},
        }
        if order.payer:
            # The wallet compares with the real name of the account that pays, and never learns ours from us.
            check = {"need_check_info": "T", "name_digest": name_digest(order.number, order.payer)}
            business["ext_user_info"] = check
        request = self._request(protocol.PAY, business, notify_url=self._notify_url, return_url=return_url)
        return f"{self._address}?{urlencode(request)}"

    def query(self, order_number: str) -> Reply:
        return self._call(protocol.QUERY, {"out_trade_no": order_number})

    def close(self, order_number: str) -> Reply:
        return self._call(protocol.CLOSE, {"out_trade_no": order_number})

    def refund(self, order_number: str, request_number: str, amount_fen: int, reason: str) -> Reply:
        return self._call(
            protocol.REFUND,
            {
                "out_trade_no": order_number,
                "out_request_no": request_number,
                "refund_amount": protocol.yuan_text(amount_fen),
                "refund_reason": reason,
            },
        )

    def refund_query(self, order_number: str, request_number: str) -> Reply:
        return self._call(protocol.REFUND_QUERY, {"out_trade_no": order_number, "out_request_no": request_number})

    def transfer(self, transfer_number: str, payee: str, amount_fen: int, title: str) -> Reply:
        return self._call(
            protocol.TRANSFER,
            {
                "out_biz_no": transfer_number,
                "trans_amount": protocol.yuan_text(amount_fen),
                "product_code": "TRANS_ACCOUNT_NO_PWD",
                "biz_scene": "DIRECT_TRANSFER",
                "order_title": title,
                "payee_info": {"identity": payee, "identity_type": "ALIPAY_USER_ID"},
            },
        )

    def transfer_query(self, transfer_number: str) -> Reply:
        return self._call(
            protocol.TRANSFER_QUERY,
            {
                "out_biz_no": transfer_number,
                "product_code": "TRANS_ACCOUNT_NO_PWD",
                "biz_scene": "DIRECT_TRANSFER",
            },
        )

    def bill_address(self, kind: str, day: date) -> Reply:
        """Where the bill of a day can be fetched: `kind` is trade or signcustomer."""
        return self._call(protocol.BILL, {"bill_type": kind, "bill_date": day.isoformat()})

    def is_own(self, address: str) -> bool:
        """Whether an address is on the gateway's own host: a bill from anywhere else is not fetched."""
        ours, theirs = urlsplit(self._address), urlsplit(address)
        return (theirs.scheme, theirs.netloc) == (ours.scheme, ours.netloc)

    def _request(self, method: str, business: Mapping[str, Any], **urls: str) -> dict[str, str]:
        return protocol.signed_request(
            app_id=self._app_id, method=method, business=business, moment=clock.now(), key=self._key, **urls
        )

    def _call(self, method: str, business: Mapping[str, Any]) -> Reply:
        try:
            body = protocol.read_reply(method, self._send(self._request(method, business)), self._wallet_key)
        except httpx.HTTPError as failure:
            return Reply("unknown", f"line:{type(failure).__name__}")
        except protocol.BadReply as failure:
            return Reply("unknown", f"reply:{failure}")
        return _judge(body)

    def _send(self, request: Mapping[str, str]) -> str:
        """The raw reply. Size and total time are capped: a gateway that drips a byte a second would hold a worker."""
        deadline = time.monotonic() + TOTAL_SECONDS
        with (
            open_line(_TIMEOUT) as line,
            line.stream("POST", self._address, data=dict(request)) as response,
        ):
            if response.status_code != 200:
                raise protocol.BadReply(f"HTTP {response.status_code}")
            content = b""
            for chunk in response.iter_raw():
                content += chunk
                if len(content) > MAX_REPLY_BYTES:
                    raise protocol.BadReply("the reply is too large")
                if time.monotonic() > deadline:
                    raise protocol.BadReply("the reply takes too long")
        try:
            return content.decode()
        except UnicodeDecodeError as unreadable:
            raise protocol.BadReply("the reply is not UTF-8") from unreadable


def _judge(body: Mapping[str, Any]) -> Reply:
    code, sub_code = str(body.get("code", "")), str(body.get("sub_code", ""))
    if code == protocol.OK:
        return Reply("ok", "", body)
    if code == protocol.REFUSED and sub_code in _DEFINITE:
        return Reply("refused", sub_code, body)
    return Reply("unknown", f"{code}:{sub_code}", body)


def from_settings() -> WalletClient:
    """The wallet of this installation. Raises `keys.WalletKeyMissing`."""
    return WalletClient(
        settings.BAOHE_WALLET,
        keys.app_id(),
        keys.app_key(),
        keys.wallet_public_key(),
        f"{settings.BAOHE_ORIGIN}/callbacks/wallet",
    )
