"""Tells the merchant, again and again, until it answers `success`. What is to be told lies in the store first."""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
from collections.abc import Mapping, Sequence

import httpx
import structlog
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from baohe.adapters.wallet import protocol
from baohe.adapters.wallet.simulator.faults import Faults
from baohe.adapters.wallet.simulator.store import Store
from baohe.plumbing import clock

SCHEDULE = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)
"""Pauses in seconds: a real wallet's minutes and hours, compressed."""

_WAKE_SECONDS = 0.5
log = structlog.get_logger()


class Notifier:
    def __init__(self, store: Store, faults: Faults, key: RSAPrivateKey, schedule: Sequence[float] = SCHEDULE) -> None:
        self._store = store
        self._faults = faults
        self._key = key
        self._stranger: RSAPrivateKey | None = None
        self._schedule = schedule
        self._wake = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="wallet-notifier", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()
        self._thread.join(timeout=10)

    def tell(self, trade: sqlite3.Row) -> None:
        """Queue the notification of a paid trade, as the switches of the moment bend it."""
        if not trade["notify_url"] or self._faults.strikes("lose_notify"):
            return
        late = self._faults.size("late_notify")
        for _ in range(max(1, self._faults.size("duplicate_notify"))):
            self._queue(trade, "TRADE_SUCCESS", late)
        if self._faults.strikes("reorder"):
            self._queue(trade, "WAIT_BUYER_PAY", late + 1)
        self._wake.set()

    def work_once(self) -> int:
        """Send what is due; returns how many were sent."""
        with self._store.write() as db:
            due = db.execute(
                "SELECT * FROM outgoing WHERE done = 0 AND due_at <= ? ORDER BY due_at, id LIMIT 20",
                (clock.now().timestamp(),),
            ).fetchall()
        for row in due:
            self._settle(row, self._send(row["notify_url"], json.loads(row["body"])))
        return len(due)

    def _run(self) -> None:
        while not self._stopping:
            if self.work_once() == 0:
                self._wake.wait(_WAKE_SECONDS)
                self._wake.clear()

    def _queue(self, trade: sqlite3.Row, status: str, delay_seconds: float) -> None:
        body = self._words(trade, status)
        with self._store.write() as db:
            db.execute(
                "INSERT INTO outgoing (notify_url, body, due_at) VALUES (?, ?, ?)",
                (trade["notify_url"], json.dumps(body), clock.now().timestamp() + self._schedule[0] + delay_seconds),
            )

    def _words(self, trade: sqlite3.Row, status: str) -> dict[str, str]:
        amount_fen = trade["amount_fen"] + self._faults.size("wrong_amount")
        words = {
            "notify_time": protocol.wallet_time(clock.now()),
            "notify_type": "trade_status_sync",
            "notify_id": secrets.token_hex(16),
            "app_id": trade["app_id"],
            "charset": "utf-8",
            "version": "1.0",
            "trade_no": trade["trade_no"],
            "out_trade_no": trade["out_trade_no"],
            "trade_status": status,
            "total_amount": protocol.yuan_text(amount_fen),
            "receipt_amount": protocol.yuan_text(amount_fen),
            "trans_currency": "CNY",
            "seller_id": trade["payee"],
            "subject": trade["subject"],
            "gmt_create": trade["created_at"],
        }
        if status == "TRADE_SUCCESS":
            words["gmt_payment"] = trade["paid_at"]
        return protocol.signed_notification(words, self._signing_key())

    def _signing_key(self) -> RSAPrivateKey:
        if not self._faults.strikes("forged_sign"):
            return self._key
        if self._stranger is None:
            self._stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        return self._stranger

    def _send(self, address: str, words: Mapping[str, str]) -> str:
        try:
            with httpx.Client(timeout=5, trust_env=False) as client:
                answer = client.post(address, data=dict(words))
            return answer.text[:100].strip() if answer.status_code == 200 else f"HTTP {answer.status_code}"
        except (httpx.HTTPError, httpx.InvalidURL) as failure:
            return type(failure).__name__

    def _settle(self, row: sqlite3.Row, answered: str) -> None:
        tries = row["tries"] + 1
        done = answered == "success" or tries >= len(self._schedule)
        pause = self._schedule[min(tries, len(self._schedule) - 1)]
        if answered != "success":
            log.info("notification_not_taken", answered=answered, tries=tries)
        with self._store.write() as db:
            db.execute(
                "UPDATE outgoing SET tries = ?, answered = ?, done = ?, due_at = ? WHERE id = ?",
                (tries, answered, int(done), clock.now().timestamp() + pause, row["id"]),
            )
