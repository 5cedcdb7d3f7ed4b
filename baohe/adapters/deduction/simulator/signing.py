"""The page on which the payer signs an agreement: to whom, on which terms, with which test card. No script."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from baohe.adapters.deduction import protocol
from baohe.adapters.deduction.simulator import agreements
from baohe.adapters.deduction.simulator.agreements import Refusal
from baohe.adapters.deduction.simulator.cards import BANK, CARDS
from baohe.adapters.simulating.answers import Answer, see_other
from baohe.adapters.simulating.pages import Pages, policy, with_query
from baohe.adapters.simulating.store import Store

_PAGES = Path(__file__).with_name("pages")


class SigningPage:
    def __init__(self, store: Store, key: RSAPrivateKey, mer_id: str) -> None:
        self._store = store
        self._key = key
        self._mer_id = mer_id
        self._pages = Pages(_PAGES, "模拟银行卡网络", "不会扣真钱")

    def show(self, token: str) -> Answer:
        agreement = agreements.by_token(self._store, token)
        if agreement is None:
            return self._message("找不到这份签约", "请回到保和重新发起。", 404)
        return self._page(agreement)

    def sign(self, token: str, last_four: str, owner: str = "") -> Answer:
        try:
            agreements.sign(self._store, token, last_four, owner.strip()[:64])
        except Refusal as no:
            return self._message("没有签约", f"{no.message}。请回到上一页再试一次。", 400)
        return self._leave(token)

    def give_up(self, token: str) -> Answer:
        agreements.give_up(self._store, token)
        return self._leave(token)

    def styles(self) -> Answer:
        return self._pages.styles("agreement.css")

    def _leave(self, token: str) -> Answer:
        """Back to the shop with signed words. They are a courtesy: the shop asks the network what stands."""
        agreement = agreements.by_token(self._store, token)
        if agreement is None:
            return self._message("找不到这份签约", "请回到保和重新发起。", 404)
        if not agreement["front_url"]:
            return self._page(agreement)
        txn_type, sub_type, _ = protocol.SIGN
        words = {
            "signMethod": "01",
            "txnType": txn_type,
            "txnSubType": sub_type,
            "merId": self._mer_id,
            "orderId": agreement["order_id"],
            "txnTime": agreement["txn_time"],
            "activateStatus": agreements.STATES[agreement["state"]],
        }
        told = protocol.signed(words, self._key)
        return see_other(with_query(agreement["front_url"], told), policy(agreement["front_url"]))

    def _page(self, agreement: sqlite3.Row) -> Answer:
        return self._pages.page(
            "agreement.html",
            return_url=agreement["front_url"],
            agreement=agreement,
            cards=list(CARDS.values()),
            card=CARDS.get(agreement["last_four"]),
            bank=BANK,
        )

    def _message(self, title: str, words: str, status: int) -> Answer:
        return self._pages.page("message.html", status=status, title=title, words=words)
