"""The gateway: one address, the method in the parameters, every answer signed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from baohe.adapters.simulating.answers import Answer, CutLine, see_other, text
from baohe.adapters.simulating.faults import Faults
from baohe.adapters.simulating.server import bad_weather
from baohe.adapters.simulating.store import Store
from baohe.adapters.wallet import protocol
from baohe.adapters.wallet.simulator import bill, trades

_Work = Callable[[Store, Mapping[str, Any]], dict[str, Any]]

_NO = {protocol.REFUND: "ACQ.TRADE_NOT_ALLOW_REFUND", protocol.TRANSFER: "PAYEE_ACCOUNT_STATUS_ERROR"}
"""What moves money, and the certain no that the switch `refuse` makes of it."""

_WORK: dict[str, _Work] = {
    protocol.QUERY: trades.query,
    protocol.CLOSE: trades.close,
    protocol.REFUND_QUERY: trades.refund_query,
    protocol.TRANSFER: trades.transfer,
    protocol.TRANSFER_QUERY: trades.transfer_query,
    protocol.BILL: bill.address,
}


class Gateway:
    def __init__(self, store: Store, faults: Faults, key: RSAPrivateKey, app_id: str, app_key: RSAPublicKey) -> None:
        self._store = store
        self._faults = faults
        self._key = key
        self._app_id = app_id
        self._app_key = app_key
        self._works = {**_WORK, protocol.REFUND: lambda store, business: trades.refund(store, business, faults)}

    def answer(self, parameters: Mapping[str, str]) -> Answer:
        """Raises `CutLine` when the answer is to be lost."""
        if parameters.get("method") == protocol.PAY:
            return self._cashier(parameters)
        if weather := bad_weather(self._faults):
            return weather
        body = self._work(parameters)
        if self._faults.strikes("lose_reply"):
            raise CutLine
        signed = protocol.signed_reply(parameters.get("method", "error"), body, self._key)
        return Answer(200, signed.encode(), "application/json; charset=utf-8")

    def _work(self, parameters: Mapping[str, str]) -> dict[str, Any]:
        try:
            self._refuse_strangers(parameters)
            method = parameters.get("method", "")
            work = self._works.get(method)
            if work is None:
                raise trades.Refusal("isv.invalid-method", "不存在的方法名", code=protocol.BAD_REQUEST)
            if method in _NO and self._faults.strikes("refuse"):
                raise trades.Refusal(_NO[method], "交易被拒绝")
            return {"code": protocol.OK, "msg": "Success", **work(self._store, _business(parameters))}
        except trades.Refusal as no:
            return {"code": no.code, "msg": "Business Failed", "sub_code": no.sub_code, "sub_msg": no.sub_msg}

    def _refuse_strangers(self, parameters: Mapping[str, str]) -> None:
        if parameters.get("app_id") != self._app_id:
            raise trades.Refusal("isv.invalid-app-id", "无效的 AppID 参数", code=protocol.BAD_REQUEST)
        if parameters.get("version") != "1.0" or parameters.get("charset", "").lower() != "utf-8":
            raise trades.Refusal("isv.invalid-parameter", "版本或字符集不支持", code=protocol.BAD_REQUEST)
        if protocol.read_time(parameters.get("timestamp", "")) is None:
            raise trades.Refusal("isv.invalid-timestamp", "非法的时间戳参数", code=protocol.BAD_REQUEST)
        if not protocol.request_is_signed(parameters, self._app_key):
            raise trades.Refusal("isv.invalid-signature", "验签出错", code=protocol.BAD_REQUEST)

    def _cashier(self, parameters: Mapping[str, str]) -> Answer:
        """A phone that opens the payment address is led to the cashier page of its trade."""
        try:
            self._refuse_strangers(parameters)
            trade = trades.open_trade(self._store, parameters, _business(parameters))
        except trades.Refusal as no:
            return text(f"{no.sub_msg} ({no.sub_code})", 400)
        return see_other(f"/cashier/{trade['token']}")


def _business(parameters: Mapping[str, str]) -> Mapping[str, Any]:
    try:
        business = json.loads(parameters.get("biz_content", ""))
    except (json.JSONDecodeError, RecursionError):
        business = None
    if not isinstance(business, dict):
        raise trades.Refusal("isv.invalid-parameter", "biz_content 无法读取", code=protocol.BAD_REQUEST)
    return business
