"""The card network behind the port: what it said, in the words that every provider answers in.

A request that moves money is followed by a query, whatever was answered: `refused` needs the query to say so, or the
query to know nothing of an order whose request was refused for certain. The network accepts first and decides later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date

import structlog

from baohe.adapters.deduction import bill, client, keys, protocol
from baohe.adapters.deduction.client import Kind, NetworkClient
from baohe.adapters.providers import pem, port
from baohe.kernel.names import name_digest

log = structlog.get_logger()

Said = Mapping[str, str]


def provider() -> DeductionProvider:
    return DeductionProvider()


class DeductionProvider:
    """Holds nothing: keys and address are read at each call, so an operator's change is heard at once."""

    code = "deduction"

    def app(self) -> str:
        return keys.mer_id()

    def cashier_url(self, order: port.Order, return_url: str) -> str:
        raise port.ProviderNotSetUp("this provider takes money under agreements only; it has no cashier")

    def agreement_url(self, number: str, return_url: str, holder: str) -> str:
        """The network compares the card's owner with the name before it lets the payer sign."""
        words = {
            "frontUrl": return_url,
            "backUrl": protocol.NOBODY,
            "reqReserved": number,
            "customerNm": name_digest(number, holder),
        }
        return client.from_settings().front_url(protocol.SIGN, number, words)

    def agreement_query(self, number: str) -> port.Agreement | None:
        said = client.from_settings().send(protocol.AGREEMENT, number)
        if said is None:
            return None
        if said.get("respCode") == protocol.NOT_FOUND:
            return port.Agreement("absent")
        state = {"0": "waiting", "1": "active", "2": "ended"}.get(said.get("activateStatus", ""))
        if said.get("respCode") != protocol.OK or state is None:
            return None
        return port.Agreement(
            state,
            said.get("bindId", ""),
            said.get("accNo", ""),
            said.get("issInsName", ""),
            holder_checked=said.get("customerNmCheck") == "T",
        )

    def end_agreement(self, number: str, agreement_no: str) -> port.Answer:
        """done once the network says that it has ended; whoever asks again is told so again."""
        network = client.from_settings()
        network.send(protocol.END, protocol.end_number(number), {"bindId": agreement_no})
        now = self.agreement_query(number)
        if now is None:
            return port.Answer("unknown", "silent")
        if now.state == "active":
            return port.Answer("unknown", "still active")
        return port.Answer("done", now.state)

    def charge(self, charge: port.Charge) -> port.Answer:
        order = charge.order
        words = {
            "txnAmt": str(order.amount_fen),
            "currencyCode": protocol.YUAN,
            "bindId": charge.agreement_no,
            "subMerId": order.payee,
            "subMerName": order.payee_name,
            "orderDesc": order.subject[:32],
            "reqReserved": order.number,
            "backUrl": client.notify_url(),
        }
        return _moved(protocol.DEDUCT, order.number, words, _of_trade)

    def query(self, order_number: str) -> port.Answer:
        return _asked(order_number, _of_trade)

    def close(self, order_number: str) -> port.Answer:
        """The network closes nothing: an order that it refused is closed, an undecided one may still be taken."""
        now = self.query(order_number)
        return port.Answer("closed", now.reason) if now.word == "refused" else now

    def refund(self, refund: port.RefundOrder) -> port.Answer:
        words = {
            "origQryId": refund.trade_no,
            "txnAmt": str(refund.amount_fen),
            "reqReserved": refund.number,
            "backUrl": protocol.NOBODY,
        }
        return _moved(protocol.REFUND, refund.number, words, lambda said: _of_amount(said, refund.amount_fen))

    def refund_query(self, refund: port.RefundOrder) -> port.Answer:
        return _asked(refund.number, lambda said: _of_amount(said, refund.amount_fen))

    def payout(self, payout: port.PayoutOrder) -> port.Answer:
        """`payee` is an agreement: the network pays to the account behind it, whose number we do not know."""
        words = {
            "txnAmt": str(payout.amount_fen),
            "currencyCode": protocol.YUAN,
            "bindId": payout.payee,
            "orderDesc": payout.memo[:32],
            "reqReserved": payout.number,
            "backUrl": protocol.NOBODY,
        }
        return _moved(protocol.PAYOUT, payout.number, words, lambda said: _of_amount(said, payout.amount_fen))

    def payout_query(self, payout_number: str) -> port.Answer:
        return _asked(payout_number, lambda said: _of_amount(said, None))

    def read_notification(self, headers: Mapping[str, str], body: bytes) -> port.Heard | port.NotBelieved:
        """A posted form. The signature is looked at before anything else is read."""
        try:
            said = protocol.read_form(body, keys.network_public_key())
        except pem.KeyMissing:
            return port.NotBelieved("no_key")
        except protocol.Unsigned:
            return port.NotBelieved("forged")
        except protocol.BadWords:
            return port.NotBelieved("malformed")
        if said.get("merId") != keys.mer_id():
            return port.NotBelieved("foreign_app")
        if (said.get("txnType"), said.get("txnSubType")) != protocol.DEDUCT[:2]:
            return port.NotBelieved("foreign_kind")
        return _heard(said)

    def acknowledgement(self, taken: bool) -> tuple[str, str]:
        return "text/plain; charset=utf-8", "ok" if taken else "fail"

    def bill(self, day: date) -> AbstractContextManager[Iterator[port.BillLine]]:
        return bill.of_day(client.from_settings(), day)


