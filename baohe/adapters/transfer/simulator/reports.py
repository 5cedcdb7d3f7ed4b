"""What the bank writes: status reports, resolutions, reports, notices, statements, rejections."""

from __future__ import annotations

import io
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from lxml import etree

from baohe.adapters.simulating.faults import Faults, bent_bill, torn_bill
from baohe.adapters.simulating.store import Store
from baohe.adapters.transfer import protocol
from baohe.adapters.transfer.answers import NO_ORIGINAL
from baohe.adapters.transfer.protocol import NAMESPACE, STATEMENT, amount_text, plain, time_text, written
from baohe.adapters.transfer.requests import Customer
from baohe.adapters.transfer.simulator import accounts
from baohe.kernel.dates import business_date
from baohe.plumbing import clock

_SETTLED_BY = {
    "payment": ("CRDT", "RCDT", "DMCT"),
    "payout": ("DBIT", "ICDT", "DMCT"),
    "refund": ("DBIT", "ICDT", "RRTN"),
}
"""Direction, family and sub-family of an entry in the standard's bank transaction codes."""


def rejection(reference: str, reason: str) -> bytes:
    e = protocol.writer(protocol.REJECTION)
    body = e(protocol.REJECTION, e.RltdRef(e.Ref(reference or "-")), e.Rsn(e.RjctgPtyRsn(reason)))
    return written(body)


def status(number: str, row: sqlite3.Row | None) -> bytes:
    """pain.002 about an instruction; None when the bank never saw the number."""
    e = protocol.writer(protocol.STATUS_REPORT)
    group = e.OrgnlGrpInfAndSts(e.OrgnlMsgId(number), e.OrgnlMsgNmId(protocol.INITIATION))
    if row is None:
        group.append(e.GrpSts("RJCT"))
        group.append(e.StsRsnInf(e.Rsn(e.Cd(NO_ORIGINAL))))
        return written(e.CstmrPmtStsRpt(_head(e), group))
    reason = [e.StsRsnInf(e.Rsn(e.Cd(row["reason"])))] if row["reason"] else []
    money = e.OrgnlTxRef(e.Amt(e.InstdAmt(amount_text(row["moved_fen"]), Ccy="CNY")))
    one = e.TxInfAndSts(e.OrgnlInstrId(number), e.OrgnlEndToEndId(number), e.TxSts(row["status"]), *reason, money)
    return written(e.CstmrPmtStsRpt(_head(e), group, e.OrgnlPmtInfAndSts(e.OrgnlPmtInfId(number), one)))


def duplicate(number: str) -> bytes:
    e = protocol.writer(protocol.STATUS_REPORT)
    group = e.OrgnlGrpInfAndSts(e.OrgnlMsgId(number), e.OrgnlMsgNmId(protocol.INITIATION))
    one = e.TxInfAndSts(
        e.OrgnlInstrId(number), e.OrgnlEndToEndId(number), e.TxSts("RJCT"), e.StsRsnInf(e.Rsn(e.Cd("AM05")))
    )
    return written(e.CstmrPmtStsRpt(_head(e), group, e.OrgnlPmtInfAndSts(e.OrgnlPmtInfId(number), one)))


def resolution(customer: Customer, case: str, code: str, outcome: str) -> bytes:
    """camt.029: `outcome` is CNCL or why the sub-account stays."""
    e = protocol.writer(protocol.RESOLUTION)
    us = e.FinInstnId(e.Nm(customer.account.bank))
    them = e.Pty(e.Id(e.OrgId(e.Othr(e.Id(customer.id)))))
    closed = outcome == "CNCL"
    reason = (
        [] if closed else [e.CxlStsRsnInf(e.Rsn(e.Cd(NO_ORIGINAL) if outcome == NO_ORIGINAL else e.Prtry(outcome)))]
    )
    one = e.TxInfAndSts(e.OrgnlEndToEndId(code), e.TxCxlSts("ACCR" if closed else "RJCR"), *reason)
    assignment = e.Assgnmt(e.Id(case), e.Assgnr(e.Agt(us)), e.Assgne(them), e.CreDtTm(time_text(clock.now())))
    return written(
        e.RsltnOfInvstgtn(
            assignment,
            e.Sts(e.Conf("CNCL" if closed else "RJCR")),
            e.CxlDtls(e.OrgnlPmtInfAndSts(e.OrgnlPmtInfId(code), one)),
        )
    )


def account_report(customer: Customer, question: str, request: Mapping[str, Any], credits: list[sqlite3.Row]) -> bytes:
    """camt.052 of one sub-account: what is expected there, what came, and whether it is still open."""
    e = protocol.writer(protocol.ACCOUNT_REPORT)
    expected = _balance(
        e, "XPCD", request["amount_fen"], business_date(datetime.fromtimestamp(request["expires_at"], UTC))
    )
    return written(
        e.BkToCstmrAcctRpt(
            _head(e, customer, question),
            e.Rpt(
                e.Id(secrets.token_hex(16)),
                e.Acct(_other(e, customer.account.number + request["code"]), e.Nm(request["order_number"])),
                expected,
                *(entry(e, customer, row) for row in credits),
                e.AddtlRptInf(request["status"]),
            ),
        )
    )


def notice(customer: Customer, row: Mapping[str, Any], state: str) -> bytes:
    """camt.054 about one credit, `BOOK` or on its way: `PDNG`."""
    e = protocol.writer(protocol.CREDIT_NOTICE)
    return written(
        e.BkToCstmrDbtCdtNtfctn(
            _head(e, customer),
            e.Ntfctn(
                e.Id(secrets.token_hex(16)),
                e.Acct(_other(e, customer.account.number)),
                entry(e, customer, row, state),
            ),
        )
    )


