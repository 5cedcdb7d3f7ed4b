"""What the wallet tells of a paid trade."""

from __future__ import annotations

import secrets
import sqlite3

from baohe.adapters.simulating.notifier import Notifier
from baohe.adapters.wallet import protocol
from baohe.adapters.wallet.simulator import trades
from baohe.plumbing import clock


class WalletNotifier(Notifier):
    def tell(self, trade: sqlite3.Row) -> None:
        """Queue the notification of a paid trade."""
        self.queue(
            trade["notify_url"],
            lambda: self._words(trade, "TRADE_SUCCESS"),
            older=lambda: self._words(trade, "WAIT_BUYER_PAY"),
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
            with self._store.write() as db:
                checked = trades.checked_name(db, trade["out_trade_no"])
            if checked:
                words["buyer_name_match"] = "T"
        return protocol.signed_notification(words, self.signing_key())
