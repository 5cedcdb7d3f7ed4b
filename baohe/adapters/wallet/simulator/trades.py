"""What the wallet does with money: trades, refunds, transfers; each number is worked off once."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from baohe.adapters.simulating.faults import Faults, part_refunded
from baohe.adapters.simulating.store import Store, move
from baohe.adapters.wallet import protocol
from baohe.kernel.names import name_digest
from baohe.plumbing import clock

PAYER = "demo-payer"
MERCHANT = "merchant"
REJECTED_PAYEE = "payee-that-does-not-exist"


class Refusal(Exception):
    """A signed no of the wallet, with its sub code."""

    def __init__(self, sub_code: str, sub_msg: str, code: str = protocol.REFUSED) -> None:
        super().__init__(sub_code)
        self.code = code
        self.sub_code = sub_code
        self.sub_msg = sub_msg


def open_trade(store: Store, request: Mapping[str, str], business: Mapping[str, Any]) -> sqlite3.Row:
    """The trade of an order number; opened by the first visit of its cashier page. Raises `Refusal`."""
    number = _number(business, "out_trade_no")
    amount_fen = _amount(business, "total_amount")
    expires = protocol.read_time(str(business.get("time_expire", ""))) or clock.now() + timedelta(minutes=30)
    with store.write() as db:
        trade = _trade(db, number)
        if trade is None:
            if expires <= clock.now():
                raise Refusal("ACQ.TRADE_HAS_CLOSE", "交易已经关闭")
            extend = business.get("extend_params")
            name = extend.get("specified_seller_name", "") if isinstance(extend, dict) else ""
            db.execute(
                "INSERT INTO trade (out_trade_no, trade_no, token, app_id, amount_fen, subject, payee, payee_name,"
                " status, notify_url, return_url, created_at, expires_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
                (
                    number,
                    _fresh_number(),
                    secrets.token_urlsafe(24),
                    request.get("app_id", ""),
                    amount_fen,
                    str(business.get("subject", ""))[:256],
                    str(business.get("seller_id", ""))[:64],
                    str(name)[:64],
                    "WAIT_BUYER_PAY",
                    request.get("notify_url", ""),
                    request.get("return_url", ""),
                    protocol.wallet_time(clock.now()),
                    protocol.wallet_time(expires),
                ),
            )
            if digest := _asked_name(business):
                db.execute("INSERT INTO name_check VALUES (?, ?)", (number, digest))
            trade = _trade(db, number)
        if trade is None or trade["amount_fen"] != amount_fen:
            raise Refusal("ACQ.CONTEXT_INCONSISTENT", "交易信息被篡改")
        return trade


def trade_by_token(store: Store, token: str) -> sqlite3.Row | None:
    with store.write() as db:
        _expire(db)
        found: sqlite3.Row | None = db.execute("SELECT * FROM trade WHERE token = ?", (token,)).fetchone()
        return found


def pay(store: Store, token: str, payer: str = "") -> tuple[sqlite3.Row, bool]:
    """Take the money; the second value says whether it happened now. `payer` is the real name of another wallet's
    owner, "" for the wallet of the one who was sent here. Raises `Refusal`."""
    with store.write() as db:
        _expire(db)
        trade = db.execute("SELECT * FROM trade WHERE token = ?", (token,)).fetchone()
        if trade is None:
            raise Refusal("ACQ.TRADE_NOT_EXIST", "交易不存在")
        if trade["status"] == "TRADE_SUCCESS":
            return trade, False
        if trade["status"] != "WAIT_BUYER_PAY":
            raise Refusal("ACQ.TRADE_HAS_CLOSE", "交易已经关闭")
        digest = checked_name(db, trade["out_trade_no"])
        if payer and digest and name_digest(trade["out_trade_no"], payer) != digest:
            raise Refusal("ACQ.BUYER_NOT_EQUAL", "付款账户的实名不是投保人本人")
        db.execute(
            "UPDATE trade SET status = 'TRADE_SUCCESS', paid_at = ? WHERE token = ?",
            (protocol.wallet_time(clock.now()), token),
        )
        move(db, PAYER, MERCHANT, trade["amount_fen"], trade["trade_no"])
        return db.execute("SELECT * FROM trade WHERE token = ?", (token,)).fetchone(), True


def checked_name(db: sqlite3.Connection, number: str) -> str:
    """The digest of the name that must pay a trade; only that name's wallet does. "" when anybody may."""
    row = db.execute("SELECT digest FROM name_check WHERE out_trade_no = ?", (number,)).fetchone()
    return "" if row is None else str(row["digest"])


