"""Pure decisions of the room: order numbers, pauses between checks, what a notification means for an intent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from baohe.rooms.payments.contracts import IntentView, Notification

OPEN_FOR = timedelta(minutes=30)
"""How long a cashier page takes money for an intent."""

LATE_MARGIN = timedelta(minutes=2)
"""How long after that the wallet's "no such trade" is believed: the page may be opened in the last second."""

_PAUSES_SECONDS = (2, 3, 5, 10, 20, 40, 80, 160, 300)
LONGEST_PAUSE_SECONDS = 600

PAID_STATUSES = {"TRADE_SUCCESS", "TRADE_FINISHED"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """`outcome` as in `ConfirmResult`; `suspense` when the wallet truly holds money that fits nowhere."""

    outcome: str
    reason: str
    suspense: bool = False


def order_number(shard_key: int, intent_id: UUID) -> str:
    """The merchant's order number: begins with the shard, so a callback finds its shard without a search."""
    return f"BH{shard_key:04d}{intent_id.hex.upper()}"


def shard_of_order(number: str) -> int | None:
    """The shard inside an order number, or None when it is not one of ours."""
    digits = number[2:6]
    if len(number) == 38 and number.startswith("BH") and digits.isascii() and digits.isdigit():
        return int(digits)
    return None


def pause_seconds(round_: int) -> int:
    """Pause before check number `round_` (from 0): short while the customer waits, long when nobody does."""
    return _PAUSES_SECONDS[round_] if round_ < len(_PAUSES_SECONDS) else LONGEST_PAUSE_SECONDS


def meaning(intent: IntentView, app_id: str, told: Notification) -> Meaning:
    """What the wallet's verified words mean for the intent they name. Nothing is believed by halves."""
    if told.app_id != app_id:
        return Meaning("refused", "foreign_app")
    if told.currency != intent.currency:
        return Meaning("refused", "foreign_currency")
    if told.payee and told.payee != intent.payee:
        return Meaning("refused", "foreign_payee")
    if told.trade_status not in PAID_STATUSES:
        return Meaning("noted", told.trade_status.lower()[:40])
    if told.amount_fen != intent.amount_fen:
        return Meaning("refused", "amount_mismatch", suspense=True)
    if intent.state == "paid":
        if told.trade_no == intent.wallet_trade_no:
            return Meaning("duplicate", "already_paid")
        return Meaning("refused", "second_trade", suspense=True)
    if intent.state == "closed":
        return Meaning("late", "paid_after_close")
    return Meaning("paid", "paid")
