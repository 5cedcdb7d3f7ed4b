"""The sessions of the simulated provider."""

from __future__ import annotations

import random
import secrets
import sqlite3
from collections.abc import Mapping

from baohe.adapters.liveness.port import FAILED, GIVEN_UP, OPEN, PASSED
from baohe.adapters.liveness.protocol import ACTIONS
from baohe.adapters.simulating.store import Store
from baohe.plumbing import clock

TABLES = """
CREATE TABLE IF NOT EXISTS session (
    out_session TEXT PRIMARY KEY, session TEXT NOT NULL UNIQUE, token TEXT NOT NULL UNIQUE, nonce TEXT NOT NULL,
    subject TEXT NOT NULL, actions TEXT NOT NULL, notify_url TEXT NOT NULL, return_url TEXT NOT NULL,
    verdict TEXT NOT NULL, score INTEGER NOT NULL, opened_at TEXT NOT NULL, decided_at TEXT);
"""
_SCORES = {PASSED: 97, FAILED: 31, GIVEN_UP: 0}


def open_session(db: sqlite3.Connection, request: Mapping[str, str]) -> sqlite3.Row:
    """The one session of a number; asked again, the same one."""
    db.execute(
        "INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, NULL) ON CONFLICT (out_session) DO NOTHING",
        (
            request["out_session"],
            f"L{secrets.randbelow(10**15):015d}",
            secrets.token_urlsafe(24),
            request["nonce"],
            request["subject"],
            ",".join(random.SystemRandom().sample(sorted(ACTIONS), 2)),
            request["notify_url"],
            request["return_url"],
            OPEN,
            clock.now().isoformat(),
        ),
    )
    return by_number(db, request["out_session"])


def by_number(db: sqlite3.Connection, out_session: str) -> sqlite3.Row:
    """Raises `LookupError`."""
    found: sqlite3.Row | None = db.execute("SELECT * FROM session WHERE out_session = ?", (out_session,)).fetchone()
    if found is None:
        raise LookupError(out_session)
    return found


def by_token(store: Store, token: str) -> sqlite3.Row | None:
    with store.write() as db:
        found: sqlite3.Row | None = db.execute("SELECT * FROM session WHERE token = ?", (token,)).fetchone()
        return found


def decide(store: Store, token: str, verdict: str) -> tuple[sqlite3.Row | None, bool]:
    """The session, and whether this decided it: a decided one never changes."""
    with store.write() as db:
        decided = db.execute(
            "UPDATE session SET verdict = ?, score = ?, decided_at = ? WHERE token = ? AND verdict = ?",
            (verdict, _SCORES[verdict], clock.now().isoformat(), token, OPEN),
        )
        found: sqlite3.Row | None = db.execute("SELECT * FROM session WHERE token = ?", (token,)).fetchone()
        return found, decided.rowcount == 1


def another(db: sqlite3.Connection, out_session: str) -> sqlite3.Row | None:
    """The newest decided session that is not this one, for the faults."""
    found: sqlite3.Row | None = db.execute(
        "SELECT * FROM session WHERE out_session <> ? AND decided_at IS NOT NULL ORDER BY decided_at DESC LIMIT 1",
        (out_session,),
    ).fetchone()
    return found


def words(row: sqlite3.Row) -> dict[str, str]:
    """What is told of a session."""
    return {
        "out_session": row["out_session"],
        "session": row["session"],
        "nonce": row["nonce"],
        "verdict": row["verdict"],
        "score": str(row["score"]),
        "decided_at": row["decided_at"] or "",
    }
