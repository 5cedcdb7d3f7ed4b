"""What the bank's messages say, in the words of the port. Pure; a message is read only after its signature held."""

from __future__ import annotations

from typing import Any

from baohe.adapters.providers.port import Answer, BillLine, Heard, NotBelieved, Trade, Word
from baohe.adapters.transfer import protocol, remark
from baohe.adapters.transfer.protocol import Message, every, first, text
from baohe.adapters.transfer.requests import Customer, sub_account

OPEN, CLOSED = "OPEN", "CLOSED"
"""What a report of a virtual sub-account says of it in `AddtlRptInf`."""

NO_SUCH_ACCOUNT = "NOAC"
NO_ORIGINAL = "NOOR"
NOT_READY = "NOTREADY"

_DEFINITELY_NOT = {"AC01", "AC04", "AC06", "AG01", "AM02", "AM04", "BE01", "RR04"}
"""Reasons of a rejection after which nothing moved under this number and nothing will. Any other stays unknown:
`AM05` (duplicate) above all, which says that something else happened under the number."""

_PENDING = {"RCVD", "PDNG", "ACTC", "ACCP", "ACSP", "ACWC"}
_SETTLED = {"ACSC", "ACCC"}
_MAX_NUMBER = 64
_LONGEST_NAME, _TAIL = 140, 4


def payment_status(report: Message, number: str, amount_fen: int | None) -> Answer:
    """A pain.002 about our instruction. With `amount_fen` a settled amount that differs is not done: unknown."""
    about = first(report.body, "OrgnlGrpInfAndSts")
    if about is None or text(about, "OrgnlMsgId") != number:
        return Answer("unknown", "reply:about another message")
    if text(about, "GrpSts") == "RJCT" and text(about, "StsRsnInf/Rsn/Cd") == NO_ORIGINAL:
        return Answer("absent", NO_ORIGINAL)
    one = first(report.body, "OrgnlPmtInfAndSts/TxInfAndSts")
    if one is None or text(one, "OrgnlInstrId") != number:
        return Answer("unknown", "reply:about another instruction")
    status, reason = text(one, "TxSts"), text(one, "StsRsnInf/Rsn/Cd")
    if status in _SETTLED:
        moved = protocol.amount(one, "OrgnlTxRef/Amt/InstdAmt")
        if amount_fen is not None and moved != (amount_fen, "CNY"):
            return Answer("unknown", f"partly:{moved[0] if moved else 0}")
        return Answer("done", status)
    if status == "RJCT" and reason in _DEFINITELY_NOT:
        return Answer("refused", reason)
    return Answer("waiting" if status in _PENDING else "unknown", reason or status)


def cancellation(resolution: Message, order_number: str) -> Answer:
    """A camt.029 about closing an order's sub-account."""
    one = first(resolution.body, "CxlDtls/OrgnlPmtInfAndSts/TxInfAndSts")
    if one is None or text(one, "OrgnlEndToEndId") != remark.code_of(order_number):
        return Answer("unknown", "reply:about another request")
    reason = text(one, "CxlStsRsnInf/Rsn/Cd") or text(one, "CxlStsRsnInf/Rsn/Prtry")
    if resolution.text("Sts/Conf") == "CNCL":
        return Answer("closed")
    if reason == NO_ORIGINAL:
        return Answer("absent", NO_ORIGINAL)
    return Answer("refused", reason)


def order_report(report: Message, customer: Customer, order_number: str) -> Answer:
    """A camt.052 of an order's sub-account. Of several credits the one of the expected amount is told, else the
    first: a payer who sent too little and then the right sum has paid."""
    account = first(report.body, "Rpt/Acct")
    if account is None or (text(account, "Id/Othr/Id"), text(account, "Nm")) != (
        sub_account(customer, order_number),
        order_number,
    ):
        return Answer("unknown", "reply:another account")
    trades = [trade for entry in every(report.body, "Rpt/Ntry") if (trade := credit(entry, customer))]
    if trades:
        wanted = protocol.amount(report.body, "Rpt/Bal/Amt")
        right = [trade for trade in trades if (trade.amount_fen, trade.currency) == wanted]
        return Answer("done", "", (right or trades)[0])
    states: dict[str, Word] = {OPEN: "waiting", CLOSED: "closed"}
    return Answer(states.get(report.text("Rpt/AddtlRptInf"), "unknown"))


