"""What the simulated wallet remembers, in one SQLite file. A commit is on the disk before anyone hears of it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_TABLES = """
CREATE TABLE IF NOT EXISTS trade (
    out_trade_no TEXT PRIMARY KEY, trade_no TEXT NOT NULL UNIQUE, token TEXT NOT NULL UNIQUE, app_id TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0), subject TEXT NOT NULL, payee TEXT NOT NULL,
    payee_name TEXT NOT NULL, status TEXT NOT NULL, notify_url TEXT NOT NULL, return_url TEXT NOT NULL,
    created_at TEXT NOT NULL, paid_at TEXT, expires_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS refund (
    out_trade_no TEXT NOT NULL REFERENCES trade, out_request_no TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0), created_at TEXT NOT NULL,
    PRIMARY KEY (out_trade_no, out_request_no));
CREATE TABLE IF NOT EXISTS transfer (
    out_biz_no TEXT PRIMARY KEY, order_id TEXT NOT NULL, payee TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0), created_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS movement (
    id INTEGER PRIMARY KEY, account TEXT NOT NULL, amount_fen INTEGER NOT NULL, ref TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS movement_account ON movement (account);
CREATE TABLE IF NOT EXISTS outgoing (
    id INTEGER PRIMARY KEY, notify_url TEXT NOT NULL, body TEXT NOT NULL, due_at REAL NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, answered TEXT, done INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS outgoing_due ON outgoing (done, due_at);
CREATE TABLE IF NOT EXISTS fault (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
"""


class Store:
    """One connection behind one lock: a simulator needs order more than speed."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.executescript(_TABLES)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction; whoever leaves the block without an error has it on the disk."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def balance(self, account: str) -> int:
        """Fen on an account: the sum of its movements."""
        with self.write() as db:
            row = db.execute("SELECT coalesce(sum(amount_fen), 0) AS total FROM movement WHERE account = ?", (account,))
            return int(row.fetchone()["total"])


def move(db: sqlite3.Connection, source: str, target: str, amount_fen: int, ref: str) -> None:
    """Both sides of one movement, inside the caller's transaction."""
    db.executemany(
        "INSERT INTO movement (account, amount_fen, ref) VALUES (?, ?, ?)",
        [(source, -amount_fen, ref), (target, amount_fen, ref)],
    )
