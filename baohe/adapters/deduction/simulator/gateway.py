"""The gateway: the kind of transaction in the fields, every answer signed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from baohe.adapters.deduction import protocol
from baohe.adapters.deduction.simulator import agreements, ledger
from baohe.adapters.deduction.simulator.agreements import Refusal
from baohe.adapters.deduction.simulator.notifier import NetworkNotifier
from baohe.adapters.simulating.answers import Answer, CutLine, see_other, text
from baohe.adapters.simulating.faults import Faults
from baohe.adapters.simulating.server import bad_weather
from baohe.adapters.simulating.store import Store

_Work = Callable[[sqlite3.Connection, Mapping[str, str]], dict[str, str]]

_ECHOED = ("txnType", "txnSubType", "bizType", "merId", "orderId", "txnTime", "reqReserved", "settleDate")
_ASKS = {protocol.QUERY[0]: ledger.query, protocol.AGREEMENT[0]: agreements.state, protocol.END[0]: agreements.end}
_MOVES = {protocol.DEDUCT[0], protocol.REFUND[0], protocol.PAYOUT[0]}


class Gateway:
    def __init__(
        self,
        store: Store,
        faults: Faults,
        notifier: NetworkNotifier,
        key: RSAPrivateKey,
        mer_id: str,
        merchant_key: RSAPublicKey,
    ) -> None:
        self._store = store
        self._faults = faults
        self._notifier = notifier
        self._key = key
        self._mer_id = mer_id
        self._merchant_key = merchant_key

    def answer(self, request: Mapping[str, str]) -> Answer:
        """Back requests and queries. Raises `CutLine` when the answer is to be lost."""
        return self.answered(request, self._work)

    def answered(self, request: Mapping[str, str], work: Callable[[Mapping[str, str]], dict[str, str]]) -> Answer:
        """The signed outcome of some work that the merchant asked for. Raises `CutLine`."""
        if weather := bad_weather(self._faults):
            return weather
        try:
            self._refuse_strangers(request)
            words = {"respCode": protocol.OK, "respMsg": "成功", **work(request)}
        except Refusal as no:
            words = {"respCode": no.code, "respMsg": no.message}
        # What was accepted is decided before the answer leaves, or before it is lost: a time-out after success.
        self._notifier.decide()
        if self._faults.strikes("lose_reply"):
            raise CutLine
        echo = {name: request[name] for name in _ECHOED if name in request}
        base = {"version": protocol.VERSION, "encoding": "UTF-8", "signMethod": "01"}
        said = protocol.reply_text(protocol.signed({**base, **echo, **words}, self._key))
        return Answer(200, said.encode(), "text/html; charset=UTF-8")

    def front(self, request: Mapping[str, str]) -> Answer:
        """A phone that opens the signing address is led to the page of its agreement."""
        try:
            self._refuse_strangers(request)
            if request.get("txnType") != protocol.SIGN[0]:
                raise Refusal("32", "无此交易权限")
            agreement = agreements.open_(self._store, request)
        except Refusal as no:
            return text(f"{no.message} ({no.code})", 400)
        return see_other(f"/agreement/{agreement['token']}")

    def _work(self, request: Mapping[str, str]) -> dict[str, str]:
        self._notifier.decide()
        kind = request.get("txnType", "")
        with self._store.write() as db:
            if kind in _MOVES:
                return ledger.accept(db, request, self._faults)
            ask = _ASKS.get(kind)
            if ask is None:
                raise Refusal("32", "无此交易权限")
            return ask(db, request)

    def _refuse_strangers(self, request: Mapping[str, str]) -> None:
        if not protocol.is_signed(request, self._merchant_key):
            raise Refusal("11", "验证签名失败")
        if request.get("merId") != self._mer_id:
            raise Refusal("31", "商户状态不正确")
        if request.get("version") != protocol.VERSION or protocol.read_time(request.get("txnTime", "")) is None:
            raise Refusal("10", "报文格式错误")
        if not 8 <= len(request.get("orderId", "")) <= 32:
            raise Refusal("10", "报文格式错误：orderId")
