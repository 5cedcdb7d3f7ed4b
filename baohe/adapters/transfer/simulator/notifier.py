"""Pushes camt.054 until it is taken, and books what has arrived meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from django.conf import settings

from baohe.adapters.providers.line import open_line
from baohe.adapters.simulating.faults import Faults
from baohe.adapters.simulating.notifier import SCHEDULE, Notifier, Words
from baohe.adapters.simulating.store import Store
from baohe.adapters.transfer import protocol
from baohe.adapters.transfer.provider import TAKEN
from baohe.adapters.transfer.requests import Customer
from baohe.adapters.transfer.simulator import accounts, instructions, reports


class BankNotifier(Notifier):
    heard = TAKEN

    def __init__(
        self,
        store: Store,
        faults: Faults,
        key: RSAPrivateKey,
        customer: Customer,
        schedule: Sequence[float] = SCHEDULE,
    ) -> None:
        super().__init__(store, faults, key, schedule)
        self._customer = customer

    def work_once(self) -> int:
        self.catch_up()
        return super().work_once()

    def catch_up(self) -> None:
        """Book what is due in both directions, and queue a notice of every new credit."""
        instructions.settle_due(self._store)
        for row in accounts.book_incoming(self._store):
            self.tell(dict(row))

    def tell(self, row: Mapping[str, Any]) -> None:
        bent = {**row, "amount_fen": max(1, row["amount_fen"] + self._faults.size("wrong_amount"))}
        # The bank knows one address of its customer, agreed on paper: no message can name another.
        address = f"{settings.BAOHE_ORIGIN}/callbacks/transfer"
        self.queue(address, lambda: self._words(bent, "BOOK"), lambda: self._words(bent, "PDNG"))

    def deliver(self, address: str, words: Words) -> str:
        headers = {"Content-Type": protocol.CONTENT_TYPE, protocol.SIGNATURE: words["signature"]}
        try:
            with open_line(5) as line:
                answer = line.post(address, content=words["message"].encode(), headers=headers)
            return answer.text[:100].strip() if answer.status_code == 200 else f"HTTP {answer.status_code}"
        except (httpx.HTTPError, httpx.InvalidURL) as failure:
            return type(failure).__name__

    def _words(self, row: Mapping[str, Any], state: str) -> Words:
        message = reports.notice(self._customer, row, state)
        signature = protocol.signature_of(protocol.digest(protocol.NOTIFICATION, message), self.signing_key())
        return {"message": message.decode(), "signature": signature}
