"""The cashier page: what is paid, to whom, and two buttons. No script, no money."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from baohe.adapters.simulating.answers import Answer, see_other
from baohe.adapters.simulating.faults import Faults
from baohe.adapters.simulating.pages import Pages, in_groups, policy, with_query
from baohe.adapters.simulating.store import Store
from baohe.adapters.wallet import protocol
from baohe.adapters.wallet.simulator import trades
from baohe.adapters.wallet.simulator.notifier import WalletNotifier
from baohe.kernel.money import yuan
from baohe.plumbing import clock

_PAGES = Path(__file__).with_name("pages")


class Cashier:
    def __init__(self, store: Store, notifier: WalletNotifier, faults: Faults, key: RSAPrivateKey) -> None:
        self._store = store
        self._notifier = notifier
        self._faults = faults
        self._key = key
        self._pages = Pages(_PAGES, "模拟钱包", "不会扣真钱")

    def show(self, token: str) -> Answer:
        trade = trades.trade_by_token(self._store, token)
        if trade is None:
            return self._message("找不到这笔付款", "请回到保和重新发起付款。", 404)
        return self._page("cashier.html", trade)

    def pay(self, token: str, payer: str = "") -> Answer:
        """With the wallet of whoever was sent here, or with that of `payer`."""
        if self._faults.strikes("refuse"):
            return self._message("银行没有同意这笔付款", "没有扣款。可以回到上一页再试一次。", 409)
        try:
            trade, now = trades.pay(self._store, token, payer.strip()[:64])
        except trades.Refusal as no:
            if no.sub_code == "ACQ.BUYER_NOT_EQUAL":
                return self._message(no.sub_msg, "没有扣款。保费要由投保人本人付，请回到上一页换成本人的钱包。", 409)
            return self._message("这笔付款已经关闭", f"{no.sub_msg}，没有扣款。请回到保和重新发起付款。", 409)
        if now:
            self._notifier.tell(trade)
        return self._leave(trade)

    def cancel(self, token: str) -> Answer:
        trades.cancel(self._store, token)
        trade = trades.trade_by_token(self._store, token)
        if trade is None:
            return self._message("找不到这笔付款", "请回到保和重新发起付款。", 404)
        return self._leave(trade)

    def _leave(self, trade: sqlite3.Row) -> Answer:
        """Back to the shop with signed words. They are a courtesy: the shop believes the notification or a query."""
        if not trade["return_url"]:
            return self._page("cashier.html", trade)
        words = {
            "app_id": trade["app_id"],
            "method": f"{protocol.PAY}.return",
            "charset": "utf-8",
            "version": "1.0",
            "out_trade_no": trade["out_trade_no"],
            "trade_no": trade["trade_no"],
            "total_amount": protocol.yuan_text(trade["amount_fen"]),
            "seller_id": trade["payee"],
            "timestamp": protocol.wallet_time(clock.now()),
        }
        words = protocol.signed_notification(words, self._key)
        return see_other(with_query(trade["return_url"], words), policy(trade["return_url"]))

    def _page(self, name: str, trade: sqlite3.Row) -> Answer:
        return self._pages.page(
            name,
            return_url=trade["return_url"],
            trade=trade,
            amount=yuan(trade["amount_fen"]),
            number=in_groups(trade["out_trade_no"]),
        )

    def _message(self, title: str, words: str, status: int) -> Answer:
        return self._pages.page("message.html", status=status, title=title, words=words)
