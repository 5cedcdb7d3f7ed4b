"""What a simulator remembers, in one SQLite file. A commit is on the disk before anyone hears of it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

_TABLES = """
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
    """One connection behind one lock: a simulator needs order more than speed. `tables` are its own, as SQL."""

    def __init__(self, path: Path, tables: str = "") -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.executescript(_TABLES + tables)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction; whoever leaves the outermost block without an error has it on the disk."""
        with self._lock:
            if self._db.in_transaction:  # ours: nobody else holds the lock
                yield self._db
                return
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


def path_of(name: str) -> Path:
    """Where the simulator of that name keeps its file in the data folder."""
    return Path(settings.BAOHE_DATA) / "simulators" / f"{name}.sqlite"


def move(db: sqlite3.Connection, source: str, target: str, amount_fen: int, ref: str) -> None:
    """Both sides of one movement, inside the caller's transaction."""
    db.executemany(
        "INSERT INTO movement (account, amount_fen, ref) VALUES (?, ?, ?)",
        [(source, -amount_fen, ref), (target, amount_fen, ref)],
    )
