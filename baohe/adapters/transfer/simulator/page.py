"""The page that says where to transfer to, and stands for the payer's own banking app in the demo. No script."""

from __future__ import annotations

import base64
import binascii
import secrets
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from baohe.adapters.simulating.answers import Answer, see_other, text
from baohe.adapters.simulating.faults import Faults
from baohe.adapters.simulating.pages import Pages
from baohe.adapters.simulating.store import Store
from baohe.adapters.transfer import protocol, remark
from baohe.adapters.transfer.protocol import BadMessage, first
from baohe.adapters.transfer.requests import Customer
from baohe.adapters.transfer.simulator import accounts
from baohe.adapters.transfer.simulator.accounts import Asked, Incoming, Refused
from baohe.adapters.transfer.simulator.notifier import BankNotifier
from baohe.kernel.dates import SHANGHAI
from baohe.kernel.errors import InvalidInput
from baohe.kernel.money import parse_yuan, yuan

PAYER, PAYER_ACCOUNT = "林晓", "6217001234567890123"
_DAY_SECONDS = 86_400
_LATEST_DAYS = 30
_PAGES = Path(__file__).with_name("pages")


class InstructionPage:
    def __init__(
        self, store: Store, bank: BankNotifier, faults: Faults, customer: Customer, customer_key: RSAPublicKey
    ) -> None:
        self._store = store
        self._bank = bank
        self._faults = faults
        self._customer = customer
        self._customer_key = customer_key
        self._pages = Pages(_PAGES, "模拟银行", "演示 · 不会转出真钱")

    def open(self, form: Mapping[str, str]) -> Answer:
        """A phone brings a signed payment request: its sub-account is opened, and the page shown."""
        back = form.get("back", "")
        try:
            message = base64.urlsafe_b64decode(form.get("request", ""))
        except (binascii.Error, ValueError):
            return text("unreadable request", 400)
        if not protocol.holds(protocol.digest(back, message), form.get("signature", ""), self._customer_key):
            return text("not signed by the customer", 400)
        try:
            request = accounts.open_request(self._store, _asked(message, self._customer, back))
        except BadMessage as unreadable:
            return text(f"unreadable request: {unreadable}", 400)
        except Refused as no:
            return self._message("这笔转账无法受理", f"{no}。没有任何款项划转，请回到保和重新发起。", 409, back)
        return see_other(f"/instruction/{request['token']}")

    def show(self, token: str) -> Answer:
        request = accounts.request(self._store, token=token)
        if request is None:
            return self._message("找不到这笔转账", "请回到保和重新发起付款。", 404, "")
        return self._page(request)

    def transfer(self, token: str, form: Mapping[str, str]) -> Answer:
        """The payer's bank sends what the payer chose: the right thing, or a mistake."""
        request = accounts.request(self._store, token=token)
        if request is None:
            return self._message("找不到这笔转账", "请回到保和重新发起付款。", 404, "")
        if self._faults.strikes("refuse"):
            return self._message(
                "付款银行没有同意", "款项没有转出。可以回到上一页再试一次。", 409, request["return_url"]
            )
        try:
            sent = _incoming(request, form)
        except InvalidInput:
            return self._message(
                "金额无法识别", "请回到上一页，填写大于 0 的金额，最多两位小数。", 400, request["return_url"]
            )
        accounts.send(self._store, sent)
        self._bank.catch_up()
        return see_other(f"/instruction/{token}")

    def styles(self) -> Answer:
        return self._pages.styles("instruction.css")

    def _page(self, request: sqlite3.Row) -> Answer:
        received = accounts.credits_of(self._store, request["order_number"])
        return self._pages.page(
            "instruction.html",
            return_url=request["return_url"],
            request=request,
            account=self._customer.account,
            account_groups=_in_fours(self._customer.account.number),
            amount=yuan(request["amount_fen"]),
            code=remark.spaced(request["code"]),
            valid_until=datetime.fromtimestamp(request["expires_at"], UTC).astimezone(SHANGHAI),
            received=[(yuan(row["amount_fen"]), row["booked_at"][5:16].replace("T", " ")) for row in received],
            settled=any(row["amount_fen"] == request["amount_fen"] for row in received),
            press=secrets.token_urlsafe(12),
            payer=PAYER,
            payer_account=PAYER_ACCOUNT,
        )

    def _message(self, title: str, words: str, status: int, back: str) -> Answer:
        return self._pages.page("message.html", return_url=back, status=status, title=title, words=words)


def _asked(message: bytes, customer: Customer, back: str) -> Asked:
    """Raises `BadMessage`."""
    told = protocol.read(message, protocol.PAYMENT_REQUEST)
    one = first(told.body, "PmtInf/CdtTrfTx")
    if one is None:
        raise BadMessage("no transaction")
    money = protocol.amount(one, "Amt/InstdAmt")
    number = protocol.text(one, "CdtrAcct/Nm")
    expires = protocol.read_time(told.text("PmtInf/XpryDt/DtTm"))
    if money is None or expires is None or not 0 < len(number) <= 64:
        raise BadMessage("amount, time or name")
    if protocol.text(one, "CdtrAcct/Id/Othr/Id") != customer.account.number + remark.code_of(number):
        raise BadMessage("another account")
    return Asked(
        order_number=number,
        amount_fen=money[0],
        currency=money[1],
        payee=protocol.text(one, "UltmtCdtr/Id/OrgId/Othr/Id"),
        payee_name=protocol.text(one, "UltmtCdtr/Nm"),
        subject=protocol.text(one, "RmtInf/Ustrd"),
        expires_at=expires,
        return_url=back,
    )


def _incoming(request: sqlite3.Row, form: Mapping[str, str]) -> Incoming:
    """What is not chosen is as the page says. Raises `InvalidInput`."""
    amount_fen = parse_yuan(form["amount"]) if "amount" in form else request["amount_fen"]
    if not 0 < amount_fen < accounts.OPENING_FEN:
        raise InvalidInput(field="amount", reason_zh="金额必须为正", reason_en="the amount must be positive")
    days = form.get("days", "0")
    return Incoming(
        press=form.get("press") or secrets.token_urlsafe(12),
        amount_fen=amount_fen,
        remark=form.get("remark", request["code"])[:140],
        payer=form.get("payer", PAYER)[:70] or PAYER,
        payer_account=form.get("payer_account", PAYER_ACCOUNT)[:34] or PAYER_ACCOUNT,
        delay_seconds=_DAY_SECONDS * min(int(days), _LATEST_DAYS) if days.isdecimal() else 0,
    )


def _in_fours(number: str) -> list[str]:
    """Groups of four, as bank cards are printed."""
    return [number[start : start + 4] for start in range(0, len(number), 4)]
