"""The trust account and its virtual sub-accounts: opened by a payment request, credited by what a remark names."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from baohe.adapters.simulating.store import Store, move
from baohe.adapters.transfer import protocol, remark
from baohe.adapters.transfer.answers import CLOSED, OPEN
from baohe.kernel.dates import business_date
from baohe.plumbing import clock

TRUST = "trust"
OPENING_FEN = 10_000_000_000
"""What lay on the trust account before the first day: a claim can be paid before the first premium came."""


class Refused(Exception):
    """What the bank will not open or book, and why, in a sentence for the page."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a payment request asks for."""

    order_number: str
    amount_fen: int
    currency: str
    payee: str
    payee_name: str
    subject: str
    expires_at: datetime
    return_url: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A transfer that a payer's bank sends. `press` is one press of a button: pressed twice it is sent once."""

    press: str
    amount_fen: int
    remark: str
    payer: str
    payer_account: str
    delay_seconds: float = 0.0


def open_request(store: Store, asked: Asked) -> sqlite3.Row:
    """The sub-account of an order, opened once. Raises `Refused`."""
    with store.write() as db:
        found = _request(db, asked.order_number)
        if found is None:
            if asked.expires_at <= clock.now():
                raise Refused("付款期限已过")
            try:
                db.execute(
                    "INSERT INTO request VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                    (
                        asked.order_number,
                        remark.code_of(asked.order_number),
                        secrets.token_urlsafe(24),
                        asked.amount_fen,
                        asked.currency,
                        asked.payee,
                        asked.payee_name,
                        asked.subject,
                        OPEN,
                        asked.return_url,
                        asked.expires_at.timestamp(),
                    ),
                )
            except sqlite3.IntegrityError as taken:
                # Two orders with one code: one in 2^50. The second cannot be paid this way, which harms nobody.
                raise Refused("附言码已被占用，请换一种方式付款") from taken
            found = _request(db, asked.order_number)
        if found is None or (found["amount_fen"], found["currency"]) != (asked.amount_fen, asked.currency):
            raise Refused("付款信息与首次打开时不一致")
        return found


def request(store: Store, *, token: str = "", order_number: str = "") -> sqlite3.Row | None:
    with store.write() as db:
        _expire(db)
        found: sqlite3.Row | None = db.execute(
            "SELECT * FROM request WHERE token = ? OR order_number = ?", (token, order_number)
        ).fetchone()
        return found


def close(store: Store, order_number: str) -> str:
    """`CNCL`, or why not: `PAID`, `NOOR`."""
    with store.write() as db:
        if _request(db, order_number) is None:
            return "NOOR"
        if _credits(db, order_number):
            return "PAID"
        db.execute("UPDATE request SET status = ? WHERE order_number = ?", (CLOSED, order_number))
        return "CNCL"


def credits_of(store: Store, order_number: str) -> list[sqlite3.Row]:
    with store.write() as db:
        return _credits(db, order_number)


def send(store: Store, transfer: Incoming) -> None:
    """Put a transfer on its way; it is booked when it is due."""
    with store.write() as db:
        db.execute(
            "INSERT OR IGNORE INTO incoming VALUES (?, ?, ?, ?, ?, ?, 0)",
            (
                transfer.press,
                transfer.amount_fen,
                transfer.remark,
                transfer.payer,
                transfer.payer_account,
                clock.now().timestamp() + transfer.delay_seconds,
            ),
        )


def book_incoming(store: Store) -> list[sqlite3.Row]:
    """Book every transfer that has arrived; returns the new credits."""
    booked = []
    with store.write() as db:
        due = db.execute(
            "SELECT * FROM incoming WHERE booked = 0 AND due_at <= ? ORDER BY due_at LIMIT 100",
            (clock.now().timestamp(),),
        ).fetchall()
        for row in due:
            db.execute("UPDATE incoming SET booked = 1 WHERE press = ?", (row["press"],))
            named = _named(db, row["remark"])
            number, code, payee = (named["order_number"], named["code"], named["payee"]) if named else ("", "", "")
            booked.append(
                book(
                    db,
                    kind="payment",
                    number=number,
                    code=code,
                    payee=payee,
                    amount_fen=row["amount_fen"],
                    party=row["payer"],
                    party_account=row["payer_account"],
                    words=row["remark"],
                )
            )
    return booked


def book(
    db: sqlite3.Connection,
    *,
    kind: str,
    number: str,
    amount_fen: int,
    party: str,
    party_account: str,
    words: str,
    code: str = "",
    payee: str = "",
) -> sqlite3.Row:
    """One entry on the trust account, at this moment, inside the caller's transaction."""
    moment = clock.now()
    day = business_date(moment).isoformat()
    reference = f"{day.replace('-', '')}{secrets.randbelow(10**16):016d}"
    db.execute(
        "INSERT INTO entry (reference, day, booked_at, kind, number, code, payee, amount_fen, party, party_account,"
        " remark) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (
            reference,
            day,
            protocol.time_text(moment),
            kind,
            number,
            code,
            payee,
            amount_fen,
            party,
            party_account,
            words,
        ),
    )
    source, target = ("payer", TRUST) if kind == "payment" else (TRUST, f"payee:{party_account}")
    move(db, source, target, amount_fen, reference)
    booked: sqlite3.Row = db.execute("SELECT * FROM entry WHERE reference = ?", (reference,)).fetchone()
    return booked


def balance_before(db: sqlite3.Connection, day: str) -> int:
    """Fen on the trust account when `day` began; with a day far away, now."""
    row = db.execute(
        "SELECT coalesce(sum(CASE kind WHEN 'payment' THEN amount_fen ELSE -amount_fen END), 0) AS total"
        " FROM entry WHERE day < ?",
        (day,),
    ).fetchone()
    return OPENING_FEN + int(row["total"])


def _request(db: sqlite3.Connection, order_number: str) -> sqlite3.Row | None:
    _expire(db)
    found: sqlite3.Row | None = db.execute("SELECT * FROM request WHERE order_number = ?", (order_number,)).fetchone()
    return found


def _named(db: sqlite3.Connection, words: str) -> sqlite3.Row | None:
    """The order that a remark names. A closed sub-account is still named: money that comes late has its number too,
    so that it can be sent back."""
    for code in remark.find_codes(words):
        found: sqlite3.Row | None = db.execute("SELECT * FROM request WHERE code = ?", (code,)).fetchone()
        if found is not None:
            return found
    return None


def _credits(db: sqlite3.Connection, order_number: str) -> list[sqlite3.Row]:
    return db.execute(
        "SELECT * FROM entry WHERE number = ? AND kind = 'payment' ORDER BY id", (order_number,)
    ).fetchall()


def _expire(db: sqlite3.Connection) -> None:
    db.execute(
        "UPDATE request SET status = ? WHERE status = ? AND expires_at <= ?", (CLOSED, OPEN, clock.now().timestamp())
    )
