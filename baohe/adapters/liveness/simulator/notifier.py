"""What the provider tells of a decided session, and how the switches bend it."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from baohe.adapters.liveness import protocol
from baohe.adapters.liveness.port import OPEN
from baohe.adapters.liveness.simulator import sessions
from baohe.adapters.simulating.faults import Faults
from baohe.adapters.simulating.notifier import SCHEDULE, Notifier
from baohe.adapters.simulating.store import Store
from baohe.plumbing import clock


class LivenessNotifier(Notifier):
    heard = "ok"

    def __init__(
        self, store: Store, faults: Faults, key: RSAPrivateKey, merchant: str, schedule: Sequence[float] = SCHEDULE
    ) -> None:
        super().__init__(store, faults, key, schedule)
        self._merchant = merchant

    def tell(self, row: sqlite3.Row) -> None:
        told = self._bent(row)
        undecided = {**told, "verdict": OPEN, "score": "0", "decided_at": ""}
        self.queue(row["notify_url"], lambda: self._signed(told), older=lambda: self._signed(undecided))

    def _bent(self, row: sqlite3.Row) -> dict[str, str]:
        told = sessions.words(row)
        with self._store.write() as db:
            other = sessions.another(db, row["out_session"])
        if other is not None and self._faults.strikes("replayed_result"):
            old = sessions.words(other)
            return {**old, "out_session": told["out_session"], "session": told["session"]}
        if other is not None and self._faults.strikes("other_session"):
            return {**told, "out_session": other["out_session"]}
        return told

    def _signed(self, told: dict[str, str]) -> dict[str, str]:
        words = {
            **told,
            "merchant": self._merchant,
            "notify_id": secrets.token_hex(16),
            "timestamp": clock.now().isoformat(),
        }
        return protocol.signed(words, self.signing_key())
