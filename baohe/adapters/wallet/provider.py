"""The wallet behind the port: the client's replies in the words that every provider answers in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date
from urllib.parse import parse_qsl

import structlog

from baohe.adapters.providers import port
from baohe.adapters.wallet import bill, client, keys, protocol
from baohe.adapters.wallet.client import Reply, WalletClient

log = structlog.get_logger()

_FORM = "application/x-www-form-urlencoded"
_LONGEST_VALUE = 2048
_MOST_FIELDS = 100
_PAID = {"TRADE_SUCCESS", "TRADE_FINISHED"}
_NAME_MATCH: Mapping[str, port.PayerCheck] = {"T": "same", "F": "other"}
_PAYOUT: Mapping[str, port.Word] = {"SUCCESS": "done", "FAIL": "refused", "CLOSED": "refused", "REFUND": "refused"}


def provider() -> WalletProvider:
    return WalletProvider()


class WalletProvider:
    """Holds nothing: keys and address are read at each call, so an operator's change is heard at once."""

    code = "wallet"

    def app(self) -> str:
        return keys.app_id()

    def cashier_url(self, order: port.Order, return_url: str) -> str:
        return _client().cashier_url(order, return_url)

    def query(self, order_number: str) -> port.Answer:
        reply = _reply(lambda wallet: wallet.query(order_number))
        if reply.reason == "ACQ.TRADE_NOT_EXIST":
            return port.Answer("absent", reply.reason)
        if reply.outcome != "ok":
            return port.Answer("waiting" if reply.outcome == "refused" else "unknown", reply.reason)
        if reply.text("out_trade_no") != order_number:
            return _OF_ANOTHER
        return _of_trade(reply, order_number)

    def close(self, order_number: str) -> port.Answer:
        """Also for "no such trade" it is not closed: the customer may be opening the cashier page this very moment."""
        reply = _reply(lambda wallet: wallet.close(order_number))
        if reply.outcome == "ok" or reply.reason == "ACQ.TRADE_HAS_CLOSE":
            return port.Answer("closed")
        if reply.reason == "ACQ.TRADE_NOT_EXIST":
            return port.Answer("absent", reply.reason)
        return port.Answer("refused" if reply.outcome == "refused" else "unknown", reply.reason)

    def refund(self, refund: port.RefundOrder) -> port.Answer:
        """What the wallet sent back is compared with what was asked; when it does not say, it is asked."""
        reply = _reply(
            lambda wallet: wallet.refund(refund.order_number, refund.number, refund.amount_fen, refund.reason)
        )
        if reply.outcome != "ok":
            return port.Answer("refused" if reply.outcome == "refused" else "unknown", reply.reason)
        if _is_of_another(reply, out_trade_no=refund.order_number):
            return _OF_ANOTHER
        sent_back = reply.text("send_back_fee")
        return _given_back(refund, sent_back) if sent_back else self.refund_query(refund)

    def refund_query(self, refund: port.RefundOrder) -> port.Answer:
        """The protocol answers a query for a refund it never saw with success and no refund in it."""
        reply = _reply(lambda wallet: wallet.refund_query(refund.order_number, refund.number))
        if reply.outcome != "ok":
            return port.Answer("unknown", reply.reason)
        if _is_of_another(reply, out_trade_no=refund.order_number, out_request_no=refund.number):
            return _OF_ANOTHER
        if reply.text("refund_status") == "REFUND_SUCCESS":
            return _given_back(refund, reply.text("refund_amount"))
        if reply.text("refund_amount") or reply.text("refund_status"):
            return port.Answer("waiting", reply.text("refund_status"))
        return port.Answer("absent")

    def payout(self, payout: port.PayoutOrder) -> port.Answer:
        reply = _reply(lambda wallet: wallet.transfer(payout.number, payout.payee, payout.amount_fen, payout.memo))
        return _of_payout(reply, payout.number)

    def payout_query(self, payout_number: str) -> port.Answer:
        reply = _reply(lambda wallet: wallet.transfer_query(payout_number))
        if reply.reason == "ORDER_NOT_EXIST":
            return port.Answer("absent", reply.reason)
        if reply.outcome == "refused":
            return port.Answer("unknown", reply.reason)  # a question that was refused says nothing of the money
        return _of_payout(reply, payout_number)

    def read_notification(self, headers: Mapping[str, str], body: bytes) -> port.Heard | port.NotBelieved:
        """A form. The signature is looked at before anything else is read."""
        words = _form(headers, body)
        if words is None:
            return port.NotBelieved("malformed")
        try:
            wallet_key = keys.wallet_public_key()
        except keys.WalletKeyMissing:
            return _not_believed("no_key", words)
        if not protocol.notification_is_signed(words, wallet_key):
            return _not_believed("forged", words)
        if words.get("app_id") != keys.app_id():
            return _not_believed("foreign_app", words)
        if words.get("notify_type") != "trade_status_sync":
            return _not_believed("foreign_kind", words)
        return _heard(words)

    def acknowledgement(self, taken: bool) -> tuple[str, str]:
        return "text/plain; charset=utf-8", "success" if taken else "fail"

    def bill(self, day: date) -> AbstractContextManager[Iterator[port.BillLine]]:
        return bill.of_day(_client(), day)


