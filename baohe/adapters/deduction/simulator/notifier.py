"""What the network tells of a deduction once it is decided."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from baohe.adapters.deduction import protocol
from baohe.adapters.deduction.simulator import ledger
from baohe.adapters.simulating.faults import Faults
from baohe.adapters.simulating.notifier import SCHEDULE, Notifier
from baohe.adapters.simulating.store import Store


class NetworkNotifier(Notifier):
    heard = "ok"

    def __init__(
        self, store: Store, faults: Faults, key: RSAPrivateKey, mer_id: str, schedule: Sequence[float] = SCHEDULE
    ) -> None:
        super().__init__(store, faults, key, schedule)
        self._mer_id = mer_id

    def work_once(self) -> int:
        self.decide()
        return super().work_once()

    def decide(self) -> None:
        """Decide what is due, and queue what there is to tell of it."""
        with self._store.write() as db:
            decided = ledger.decide(db)
        for row in decided:
            self._tell(row)

    def _tell(self, row: sqlite3.Row) -> None:
        address = "" if row["back_url"] == protocol.NOBODY else row["back_url"]
        self.queue(address, lambda: self._words(row, row["code"]), older=lambda: self._words(row, "05"))

    def _words(self, row: sqlite3.Row, code: str) -> dict[str, str]:
        txn_type, sub_type, biz_type = protocol.DEDUCT
        words = {
            "version": protocol.VERSION,
            "encoding": "UTF-8",
            "signMethod": "01",
            "txnType": txn_type,
            "txnSubType": sub_type,
            "bizType": biz_type,
            "merId": self._mer_id,
            "orderId": row["order_id"],
            "txnTime": row["txn_time"],
            "bindId": row["bind_id"],
            "respCode": code,
            **ledger.facts(row),
            "txnAmt": str(row["moved_fen"] + self._faults.size("wrong_amount")),
        }
        return protocol.signed(words, self.signing_key())