def cancel(store: Store, token: str) -> None:
    """The customer gave up: an unpaid trade is closed, a paid one stays paid."""
    with store.write() as db:
        db.execute("UPDATE trade SET status = 'TRADE_CLOSED' WHERE token = ? AND status = 'WAIT_BUYER_PAY'", (token,))


def query(store: Store, business: Mapping[str, Any]) -> dict[str, Any]:
    with store.write() as db:
        _expire(db)
        trade = _known_trade(db, business)
        return {
            "out_trade_no": trade["out_trade_no"],
            "trade_no": trade["trade_no"],
            "trade_status": trade["status"],
            "total_amount": protocol.yuan_text(trade["amount_fen"]),
            "trans_currency": "CNY",
            **({"send_pay_date": trade["paid_at"]} if trade["paid_at"] else {}),
            **({"buyer_name_match": "T"} if checked_name(db, trade["out_trade_no"]) and trade["paid_at"] else {}),
        }


def close(store: Store, business: Mapping[str, Any]) -> dict[str, Any]:
    with store.write() as db:
        trade = _known_trade(db, business)
        if trade["status"] == "TRADE_SUCCESS":
            raise Refusal("ACQ.TRADE_STATUS_ERROR", "交易状态不合法")
        db.execute("UPDATE trade SET status = 'TRADE_CLOSED' WHERE out_trade_no = ?", (trade["out_trade_no"],))
        return {"out_trade_no": trade["out_trade_no"], "trade_no": trade["trade_no"]}


def refund(store: Store, business: Mapping[str, Any], faults: Faults) -> dict[str, Any]:
    """Part or all of a paid trade goes back; the sum of all refunds never passes what was paid."""
    request_number, asked_fen = _number(business, "out_request_no"), _amount(business, "refund_amount")
    with store.write() as db:
        trade = _known_trade(db, business)
        number = trade["out_trade_no"]
        if trade["status"] != "TRADE_SUCCESS":
            raise Refusal("ACQ.TRADE_NOT_ALLOW_REFUND", "当前交易不允许退款")
        earlier = _refund(db, number, request_number)
        if earlier is not None and _asked_fen(db, earlier) != asked_fen:
            raise Refusal("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", "退款金额与首次请求不一致")
        if earlier is None:
            if _refunded(db, number) + asked_fen > trade["amount_fen"]:
                raise Refusal("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", "退款金额超限")
            moved_fen = part_refunded(asked_fen) if faults.strikes("refund_partly") else asked_fen
            _give_back(db, number, request_number, asked_fen, moved_fen)
        row = _refund(db, number, request_number)
        return {
            "out_trade_no": number,
            "trade_no": trade["trade_no"],
            "fund_change": "N" if earlier is not None else "Y",
            "refund_fee": protocol.yuan_text(_refunded(db, number)),
            "send_back_fee": protocol.yuan_text(row["amount_fen"] if row is not None else 0),
        }


def refund_query(store: Store, business: Mapping[str, Any]) -> dict[str, Any]:
    """As the protocol has it: an unknown refund is an answer without amounts, not a refusal."""
    with store.write() as db:
        trade = _known_trade(db, business)
        row = _refund(db, trade["out_trade_no"], _number(business, "out_request_no"))
        if row is None:
            return {}
        return {
            "out_trade_no": trade["out_trade_no"],
            "trade_no": trade["trade_no"],
            "out_request_no": row["out_request_no"],
            "refund_amount": protocol.yuan_text(row["amount_fen"]),
            "refund_status": "REFUND_SUCCESS",
        }


def transfer(store: Store, business: Mapping[str, Any]) -> dict[str, Any]:
    number, amount_fen = _number(business, "out_biz_no"), _amount(business, "trans_amount")
    payee_info = business.get("payee_info")
    payee = str(payee_info.get("identity", "")) if isinstance(payee_info, dict) else ""
    if not payee or payee == REJECTED_PAYEE:
        raise Refusal("PAYEE_NOT_EXIST", "收款账号不存在")
    with store.write() as db:
        row = db.execute("SELECT * FROM transfer WHERE out_biz_no = ?", (number,)).fetchone()
        if row is not None and (row["amount_fen"], row["payee"]) != (amount_fen, payee):
            raise Refusal("DUPLICATED_BIZ_NO", "同一单号的内容不一致", code=protocol.BAD_REQUEST)
        if row is None:
            db.execute(
                "INSERT INTO transfer VALUES (?, ?, ?, ?, ?)",
                (number, _fresh_number(), payee, amount_fen, protocol.wallet_time(clock.now())),
            )
            move(db, MERCHANT, f"payee:{payee}", amount_fen, number)
            row = db.execute("SELECT * FROM transfer WHERE out_biz_no = ?", (number,)).fetchone()
        return _transferred(row)


