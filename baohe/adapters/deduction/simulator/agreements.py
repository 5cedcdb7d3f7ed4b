"""Agreements: opened by a signed visit, signed by the payer with a test card, ended by either side."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Mapping

from baohe.adapters.deduction import protocol
from baohe.adapters.deduction.simulator.cards import BANK, CARDS
from baohe.adapters.simulating.store import Store
from baohe.kernel.names import name_digest
from baohe.plumbing import clock

STATES = {"waiting": "0", "active": "1", "ended": "2"}


class Refusal(Exception):
    """A signed no of the network."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message


def open_(store: Store, request: Mapping[str, str]) -> sqlite3.Row:
    """The agreement of a number; opened by the first visit of its page."""
    key = (request["orderId"], request["txnTime"])
    with store.write() as db:
        db.execute(
            "INSERT OR IGNORE INTO agreement (order_id, txn_time, token, state, front_url, reserved, created_at)"
            " VALUES (?, ?, ?, 'waiting', ?, ?, ?)",
            (
                *key,
                secrets.token_urlsafe(24),
                request.get("frontUrl", ""),
                request.get("reqReserved", "")[:64],
                protocol.network_time(clock.now()),
            ),
        )
        found: sqlite3.Row = db.execute("SELECT * FROM agreement WHERE order_id = ? AND txn_time = ?", key).fetchone()
        if digest := request.get("customerNm", "")[:64]:
            db.execute("INSERT OR IGNORE INTO name_check VALUES (?, ?)", (found["token"], digest))
        return found


def by_token(store: Store, token: str) -> sqlite3.Row | None:
    with store.write() as db:
        found: sqlite3.Row | None = db.execute("SELECT * FROM agreement WHERE token = ?", (token,)).fetchone()
        return found


def sign(store: Store, token: str, last_four: str, owner: str = "") -> None:
    """The payer agrees with one of the test cards. A second signature changes nothing. `owner` is whose card it is,
    "" for the payer's own. Raises `Refusal`, also for a card in another name."""
    if last_four not in CARDS:
        raise Refusal("61", "请选择一张测试卡")
    with store.write() as db:
        found = db.execute("SELECT * FROM agreement WHERE token = ?", (token,)).fetchone()
        digest = _checked_name(db, token)
        if owner and found is not None and digest and name_digest(found["reserved"], owner) != digest:
            raise Refusal("66", "这张卡的户名不是投保人本人")
        db.execute(
            "UPDATE agreement SET state = 'active', bind_id = ?, card_token = ?, last_four = ?, signed_at = ?"
            " WHERE token = ? AND state = 'waiting'",
            (
                f"B{secrets.randbelow(10**15):015d}",
                secrets.token_hex(16),
                last_four,
                protocol.network_time(clock.now()),
                token,
            ),
        )


def give_up(store: Store, token: str) -> None:
    """The payer turned away: a waiting agreement ends, a signed one stays."""
    with store.write() as db:
        db.execute(
            "UPDATE agreement SET state = 'ended', ended_at = ? WHERE token = ? AND state = 'waiting'",
            (protocol.network_time(clock.now()), token),
        )


def end(db: sqlite3.Connection, request: Mapping[str, str]) -> dict[str, str]:
    """txnType 74. Ending what has ended is a success again. Raises `Refusal`."""
    found = of_bind_id(db, request.get("bindId", ""))
    if found is None:
        raise Refusal("40", "绑定关系检查失败")
    db.execute(
        "UPDATE agreement SET state = 'ended', ended_at = coalesce(ended_at, ?) WHERE bind_id = ?",
        (protocol.network_time(clock.now()), found["bind_id"]),
    )
    return {"bindId": found["bind_id"]}


def state(db: sqlite3.Connection, request: Mapping[str, str]) -> dict[str, str]:
    """txnType 75: what stands of the agreement of a number. Raises `Refusal`."""
    found = db.execute(
        "SELECT * FROM agreement WHERE order_id = ? AND txn_time = ?", (request["orderId"], request["txnTime"])
    ).fetchone()
    if found is None:
        raise Refusal(protocol.NOT_FOUND, "查无此交易")
    checked = {"customerNmCheck": "T"} if _checked_name(db, found["token"]) else {}
    words = {**checked, "activateStatus": STATES[found["state"]], "bindId": found["bind_id"] or ""}
    if found["last_four"]:
        words |= {"accNo": CARDS[found["last_four"]].masked, "issInsName": BANK}
    return words


def _checked_name(db: sqlite3.Connection, token: str) -> str:
    row = db.execute("SELECT digest FROM name_check WHERE token = ?", (token,)).fetchone()
    return "" if row is None else str(row["digest"])


def of_bind_id(db: sqlite3.Connection, bind_id: str) -> sqlite3.Row | None:
    found: sqlite3.Row | None = db.execute("SELECT * FROM agreement WHERE bind_id = ?", (bind_id,)).fetchone()
    return found
