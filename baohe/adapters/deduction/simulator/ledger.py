"""What the network does with money: deductions, refunds, payouts. It accepts first and decides when it is due."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from baohe.adapters.deduction import protocol
from baohe.adapters.deduction.simulator import agreements
from baohe.adapters.deduction.simulator.agreements import Refusal
from baohe.adapters.deduction.simulator.cards import CARDS
from baohe.adapters.simulating.faults import Faults, part_refunded
from baohe.adapters.simulating.store import move
from baohe.plumbing import clock

MERCHANT = "merchant"
_ACCEPTED = "05"


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What will become of a request: decided by the card and the switches when it is accepted."""

    code: str
    bind_id: str
    undecided_seconds: int = 0
    orig_query_id: str = ""


def accept(db: sqlite3.Connection, request: Mapping[str, str], faults: Faults) -> dict[str, str]:
    """txnTypes 11, 04 and 12. The pair of number and time is worked off once. Raises `Refusal`."""
    amount_fen = protocol.read_fen(request.get("txnAmt", ""))
    if not amount_fen:
        raise Refusal("10", "报文格式错误：txnAmt")
    if _of(db, request) is not None:
        raise Refusal(protocol.DUPLICATE, "重复交易")
    kind = request["txnType"]
    verdict = _VERDICTS[kind](db, request, amount_fen)
    code = "30" if faults.strikes("refuse") else verdict.code
    moved_fen = amount_fen
    if code == protocol.OK and kind == protocol.REFUND[0] and faults.strikes("refund_partly"):
        code, moved_fen = protocol.DEFECTIVE, part_refunded(amount_fen)
    wait = max(verdict.undecided_seconds, faults.size("undecided"))
    now = clock.now()
    db.execute(
        "INSERT INTO txn (order_id, txn_time, kind, query_id, trace_no, amount_fen, moved_fen, bind_id, orig_query_id,"
        " sub_mer_id, reserved, back_url, code, verdict, due_at, accepted_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            request["orderId"],
            request["txnTime"],
            kind,
            f"{protocol.network_time(now)}{secrets.randbelow(10**7):07d}",
            f"{secrets.randbelow(10**6):06d}",
            amount_fen,
            moved_fen,
            verdict.bind_id,
            verdict.orig_query_id,
            request.get("subMerId", "")[:64],
            request.get("reqReserved", "")[:64],
            request.get("backUrl", ""),
            _ACCEPTED,
            code,
            now.timestamp() + wait,
            protocol.network_time(now),
        ),
    )
    found = _of(db, request)
    return {"queryId": found["query_id"]} if found is not None else {}


def decide(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Decide everything that is due; gives the deductions that were decided now, to be told of."""
    now = clock.now()
    due = db.execute("SELECT * FROM txn WHERE code = ? AND due_at <= ?", (_ACCEPTED, now.timestamp())).fetchall()
    for row in due:
        db.execute(
            "UPDATE txn SET code = verdict, decided_at = ? WHERE query_id = ?",
            (protocol.network_time(now), row["query_id"]),
        )
        if has_moved(row["verdict"]):
            card, amount_fen = f"card:{row['bind_id']}", row["moved_fen"]
            source, target = (card, MERCHANT) if row["kind"] == protocol.DEDUCT[0] else (MERCHANT, card)
            move(db, source, target, amount_fen, row["query_id"])
    numbers = [row["query_id"] for row in due if row["kind"] == protocol.DEDUCT[0]]
    return [db.execute("SELECT * FROM txn WHERE query_id = ?", (number,)).fetchone() for number in numbers]


def has_moved(code: str) -> bool:
    return code in (protocol.OK, protocol.DEFECTIVE)


def query(db: sqlite3.Connection, request: Mapping[str, str]) -> dict[str, str]:
    """txnType 00. Raises `Refusal`."""
    row = _of(db, request)
    if row is None:
        raise Refusal(protocol.NOT_FOUND, "查无此交易")
    return {"origRespCode": row["code"], **facts(row)}


def facts(row: sqlite3.Row) -> dict[str, str]:
    """What the network tells of a transaction, in a query and in a notification alike."""
    return {
        "queryId": row["query_id"],
        "traceNo": row["trace_no"],
        "traceTime": (row["decided_at"] or row["accepted_at"])[4:],
        "txnAmt": str(row["moved_fen"]),
        "currencyCode": protocol.YUAN,
        "subMerId": row["sub_mer_id"],
        "reqReserved": row["reserved"],
    }


def _deduction(db: sqlite3.Connection, request: Mapping[str, str], amount_fen: int) -> _Verdict:
    found = agreements.of_bind_id(db, request.get("bindId", ""))
    if found is None or found["state"] != "active":
        return _Verdict("40", request.get("bindId", ""))
    card = CARDS[found["last_four"]]
    return _Verdict(card.code, found["bind_id"], card.undecided_seconds)


def _refund(db: sqlite3.Connection, request: Mapping[str, str], amount_fen: int) -> _Verdict:
    """The sum of all refunds, those under way included, never passes what was paid."""
    number = request.get("origQryId", "")
    paid = db.execute("SELECT * FROM txn WHERE query_id = ? AND kind = '11'", (number,)).fetchone()
    if paid is None or paid["code"] != protocol.OK:
        return _Verdict("35", "", orig_query_id=number)
    taken = db.execute(
        "SELECT coalesce(sum(moved_fen), 0) AS fen FROM txn"
        " WHERE orig_query_id = ? AND kind = '04' AND verdict IN ('00', 'A6')",
        (number,),
    ).fetchone()["fen"]
    code = protocol.OK if taken + amount_fen <= paid["moved_fen"] else "36"
    return _Verdict(code, paid["bind_id"], orig_query_id=number)


def _payout(db: sqlite3.Connection, request: Mapping[str, str], amount_fen: int) -> _Verdict:
    found = agreements.of_bind_id(db, request.get("bindId", ""))
    if found is None:
        return _Verdict("40", request.get("bindId", ""))
    return _Verdict("63" if CARDS[found["last_four"]].refuses_payout else protocol.OK, found["bind_id"])


def _of(db: sqlite3.Connection, request: Mapping[str, str]) -> sqlite3.Row | None:
    found: sqlite3.Row | None = db.execute(
        "SELECT * FROM txn WHERE order_id = ? AND txn_time = ?", (request["orderId"], request["txnTime"])
    ).fetchone()
    return found


_VERDICTS = {protocol.DEDUCT[0]: _deduction, protocol.REFUND[0]: _refund, protocol.PAYOUT[0]: _payout}