def transfer_query(store: Store, business: Mapping[str, Any]) -> dict[str, Any]:
    with store.write() as db:
        row = db.execute("SELECT * FROM transfer WHERE out_biz_no = ?", (_number(business, "out_biz_no"),)).fetchone()
    if row is None:
        raise Refusal("ORDER_NOT_EXIST", "转账单据不存在")
    return _transferred(row)


def _transferred(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "out_biz_no": row["out_biz_no"],
        "order_id": row["order_id"],
        "status": "SUCCESS",
        "trans_amount": protocol.yuan_text(row["amount_fen"]),
        "trans_date": row["created_at"],
    }


def _trade(db: sqlite3.Connection, number: str) -> sqlite3.Row | None:
    found: sqlite3.Row | None = db.execute("SELECT * FROM trade WHERE out_trade_no = ?", (number,)).fetchone()
    return found


def _known_trade(db: sqlite3.Connection, business: Mapping[str, Any]) -> sqlite3.Row:
    trade = _trade(db, _number(business, "out_trade_no"))
    if trade is None:
        raise Refusal("ACQ.TRADE_NOT_EXIST", "交易不存在")
    return trade


def _refund(db: sqlite3.Connection, number: str, request_number: str) -> sqlite3.Row | None:
    found: sqlite3.Row | None = db.execute(
        "SELECT * FROM refund WHERE out_trade_no = ? AND out_request_no = ?", (number, request_number)
    ).fetchone()
    return found


def _give_back(db: sqlite3.Connection, number: str, request_number: str, asked_fen: int, moved_fen: int) -> None:
    db.execute(
        "INSERT INTO refund VALUES (?, ?, ?, ?)",
        (number, request_number, moved_fen, protocol.wallet_time(clock.now())),
    )
    if moved_fen != asked_fen:
        db.execute("INSERT INTO partial_refund VALUES (?, ?, ?)", (number, request_number, asked_fen))
    move(db, MERCHANT, PAYER, moved_fen, request_number)


def _asked_fen(db: sqlite3.Connection, refund: sqlite3.Row) -> int:
    """What a refund was asked for: more than went back when the wallet refunded in part."""
    partial = db.execute(
        "SELECT asked_fen FROM partial_refund WHERE out_trade_no = ? AND out_request_no = ?",
        (refund["out_trade_no"], refund["out_request_no"]),
    ).fetchone()
    return int(partial["asked_fen"] if partial is not None else refund["amount_fen"])


def _refunded(db: sqlite3.Connection, number: str) -> int:
    row = db.execute("SELECT coalesce(sum(amount_fen), 0) AS total FROM refund WHERE out_trade_no = ?", (number,))
    return int(row.fetchone()["total"])


def _expire(db: sqlite3.Connection) -> None:
    db.execute(
        "UPDATE trade SET status = 'TRADE_CLOSED' WHERE status = 'WAIT_BUYER_PAY' AND expires_at <= ?",
        (protocol.wallet_time(clock.now()),),
    )


def _fresh_number() -> str:
    """28 digits that begin with the day, as wallets number their own papers."""
    day = protocol.wallet_time(clock.now())[:10].replace("-", "")
    return f"{day}{secrets.randbelow(10**20):020d}"


def _number(business: Mapping[str, Any], name: str) -> str:
    value = business.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= 64:
        raise Refusal("ACQ.INVALID_PARAMETER", f"参数无效：{name}", code=protocol.BAD_REQUEST)
    return value


def _asked_name(business: Mapping[str, Any]) -> str:
    asked = business.get("ext_user_info")
    if not isinstance(asked, dict) or asked.get("need_check_info") != "T":
        return ""
    return str(asked.get("name_digest", ""))[:64]


def _amount(business: Mapping[str, Any], name: str) -> int:
    amount_fen = protocol.read_yuan(str(business.get(name, "")))
    if not amount_fen:
        raise Refusal("ACQ.INVALID_PARAMETER", f"参数无效：{name}", code=protocol.BAD_REQUEST)
    return amount_fen