def _client() -> WalletClient:
    """Raises `ProviderNotSetUp`."""
    try:
        return client.from_settings()
    except keys.WalletKeyMissing as missing:
        raise port.ProviderNotSetUp(str(missing)) from missing


def _reply(ask: Callable[[WalletClient], Reply]) -> Reply:
    """Without keys nothing was asked, and so nothing is known."""
    try:
        return ask(_client())
    except port.ProviderNotSetUp as missing:
        return Reply("unknown", f"keys:{missing}")


_OF_ANOTHER = port.Answer("unknown", "reply:another number")


def _is_of_another(reply: Reply, **numbers: str) -> bool:
    """Whether the wallet speaks of something else than it was asked about: signed, and still no answer (field bug 20).
    A number that the reply does not carry proves nothing."""
    return any(reply.text(name) not in ("", number) for name, number in numbers.items())


def _given_back(refund: port.RefundOrder, amount: str) -> port.Answer:
    """Less than asked is not done: it stays unknown, and is loud, until a person has settled it."""
    moved_fen = protocol.read_yuan(amount)
    if moved_fen == refund.amount_fen:
        return port.Answer("done")
    log.error("wallet_refunded_another_amount", number=refund.number, asked=refund.amount_fen, moved=moved_fen)
    return port.Answer("unknown", f"partly:{moved_fen}")


def _of_trade(reply: Reply, number: str) -> port.Answer:
    status = reply.text("trade_status")
    if status == "TRADE_CLOSED" and not reply.text("send_pay_date"):
        return port.Answer("closed", status)
    amount_fen = protocol.read_yuan(reply.text("total_amount"))
    if status not in _PAID or amount_fen is None or not reply.text("trade_no"):
        return port.Answer("waiting", status)
    trade = port.Trade(
        number=number,
        trade_no=reply.text("trade_no")[:64],
        amount_fen=amount_fen,
        currency=reply.text("trans_currency") or "CNY",
        payee="",
        paid_at=protocol.read_time(reply.text("send_pay_date")),
        payer_check=_NAME_MATCH.get(reply.text("buyer_name_match"), ""),
    )
    return port.Answer("done", status, trade)


def _of_payout(reply: Reply, number: str) -> port.Answer:
    if reply.outcome == "ok" and _is_of_another(reply, out_biz_no=number):
        return _OF_ANOTHER
    if reply.outcome == "ok":
        return port.Answer(_PAYOUT.get(reply.text("status"), "waiting"), reply.text("status"))
    return port.Answer("refused" if reply.outcome == "refused" else "unknown", reply.reason)


def _form(headers: Mapping[str, str], body: bytes) -> dict[str, str] | None:
    """None for what is no form of the wallet. A name given twice could be read one way by the signature and another
    way by us."""
    if headers.get("Content-Type", "").partition(";")[0].strip().lower() != _FORM:
        return None
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except ValueError:
        return None
    words = dict(pairs)
    if len(words) != len(pairs) or any(len(value) > _LONGEST_VALUE for value in words.values()):
        return None
    return words


def _heard(words: Mapping[str, str]) -> port.Heard | port.NotBelieved:
    amount_fen = protocol.read_yuan(words.get("total_amount", ""))
    number, trade_no, status = words.get("out_trade_no", ""), words.get("trade_no", ""), words.get("trade_status", "")
    if amount_fen is None or not 0 < len(number) <= 64 or not 0 < len(trade_no) <= 64:
        return _not_believed("malformed", words)
    trade = port.Trade(
        number=number,
        trade_no=trade_no,
        amount_fen=amount_fen,
        currency=words.get("trans_currency", "") or "CNY",
        payee=words.get("seller_id", ""),
        paid_at=protocol.read_time(words.get("gmt_payment", "")),
        payer_check=_NAME_MATCH.get(words.get("buyer_name_match", ""), ""),
    )
    word: port.Word = "done" if status in _PAID else "closed" if status == "TRADE_CLOSED" else "waiting"
    return port.Heard(
        number, port.Answer(word, status, trade), status, words["app_id"], words.get("notify_id", "")[:128]
    )


def _not_believed(reason: str, words: Mapping[str, str]) -> port.NotBelieved:
    return port.NotBelieved(reason, words.get("out_trade_no", ""), words.get("total_amount", ""))
