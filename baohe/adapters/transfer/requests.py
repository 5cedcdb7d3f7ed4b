"""What we write to the bank. Pure: every function gives the bytes of one message.

Elements are written in the order of the standard's schemas, which a validating bank insists on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from baohe.adapters.providers.port import Order, PayoutOrder, RefundOrder
from baohe.adapters.transfer import protocol, remark
from baohe.adapters.transfer.keys import TrustAccount
from baohe.adapters.transfer.protocol import amount_text, plain, time_text, written

BANK_REFERENCE = "BANKREF"
"""Scheme of an account named by the bank's own reference of the credit that came from it: we never learn a payer's
account number, and a refund can only go back to where the money came from (SALE-9)."""

REFUND_PURPOSE = "REFUND"


@dataclass(frozen=True, slots=True)
class Customer:
    """Who we are at the bank."""

    id: str
    account: TrustAccount


def sub_account(customer: Customer, order_number: str) -> str:
    """The virtual sub-account of an order: the trust account's number and the order's code. At most 34 characters."""
    return customer.account.number + remark.code_of(order_number)


def payment_request(customer: Customer, order: Order, message_id: str, moment: datetime) -> bytes:
    """pain.013: opens the virtual sub-account of the order, named after it, and says what is expected there."""
    e = protocol.writer(protocol.PAYMENT_REQUEST)
    transaction = e.CdtTrfTx(
        e.PmtId(e.EndToEndId(remark.code_of(order.number))),
        e.Amt(e.InstdAmt(amount_text(order.amount_fen), Ccy=order.currency)),
        e.ChrgBr("SLEV"),
        _agent(e, "CdtrAgt", customer),
        e.Cdtr(e.Nm(customer.account.holder)),
        e.CdtrAcct(_other(e, sub_account(customer, order.number)), e.Nm(order.number)),
        e.UltmtCdtr(e.Nm(plain(order.payee_name, 140)), e.Id(e.OrgId(e.Othr(e.Id(order.payee))))),
        e.RmtInf(e.Ustrd(plain(order.subject, 140))),
    )
    return written(
        e.CdtrPmtActvtnReq(
            e.GrpHdr(e.MsgId(message_id), e.CreDtTm(time_text(moment)), e.NbOfTxs("1"), _initiator(e, customer)),
            e.PmtInf(
                e.PmtMtd("TRF"),
                e.ReqdExctnDt(e.DtTm(time_text(moment))),
                e.XpryDt(e.DtTm(time_text(order.expires_at))),
                e.Dbtr(),
                e.DbtrAgt(e.FinInstnId()),
                transaction,
            ),
        )
    )


def payout(customer: Customer, order: PayoutOrder, moment: datetime) -> bytes:
    """pain.001 to an account number and its holder."""
    e = protocol.writer(protocol.INITIATION)
    to = [e.Cdtr(e.Nm(plain(order.payee_name, 140))), e.CdtrAcct(_other(e, order.payee))]
    return _initiation(e, customer, order.number, order.amount_fen, moment, to, order.memo)


def refund(customer: Customer, order: RefundOrder, moment: datetime) -> bytes:
    """pain.001 back to the account that the bank knows behind its reference of the credit."""
    e = protocol.writer(protocol.INITIATION)
    scheme = e.SchmeNm(e.Prtry(BANK_REFERENCE))
    to = [e.CdtrAcct(e.Id(e.Othr(e.Id(order.trade_no), scheme))), e.Purp(e.Prtry(REFUND_PURPOSE))]
    return _initiation(e, customer, order.number, order.amount_fen, moment, to, order.reason)


def status_request(number: str, message_id: str, moment: datetime) -> bytes:
    """pacs.028: what became of the instruction of that number?"""
    e = protocol.writer(protocol.STATUS_REQUEST)
    return written(
        e.FIToFIPmtStsReq(
            e.GrpHdr(e.MsgId(message_id), e.CreDtTm(time_text(moment))),
            e.TxInf(
                e.StsReqId(message_id),
                e.OrgnlGrpInf(e.OrgnlMsgId(number), e.OrgnlMsgNmId(protocol.INITIATION)),
                e.OrgnlInstrId(number),
                e.OrgnlEndToEndId(number),
            ),
        )
    )


def cancellation(customer: Customer, order_number: str, message_id: str, moment: datetime) -> bytes:
    """camt.055: close the virtual sub-account of an order that nobody paid."""
    e = protocol.writer(protocol.CANCELLATION)
    code = remark.code_of(order_number)
    us = e.Pty(e.Id(e.OrgId(e.Othr(e.Id(customer.id)))))
    return written(
        e.CstmrPmtCxlReq(
            e.Assgnmt(
                e.Id(message_id), e.Assgnr(us), e.Assgne(_agent(e, "Agt", customer)), e.CreDtTm(time_text(moment))
            ),
            e.Undrlyg(
                e.OrgnlPmtInfAndCxl(
                    e.OrgnlPmtInfId(code),
                    e.TxInf(
                        e.OrgnlEndToEndId(code),
                        e.OrgnlTxRef(
                            e.CdtrAcct(_other(e, sub_account(customer, order_number)), e.Nm(order_number)),
                        ),
                    ),
                )
            ),
        )
    )


def account_report(customer: Customer, order_number: str, message_id: str, moment: datetime) -> bytes:
    """camt.060 for a camt.052: what came into the virtual sub-account of an order?"""
    e = protocol.writer(protocol.REPORT_REQUEST)
    account = e.Acct(_other(e, sub_account(customer, order_number)), e.Nm(order_number))
    return _report(e, customer, protocol.ACCOUNT_REPORT, [account], [], message_id, moment)


def statement(customer: Customer, day: date, message_id: str, moment: datetime) -> bytes:
    """camt.060 for the camt.053 of a day of the trust account."""
    e = protocol.writer(protocol.REPORT_REQUEST)
    account = e.Acct(_other(e, customer.account.number))
    dates = e.FrToDt(e.FrDt(day.isoformat()), e.ToDt(day.isoformat()))
    return _report(e, customer, protocol.STATEMENT, [account], [e.RptgPrd(dates, e.Tp("ALLL"))], message_id, moment)


def _report(
    e: Any, customer: Customer, kind: str, account: list[Any], period: list[Any], message_id: str, moment: datetime
) -> bytes:
    owner = e.AcctOwnr(e.Pty(e.Id(e.OrgId(e.Othr(e.Id(customer.id))))))
    return written(
        e.AcctRptgReq(
            e.GrpHdr(e.MsgId(message_id), e.CreDtTm(time_text(moment))),
            e.RptgReq(e.ReqdMsgNmId(kind), *account, owner, *period),
        )
    )


def _initiation(
    e: Any, customer: Customer, number: str, amount_fen: int, moment: datetime, to: list[Any], memo: str
) -> bytes:
    """Message, instruction and end-to-end id are all our number: the bank works one number off once."""
    return written(
        e.CstmrCdtTrfInitn(
            e.GrpHdr(
                e.MsgId(number),
                e.CreDtTm(time_text(moment)),
                e.NbOfTxs("1"),
                e.CtrlSum(amount_text(amount_fen)),
                _initiator(e, customer),
            ),
            e.PmtInf(
                e.PmtInfId(number),
                e.PmtMtd("TRF"),
                e.ReqdExctnDt(e.DtTm(time_text(moment))),
                e.Dbtr(e.Nm(customer.account.holder)),
                e.DbtrAcct(_other(e, customer.account.number)),
                _agent(e, "DbtrAgt", customer),
                e.CdtTrfTxInf(
                    e.PmtId(e.InstrId(number), e.EndToEndId(number)),
                    e.Amt(e.InstdAmt(amount_text(amount_fen), Ccy="CNY")),
                    *to,
                    e.RmtInf(e.Ustrd(plain(memo, 140))),
                ),
            ),
        )
    )


def _initiator(e: Any, customer: Customer) -> Any:
    return e.InitgPty(e.Id(e.OrgId(e.Othr(e.Id(customer.id)))))


def _agent(e: Any, name: str, customer: Customer) -> Any:
    return e(name, e.FinInstnId(e.Nm(customer.account.bank)))


def _other(e: Any, number: str) -> Any:
    return e.Id(e.Othr(e.Id(number)))
