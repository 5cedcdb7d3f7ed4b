"""Read a callback: who signed it, and what it says. Decides nothing."""

from __future__ import annotations

from baohe.adapters.wallet import keys, protocol
from baohe.rooms.payments.contracts import CallbackParams, Notification, RefusedCallback

_LONGEST_VALUE = 2048


def read_notification(params: CallbackParams) -> Notification | RefusedCallback:
    """The wallet's words, or why they are not believed. The signature is looked at before anything else is read."""
    if any(len(value) > _LONGEST_VALUE for value in params.values()):
        return RefusedCallback("malformed")
    try:
        wallet_key = keys.wallet_public_key()
    except keys.WalletKeyMissing:
        return RefusedCallback("no_wallet_key")
    if not protocol.notification_is_signed(params, wallet_key):
        return RefusedCallback("forged")
    if params.get("app_id") != keys.app_id():
        return RefusedCallback("foreign_app")
    if params.get("notify_type") != "trade_status_sync":
        return RefusedCallback("foreign_kind")
    amount_fen = protocol.read_yuan(params.get("total_amount", ""))
    paid_at = protocol.read_time(params.get("gmt_payment", ""))
    order_number, trade_no = params.get("out_trade_no", ""), params.get("trade_no", "")
    if amount_fen is None or not 0 < len(order_number) <= 64 or not 0 < len(trade_no) <= 64:
        return RefusedCallback("malformed")
    return Notification(
        source="callback",
        app_id=params["app_id"],
        order_number=order_number,
        trade_no=trade_no,
        trade_status=params.get("trade_status", ""),
        amount_fen=amount_fen,
        currency=params.get("trans_currency", "") or "CNY",
        payee=params.get("seller_id", ""),
        paid_at=paid_at,
        notify_id=params.get("notify_id", "")[:128],
    )
