"""Agreements: opened by a signed visit, signed by the payer with a test card, ended by either side."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Mapping

from baohe.adapters.deduction import protocol
from baohe.adapters.deduction.simulator.cards import BANK, CARDS
from baohe.adapters.simulating.store import Store
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
        return found


def by_token(store: Store, token: str) -> sqlite3.Row | None:
    with store.write() as db:
        found: sqlite3.Row | None = db.execute("SELECT * FROM agreement WHERE token = ?", (token,)).fetchone()
        return found


def sign(store: Store, token: str, last_four: str) -> None:
    """The payer agrees with one of the test cards. A second signature changes nothing. Raises `Refusal`."""
    if last_four not in CARDS:
        raise Refusal("61", "请选择一张测试卡")
    with store.write() as db:
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
    words = {"activateStatus": STATES[found["state"]], "bindId": found["bind_id"] or ""}
    if found["last_four"]:
        words |= {"accNo": CARDS[found["last_four"]].masked, "issInsName": BANK}
    return words


def of_bind_id(db: sqlite3.Connection, bind_id: str) -> sqlite3.Row | None:
    found: sqlite3.Row | None = db.execute("SELECT * FROM agreement WHERE bind_id = ?", (bind_id,)).fetchone()
    return found
