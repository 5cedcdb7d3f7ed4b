"""Money out: payouts and refunds by pain.001. Each number is worked off once, and keeps its answer for ever."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from baohe.adapters.simulating.faults import Faults, part_refunded
from baohe.adapters.simulating.store import Store
from baohe.adapters.transfer.simulator import accounts
from baohe.plumbing import clock

CLOSED_ACCOUNT = "6222020000000000000"
"""An account that was closed: nothing can be paid to it, and what came from it cannot go back."""

_FOREVER = "9999-12-31"


class Duplicate(Exception):
    """The number was used for something else: nothing is said about this instruction but that it is not the first."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """`credit` is the bank's reference of the money that a refund gives back; a payout names account and holder."""

    number: str
    kind: str
    amount_fen: int
    party: str
    party_account: str
    credit: str
    memo: str


def instruct(store: Store, faults: Faults, wanted: Instruction) -> sqlite3.Row:
    """Work an instruction off, or give the answer of the first time. Raises `Duplicate`."""
    known = status(store, wanted.number)
    if known is None:
        # The switches are asked before the transaction: they have their own.
        refused, pending = faults.strikes("refuse"), faults.size("pending")
        partly = wanted.kind == "refund" and faults.strikes("refund_partly")
        with store.write() as db:
            if _row(db, wanted.number) is None:
                _write_down(db, wanted, part_refunded(wanted.amount_fen) if partly else wanted.amount_fen, pending)
                if refused:
                    _end(db, wanted.number, "RJCT", "AM04")
        settle_due(store)
        known = status(store, wanted.number)
    if known is None or not _same(known, wanted):
        raise Duplicate
    return known


def status(store: Store, number: str) -> sqlite3.Row | None:
    settle_due(store)
    with store.write() as db:
        return _row(db, number)


def settle_due(store: Store) -> None:
    """Settle every instruction whose time has come."""
    with store.write() as db:
        for row in db.execute(
            "SELECT * FROM instruction WHERE status = 'PDNG' AND due_at <= ? ORDER BY due_at LIMIT 100",
            (clock.now().timestamp(),),
        ).fetchall():
            reason = _why_not(db, row)
            if reason:
                _end(db, row["number"], "RJCT", reason)
                continue
            accounts.book(
                db,
                kind=row["kind"],
                number=row["number"],
                amount_fen=row["moved_fen"],
                party=row["party"],
                party_account=row["party_account"],
                words=row["memo"],
            )
            _end(db, row["number"], "ACSC", "")


def _write_down(db: sqlite3.Connection, wanted: Instruction, moved_fen: int, pending_seconds: int) -> None:
    party, account = wanted.party, wanted.party_account
    if wanted.kind == "refund":
        credit = _credit(db, wanted.credit)
        party, account = (credit["party"], credit["party_account"]) if credit else ("", "")
    db.execute(
        "INSERT INTO instruction VALUES (?,?,?,?,?,?,?,?,'PDNG','',?)",
        (
            wanted.number,
            wanted.kind,
            wanted.amount_fen,
            moved_fen,
            party,
            account,
            wanted.credit,
            wanted.memo,
            clock.now().timestamp() + pending_seconds,
        ),
    )


def _why_not(db: sqlite3.Connection, row: sqlite3.Row) -> str:
    """The standard's reason for a no, "" when the money may go."""
    account = row["party_account"]
    if not 8 <= len(account) <= 34 or not account.isascii() or not account.isalnum():
        return "AC01"
    if account == CLOSED_ACCOUNT:
        return "AC04"
    if row["kind"] == "refund" and _given_back(db, row["credit"]) > _credit_fen(db, row["credit"]):
        return "AM02"
    if row["moved_fen"] > accounts.balance_before(db, _FOREVER):
        return "AM04"
    return ""


def _end(db: sqlite3.Connection, number: str, word: str, reason: str) -> None:
    db.execute("UPDATE instruction SET status = ?, reason = ? WHERE number = ?", (word, reason, number))


def _same(row: sqlite3.Row, wanted: Instruction) -> bool:
    told = (row["kind"], row["amount_fen"], row["credit"])
    account = wanted.kind == "refund" or row["party_account"] == wanted.party_account
    return account and told == (wanted.kind, wanted.amount_fen, wanted.credit)


def _row(db: sqlite3.Connection, number: str) -> sqlite3.Row | None:
    found: sqlite3.Row | None = db.execute("SELECT * FROM instruction WHERE number = ?", (number,)).fetchone()
    return found


def _credit(db: sqlite3.Connection, reference: str) -> sqlite3.Row | None:
    found: sqlite3.Row | None = db.execute(
        "SELECT * FROM entry WHERE reference = ? AND kind = 'payment'", (reference,)
    ).fetchone()
    return found


def _credit_fen(db: sqlite3.Connection, reference: str) -> int:
    credit = _credit(db, reference)
    return int(credit["amount_fen"]) if credit else 0


def _given_back(db: sqlite3.Connection, reference: str) -> int:
    """All refunds of a credit that were not refused, the one at hand among them."""
    row = db.execute(
        "SELECT coalesce(sum(amount_fen), 0) AS total FROM instruction WHERE credit = ? AND status <> 'RJCT'",
        (reference,),
    ).fetchone()
    return int(row["total"])
