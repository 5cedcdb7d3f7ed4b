"""The bank behind the port of those who move money. Works against any bank that speaks the channel."""

from __future__ import annotations

import base64
import re
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from urllib.parse import urlencode

from django.conf import settings

from baohe.adapters.providers.port import (
    Answer,
    BillLine,
    Heard,
    NotBelieved,
    Order,
    PayoutOrder,
    ProviderNotSetUp,
    RefundOrder,
)
from baohe.adapters.transfer import answers, keys, protocol, requests, statement
from baohe.adapters.transfer.client import Line, Unanswered
from baohe.adapters.transfer.protocol import BadMessage, Message
from baohe.adapters.transfer.requests import Customer
from baohe.plumbing import clock

TAKEN, AGAIN = "received", "again"
_NUMBER = re.compile(r"[A-Za-z0-9-]{1,35}")


class Transfer:
    """Offline bank transfer: the payer sends money with a code in the remark, the bank tells us what came."""

    code = "transfer"

    def app(self) -> str:
        return _customer().id

    def cashier_url(self, order: Order, return_url: str) -> str:
        """The page that says where to transfer to. The signed payment request travels through the payer's browser
        and opens the order's virtual sub-account at the bank when the page is first seen."""
        customer, line = _customer(), _line()
        message = requests.payment_request(customer, order, _message_id(), clock.now())
        query = {
            "request": base64.urlsafe_b64encode(message).decode(),
            "signature": protocol.signature_of(protocol.digest(return_url, message), line.key),
            "back": return_url,
        }
        return f"{line.address}/pay?{urlencode(query)}"

    def query(self, order_number: str) -> Answer:
        customer, message_id = _customer(), _message_id()
        message = requests.account_report(customer, order_number, message_id, clock.now())
        reply = _asked(message, message_id, protocol.ACCOUNT_REPORT)
        if isinstance(reply, Answer):
            return reply
        return answers.order_report(reply, customer, order_number)

    def close(self, order_number: str) -> Answer:
        message_id = _message_id()
        message = requests.cancellation(_customer(), order_number, message_id, clock.now())
        reply = _asked(message, message_id, protocol.RESOLUTION)
        return reply if isinstance(reply, Answer) else answers.cancellation(reply, order_number)

    def refund(self, refund: RefundOrder) -> Answer:
        _check_number(refund.number)
        return _instructed(requests.refund(_customer(), refund, clock.now()), refund.number, refund.amount_fen)

    def refund_query(self, refund: RefundOrder) -> Answer:
        return _status(refund.number, refund.amount_fen)

    def payout(self, payout: PayoutOrder) -> Answer:
        _check_number(payout.number)
        return _instructed(requests.payout(_customer(), payout, clock.now()), payout.number, payout.amount_fen)

    def payout_query(self, payout_number: str) -> Answer:
        return _status(payout_number, None)

    def read_notification(self, headers: Mapping[str, str], body: bytes) -> Heard | NotBelieved:
        try:
            bank_key = keys.bank_public_key()
        except keys.TransferKeyMissing:
            return NotBelieved("no_key")
        if len(body) > protocol.MAX_BYTES:
            return NotBelieved("malformed")
        signed = protocol.digest(protocol.NOTIFICATION, body)
        if not protocol.holds(signed, protocol.header_of(headers), bank_key):
            return NotBelieved("forged")
        try:
            told = protocol.read(body, protocol.CREDIT_NOTICE)
        except BadMessage as unreadable:
            return NotBelieved("foreign_kind" if str(unreadable) == "another kind" else "malformed")
        customer = _customer()
        return answers.notice(told, customer.id, customer)

    def acknowledgement(self, taken: bool) -> tuple[str, str]:
        return "text/plain", TAKEN if taken else AGAIN

    @contextmanager
    def bill(self, day: date) -> Iterator[Iterator[BillLine]]:
        customer, message_id = _customer(), _message_id()
        message = requests.statement(customer, day, message_id, clock.now())
        with _line().statement(message, message_id) as path:
            statement.check(path, customer, day)
            yield statement.lines(path, customer)


def provider() -> Transfer:
    return Transfer()


def _instructed(message: bytes, number: str, amount_fen: int) -> Answer:
    """The reply to a pain.001 is bound to its MsgId, which is our number."""
    reply = _asked(message, number, protocol.STATUS_REPORT)
    return reply if isinstance(reply, Answer) else answers.payment_status(reply, number, amount_fen)


def _status(number: str, amount_fen: int | None) -> Answer:
    _check_number(number)
    message_id = _message_id()
    reply = _asked(requests.status_request(number, message_id, clock.now()), message_id, protocol.STATUS_REPORT)
    return reply if isinstance(reply, Answer) else answers.payment_status(reply, number, amount_fen)


def _asked(message: bytes, message_id: str, kind: str) -> Message | Answer:
    """The bank's message, or why there is none. Only "no such account" is a certain rejection."""
    try:
        reply = _line().ask(message, message_id, kind)
    except Unanswered as nobody_knows:
        return Answer("unknown", nobody_knows.reason)
    except ProviderNotSetUp:
        return Answer("unknown", "no_key")
    if reply.name != protocol.REJECTION:
        return reply
    reason = reply.text("Rsn/RjctgPtyRsn")
    if kind == protocol.ACCOUNT_REPORT and reason == answers.NO_SUCH_ACCOUNT:
        return Answer("absent", reason)
    return Answer("unknown", f"rejected:{reason}")


def _line() -> Line:
    """Raises `ProviderNotSetUp`."""
    try:
        bank_key = keys.bank_public_key()
    except keys.TransferKeyMissing as missing:
        raise ProviderNotSetUp(str(missing)) from missing
    return Line(settings.BAOHE_TRANSFER, keys.customer_key(), bank_key)


def _customer() -> Customer:
    """Raises `ProviderNotSetUp`."""
    try:
        return Customer(keys.customer_id(), keys.account())
    except keys.TransferKeyMissing as missing:
        raise ProviderNotSetUp(str(missing)) from missing


def _message_id() -> str:
    return uuid.uuid4().hex


def _check_number(number: str) -> None:
    """The standard gives an instruction's number 35 characters. A longer one is a mistake of the caller, and cutting
    it could make two payments one."""
    if not _NUMBER.fullmatch(number):
        raise ValueError(f"{number!r} is no number of an instruction")