def _moved(kind: Kind, number: str, words: Said, judge: Callable[[Said], port.Answer]) -> port.Answer:
    network = _network()
    if isinstance(network, port.Answer):
        return network
    sent = network.send(kind, number, words) or {}
    answer = _asked(number, judge)
    if answer.word != "absent":
        return answer
    code = sent.get("respCode", "silent")
    if code in protocol.CERTAIN:
        return port.Answer("refused", protocol.CERTAIN[code])
    # It may still be under way to the network: "never seen" right after sending is not a no.
    return port.Answer("unknown", f"sent:{code}")


def _asked(number: str, judge: Callable[[Said], port.Answer]) -> port.Answer:
    network = _network()
    if isinstance(network, port.Answer):
        return network
    said = network.send(protocol.QUERY, number)
    if said is None:
        return port.Answer("unknown", "silent")
    code = said.get("respCode", "")
    if code == protocol.NOT_FOUND:
        return port.Answer("absent", code)
    if code != protocol.OK:
        return port.Answer("unknown", f"query:{code}")
    return judge({**said, "reqReserved": number})


def _network() -> NetworkClient | port.Answer:
    """Without keys nothing was asked, and so nothing is known."""
    try:
        return client.from_settings()
    except port.ProviderNotSetUp as missing:
        return port.Answer("unknown", f"keys:{missing}")


def _of_trade(said: Said) -> port.Answer:
    return _judged(said, said.get("origRespCode", ""))


def _judged(said: Said, code: str) -> port.Answer:
    """A deduction by its result code; `done` comes with the trade."""
    word = _word(code)
    if word != "done":
        return port.Answer(word, protocol.CERTAIN.get(code, code))
    amount_fen, trade_no = protocol.read_fen(said.get("txnAmt", "")), said.get("queryId", "")
    if amount_fen is None or not trade_no:
        return port.Answer("unknown", "done without amount or number")
    trade = port.Trade(
        number=said.get("reqReserved", ""),
        trade_no=trade_no[:64],
        amount_fen=amount_fen,
        currency=protocol.currency(said.get("currencyCode", "")),
        payee=said.get("subMerId", ""),
        paid_at=protocol.read_trace_time(said.get("traceTime", ""), said.get("txnTime", "")),
        payer_check="same",  # an agreement is only with an account of the one who must pay
    )
    return port.Answer("done", code, trade)


def _of_amount(said: Said, asked_fen: int | None) -> port.Answer:
    """Money that left. Less than asked is not done: it stays unknown, and is loud, until a person has settled it."""
    code = said.get("origRespCode", "")
    moved_fen = protocol.read_fen(said.get("txnAmt", ""))
    differs = asked_fen is not None and moved_fen != asked_fen
    if code == protocol.DEFECTIVE or (code == protocol.OK and differs):
        log.error("network_moved_another_amount", number=said.get("reqReserved"), asked=asked_fen, moved=moved_fen)
        return port.Answer("unknown", f"partly:{moved_fen}")
    return port.Answer(_word(code), protocol.CERTAIN.get(code, code))


def _word(code: str) -> port.Word:
    if code == protocol.OK:
        return "done"
    if code in protocol.UNDECIDED:
        return "waiting"
    return "refused" if code in protocol.CERTAIN else "unknown"


def _heard(said: Said) -> port.Heard | port.NotBelieved:
    number, code = said.get("reqReserved", ""), said.get("respCode", "")
    try:
        ours = (protocol.order_id(number), protocol.sent_at(number))
    except ValueError:
        ours = ("", "")
    if ours != (said.get("orderId"), said.get("txnTime")):
        return port.NotBelieved("malformed")
    answer = _judged(said, code)
    if answer.word == "unknown":  # a code without a meaning decides nothing; a query will
        answer = port.Answer("waiting", answer.reason)
    return port.Heard(number, answer, code, said["merId"], f"{said.get('queryId', '')}:{code}"[:64])
