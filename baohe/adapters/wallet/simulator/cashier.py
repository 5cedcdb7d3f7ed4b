"""The cashier page: what is paid, to whom, and two buttons. No script, no money."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

import jinja2
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from baohe.adapters.wallet import protocol
from baohe.adapters.wallet.simulator import trades
from baohe.adapters.wallet.simulator.answers import Answer, see_other
from baohe.adapters.wallet.simulator.notifier import Notifier
from baohe.adapters.wallet.simulator.store import Store
from baohe.kernel.money import yuan
from baohe.plumbing import clock

_PAGES = Path(__file__).with_name("pages")


class Cashier:
    def __init__(self, store: Store, notifier: Notifier, key: RSAPrivateKey) -> None:
        self._store = store
        self._notifier = notifier
        self._key = key
        self._pages = jinja2.Environment(
            loader=jinja2.FileSystemLoader(_PAGES), autoescape=True, undefined=jinja2.StrictUndefined
        )

    def show(self, token: str) -> Answer:
        trade = trades.trade_by_token(self._store, token)
        if trade is None:
            return self._message("找不到这笔付款", "请回到保和重新发起付款。", 404)
        return self._page("cashier.html", trade)

    def pay(self, token: str) -> Answer:
        try:
            trade, now = trades.pay(self._store, token)
        except trades.Refusal as no:
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

    def styles(self) -> Answer:
        return Answer(
            200, (_PAGES / "cashier.css").read_bytes(), "text/css; charset=utf-8", {"Cache-Control": "max-age=3600"}
        )

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
        return see_other(_with_query(trade["return_url"], words), _policy(trade["return_url"]))

    def _page(self, name: str, trade: sqlite3.Row) -> Answer:
        page = self._pages.get_template(name).render(
            trade=trade,
            amount=yuan(trade["amount_fen"]),
            number=_in_groups(trade["out_trade_no"]),
            back=_web_address(trade["return_url"]),
        )
        return Answer(200, page.encode(), headers=_policy(trade["return_url"]))

    def _message(self, title: str, words: str, status: int) -> Answer:
        page = self._pages.get_template("message.html").render(title=title, words=words)
        return Answer(status, page.encode(), headers=_policy(""))


def _policy(return_url: str) -> dict[str, str]:
    """A form of this page ends in a redirect to the shop, and browsers hold the redirect to `form-action` too."""
    parts = urlsplit(_web_address(return_url))
    shop = f" {parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return {
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
            f"form-action 'self'{shop}"
        ),
        "Cache-Control": "no-store",
    }


def _in_groups(number: str) -> str:
    """Groups of six: long numbers break between groups, and can be read aloud."""
    return " ".join(number[start : start + 6] for start in range(0, len(number), 6))


def _web_address(address: str) -> str:
    """The address when it is one of the web and fit for a header, else nothing."""
    parts = urlsplit(address)
    plain = parts.scheme in ("http", "https") and not set(address) & set(" \r\n;,'\"")
    return address if plain else ""


def _with_query(address: str, words: Mapping[str, str]) -> str:
    parts = urlsplit(address)
    query = "&".join(filter(None, [parts.query, urlencode(words)]))
    return urlunsplit(parts._replace(query=query))