def statement(store: Store, faults: Faults, customer: Customer, question: str, day: date) -> bytes:
    """camt.053 of a day, as the switches bend it."""
    with store.write() as db:
        opening = accounts.balance_before(db, day.isoformat())
        rows = [dict(row) for row in db.execute("SELECT * FROM entry WHERE day = ? ORDER BY id", (day.isoformat(),))]
    told = list(bent_bill(rows, faults, _altered))
    return written_statement(customer, question, day, opening, told, torn_bill(told, faults))


def written_statement(
    customer: Customer,
    question: str,
    day: date,
    opening_fen: int,
    counted: list[dict[str, Any]],
    told: Iterator[dict[str, Any]],
) -> bytes:
    """The document, entry by entry; balances and totals are made of `counted`."""
    space, e = NAMESPACE + STATEMENT, protocol.writer(STATEMENT)
    credited = [row["amount_fen"] for row in counted if row["kind"] == "payment"]
    debited = [row["amount_fen"] for row in counted if row["kind"] != "payment"]
    closing_fen = opening_fen + sum(credited) - sum(debited)
    out = io.BytesIO()
    with etree.xmlfile(out, encoding="UTF-8") as file:
        file.write_declaration()
        with file.element(f"{{{space}}}Document", nsmap={None: space}), file.element(f"{{{space}}}BkToCstmrStmt"):
            file.write(_head(e, customer, question))
            with file.element(f"{{{space}}}Stmt"):
                file.write(e.Id(secrets.token_hex(16)))
                file.write(e.FrToDt(e.FrDtTm(f"{day}T00:00:00+08:00"), e.ToDtTm(f"{day}T23:59:59+08:00")))
                file.write(e.Acct(_other(e, customer.account.number), e.Nm(plain(customer.account.holder, 70))))
                file.write(_balance(e, "OPBD", opening_fen, day))
                file.write(_balance(e, "CLBD", closing_fen, day))
                file.write(
                    e.TxsSummry(
                        _total(e, "TtlNtries", credited + debited),
                        _total(e, "TtlCdtNtries", credited),
                        _total(e, "TtlDbtNtries", debited),
                    )
                )
                for row in told:
                    file.write(entry(e, customer, row))
    return out.getvalue()


def entry(e: Any, customer: Customer, row: Mapping[str, Any], state: str = "BOOK") -> Any:
    """One `Ntry`. The creditor of a credit is the sub-account by the name of its order, or the trust account."""
    direction, family, sub_family = _SETTLED_BY[row["kind"]]
    account = e("DbtrAcct" if row["kind"] == "payment" else "CdtrAcct", _other(e, _masked(row["party_account"])))
    name = e.Pty(e.Nm(plain(row["party"], 140)))
    if row["kind"] == "payment":
        to = e.CdtrAcct(_other(e, customer.account.number + row["code"]))
        if row["number"]:
            to.append(e.Nm(row["number"]))
        parties = e.RltdPties(e.Dbtr(name), account, to)
        if row["payee"]:
            parties.append(e.UltmtCdtr(e.Pty(e.Id(e.OrgId(e.Othr(e.Id(row["payee"])))))))
        references = e.Refs(e.AcctSvcrRef(row["reference"]))
    else:
        parties = e.RltdPties(e.Cdtr(name), account)
        references = e.Refs(e.AcctSvcrRef(row["reference"]), e.InstrId(row["number"]), e.EndToEndId(row["number"]))
    return e.Ntry(
        e.NtryRef(str(row["id"])),
        e.Amt(amount_text(row["amount_fen"]), Ccy="CNY"),
        e.CdtDbtInd(direction),
        e.Sts(e.Cd(state)),
        e.BookgDt(e.DtTm(row["booked_at"])),
        e.AcctSvcrRef(row["reference"]),
        e.BkTxCd(e.Domn(e.Cd("PMNT"), e.Fmly(e.Cd(family), e.SubFmlyCd(sub_family)))),
        e.NtryDtls(e.TxDtls(references, parties, e.RmtInf(e.Ustrd(plain(row["remark"], 140))))),
    )


def _altered(row: dict[str, Any], more_fen: int) -> dict[str, Any]:
    return {**row, "amount_fen": row["amount_fen"] + more_fen}


def _masked(account: str) -> str:
    """The bank tells a customer no more of another's account than the end of its number."""
    return f"****{account[-4:]}"


def _head(e: Any, customer: Customer | None = None, question: str = "") -> Any:
    head = e.GrpHdr(e.MsgId(secrets.token_hex(16)), e.CreDtTm(time_text(clock.now())))
    if customer is not None:
        head.append(e.MsgRcpt(e.Id(e.OrgId(e.Othr(e.Id(customer.id))))))
    if question:
        head.append(e.OrgnlBizQry(e.MsgId(question)))
    return head


def _balance(e: Any, code: str, fen: int, day: date) -> Any:
    return e.Bal(
        e.Tp(e.CdOrPrtry(e.Cd(code))),
        e.Amt(amount_text(abs(fen)), Ccy="CNY"),
        e.CdtDbtInd("DBIT" if fen < 0 else "CRDT"),
        e.Dt(e.Dt(day.isoformat())),
    )


def _total(e: Any, name: str, amounts: list[int]) -> Any:
    return e(name, e.NbOfNtries(str(len(amounts))), e.Sum(amount_text(sum(amounts))))


def _other(e: Any, number: str) -> Any:
    return e.Id(e.Othr(e.Id(number)))