def notice(told: Message, app: str, customer: Customer) -> Heard | NotBelieved:
    """A camt.054 about one credit. Money that names no order of ours has the number ""."""
    if told.text("GrpHdr/MsgRcpt/Id/OrgId/Othr/Id") != app:
        return NotBelieved("foreign_app")
    if told.text("Ntfctn/Acct/Id/Othr/Id") != customer.account.number:
        return NotBelieved("foreign_app")
    entries = every(told.body, "Ntfctn/Ntry")
    if len(entries) != 1 or text(entries[0], "CdtDbtInd") != "CRDT":
        return NotBelieved("foreign_kind")
    trade = credit(entries[0], customer)
    notify_id = told.text("GrpHdr/MsgId")
    if trade is None or not notify_id:
        return NotBelieved("malformed")
    status = text(entries[0], "Sts/Cd")
    answer = Answer("done", "", trade) if status == "BOOK" else Answer("waiting", status)
    return Heard(trade.number, answer, status, app, notify_id)


def credit(entry: Any, customer: Customer) -> Trade | None:
    """One entry as money that came in, or None when it is no readable credit."""
    money, reference = protocol.amount(entry, "Amt"), text(entry, "AcctSvcrRef")
    paid_at = protocol.read_time(text(entry, "BookgDt/DtTm"))
    if money is None or text(entry, "CdtDbtInd") != "CRDT" or not 0 < len(reference) <= _MAX_NUMBER:
        return None
    payee = text(entry, "NtryDtls/TxDtls/RltdPties/UltmtCdtr/Pty/Id/OrgId/Othr/Id")
    parties = "NtryDtls/TxDtls/RltdPties"
    payer = text(entry, f"{parties}/Dbtr/Pty/Nm")[:_LONGEST_NAME]
    account = text(entry, f"{parties}/DbtrAcct/Id/Othr/Id")[-_TAIL:]
    return Trade(
        named(entry, customer),
        reference,
        *money,
        payee,
        paid_at,
        payer="" if payer == "-" else payer,
        payer_account=account,
    )


def named(entry: Any, customer: Customer) -> str:
    """Our order number behind a credit, "" when it names none. The bank tells the number as the name of the
    sub-account, and the sub-account's own number must be the one that we derive from it."""
    number = text(entry, "NtryDtls/TxDtls/RltdPties/CdtrAcct/Nm")
    account = text(entry, "NtryDtls/TxDtls/RltdPties/CdtrAcct/Id/Othr/Id")
    if not 0 < len(number) <= _MAX_NUMBER or account != sub_account(customer, number):
        return ""
    return number


def bill_line(entry: Any, customer: Customer) -> BillLine | None:
    """One booked entry of a statement, or None when it is not readable."""
    money, at = protocol.amount(entry, "Amt"), protocol.read_time(text(entry, "BookgDt/DtTm"))
    reference = text(entry, "AcctSvcrRef")
    if money is None or at is None or not 0 < len(reference) <= _MAX_NUMBER or text(entry, "Sts/Cd") != "BOOK":
        return None
    match text(entry, "CdtDbtInd"), text(entry, "BkTxCd/Domn/Fmly/SubFmlyCd"):
        case "CRDT", _:
            return BillLine("payment", named(entry, customer), reference, *money, at)
        case "DBIT", "RRTN":
            return BillLine("refund", _instruction(entry), reference, *money, at)
        case "DBIT", _:
            return BillLine("payout", _instruction(entry), reference, *money, at)
    return None


def _instruction(entry: Any) -> str:
    return text(entry, "NtryDtls/TxDtls/Refs/InstrId")[:_MAX_NUMBER]
