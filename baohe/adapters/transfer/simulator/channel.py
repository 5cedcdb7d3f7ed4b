"""The bank's channel: verify, read, do, answer. Every reply is signed for the request it answers."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from baohe.adapters.simulating.answers import Answer, CutLine
from baohe.adapters.simulating.faults import Faults
from baohe.adapters.simulating.server import Request, bad_weather
from baohe.adapters.simulating.store import Store
from baohe.adapters.transfer import protocol, remark
from baohe.adapters.transfer.answers import NO_SUCH_ACCOUNT, NOT_READY
from baohe.adapters.transfer.protocol import BadMessage, Message, first, text
from baohe.adapters.transfer.requests import BANK_REFERENCE, REFUND_PURPOSE, Customer
from baohe.adapters.transfer.simulator import accounts, instructions, reports
from baohe.adapters.transfer.simulator.instructions import Duplicate, Instruction
from baohe.plumbing import clock

_KINDS = (protocol.INITIATION, protocol.STATUS_REQUEST, protocol.CANCELLATION, protocol.REPORT_REQUEST)
_ID = {protocol.CANCELLATION: "Assgnmt/Id"}


class Channel:
    def __init__(
        self, store: Store, faults: Faults, key: RSAPrivateKey, customer: Customer, customer_key: RSAPublicKey
    ) -> None:
        self._store = store
        self._faults = faults
        self._key = key
        self._customer = customer
        self._customer_key = customer_key

    def answer(self, request: Request) -> Answer:
        """Raises `CutLine` when the answer is to be lost."""
        if (weather := bad_weather(self._faults)) is not None:
            return weather
        signature = request.headers.get(protocol.SIGNATURE.lower(), "")
        if not protocol.holds(protocol.digest(protocol.REQUEST, request.body), signature, self._customer_key):
            return self._signed("", reports.rejection("", "SIGNATURE"))
        try:
            message = protocol.read(request.body, *_KINDS)
        except BadMessage as unreadable:
            return self._signed("", reports.rejection("", str(unreadable)[:35]))
        message_id = message.text(_ID.get(message.name, "GrpHdr/MsgId"))
        reply = self._work(message, message_id)
        if self._faults.strikes("lose_reply"):
            raise CutLine
        return self._signed(message_id, reply)

    def _work(self, message: Message, message_id: str) -> bytes:
        match message.name:
            case protocol.INITIATION:
                return self._instructed(message, message_id)
            case protocol.STATUS_REQUEST:
                number = message.text("TxInf/OrgnlInstrId")
                return reports.status(number, instructions.status(self._store, number))
            case protocol.CANCELLATION:
                return self._cancelled(message, message_id)
        if message.text("RptgReq/AcctOwnr/Pty/Id/OrgId/Othr/Id") != self._customer.id:
            return reports.rejection(message_id, "OWNER")
        if message.text("RptgReq/ReqdMsgNmId") == protocol.STATEMENT:
            return self._statement(message, message_id)
        return self._report(message, message_id)

    def _instructed(self, message: Message, message_id: str) -> bytes:
        wanted = _instruction(message)
        if wanted is None or message.text("GrpHdr/InitgPty/Id/OrgId/Othr/Id") != self._customer.id:
            return reports.rejection(message_id, "INSTRUCTION")
        try:
            row = instructions.instruct(self._store, self._faults, wanted)
        except Duplicate:
            return reports.duplicate(wanted.number)
        return reports.status(wanted.number, row)

    def _cancelled(self, message: Message, message_id: str) -> bytes:
        number = message.text("Undrlyg/OrgnlPmtInfAndCxl/TxInf/OrgnlTxRef/CdtrAcct/Nm")
        outcome = accounts.close(self._store, number)
        return reports.resolution(self._customer, message_id, remark.code_of(number), outcome)

    def _report(self, message: Message, message_id: str) -> bytes:
        request = accounts.request(self._store, order_number=message.text("RptgReq/Acct/Nm"))
        account = message.text("RptgReq/Acct/Id/Othr/Id")
        if request is None or account != self._customer.account.number + request["code"]:
            return reports.rejection(message_id, NO_SUCH_ACCOUNT)
        credits = accounts.credits_of(self._store, request["order_number"])
        return reports.account_report(self._customer, message_id, dict(request), credits)

    def _statement(self, message: Message, message_id: str) -> bytes:
        day = protocol.read_date(message.text("RptgReq/RptgPrd/FrToDt/FrDt"))
        if message.text("RptgReq/Acct/Id/Othr/Id") != self._customer.account.number or day is None:
            return reports.rejection(message_id, NO_SUCH_ACCOUNT)
        if day >= clock.today():
            return reports.rejection(message_id, NOT_READY)
        return reports.statement(self._store, self._faults, self._customer, message_id, day)

    def _signed(self, purpose: str, message: bytes) -> Answer:
        signature = protocol.signature_of(protocol.digest(purpose, message), self._key)
        return Answer(200, message, protocol.CONTENT_TYPE, {protocol.SIGNATURE: signature})


def _instruction(message: Message) -> Instruction | None:
    """The one payment of a pain.001, or None when it is not one that can be read."""
    one = first(message.body, "PmtInf/CdtTrfTxInf")
    if one is None:
        return None
    money, number = protocol.amount(one, "Amt/InstdAmt"), text(one, "PmtId/InstrId")
    if money is None or money[1] != "CNY" or not 0 < len(number) <= 35:
        return None
    target = text(one, "CdtrAcct/Id/Othr/Id")
    back = text(one, "CdtrAcct/Id/Othr/SchmeNm/Prtry") == BANK_REFERENCE
    if back != (text(one, "Purp/Prtry") == REFUND_PURPOSE):
        return None
    return Instruction(
        number=number,
        kind="refund" if back else "payout",
        amount_fen=money[0],
        party=text(one, "Cdtr/Nm"),
        party_account="" if back else target,
        credit=target if back else "",
        memo=text(one, "RmtInf/Ustrd"),
    )
