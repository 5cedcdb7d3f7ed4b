"""Pure decisions of the room: order numbers, limits, pauses between checks, what a notification means for an intent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from baohe.kernel.money import AmountRefused, refuse_amount
from baohe.kernel.names import plain_name, same_name
from baohe.rooms.payments.contracts import IntentView, Notification

_OPEN_FOR = {"wallet": timedelta(minutes=30), "transfer": timedelta(days=3), "deduction": timedelta(days=1)}

LATE_MARGIN = timedelta(minutes=2)
"""How long after that the provider's "no such trade" is believed: the page may be opened in the last second."""

AGREEMENT_WAITS = timedelta(days=1)
"""How long an agreement may lie at the bank unsigned before it is given up."""

JANITOR_GRACE = timedelta(minutes=2)
"""How long undecided money is left to its own check before the janitor looks for one."""

CHARGE_TRAVELS = timedelta(minutes=10)
"""How long after its agreement ended a charge that was sent before may still be on its way to the bank."""

MOST_TRADE_NO = 64

OTHER_PAYER, PAYER_UNKNOWN = "other_payer", "payer_unknown"

_PAUSES_SECONDS = (2, 3, 5, 10, 20, 40, 80, 160, 300)
LONGEST_PAUSE_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one movement may carry, in fen: what comes in, and what leaves."""

    effective_from: date
    most_in_fen: int
    most_out_fen: int


_LIMITS = (Limits(date(2026, 1, 1), most_in_fen=10_000_000_00, most_out_fen=500_000_000_00),)


def limits_on(day: date) -> Limits:
    return max((x for x in _LIMITS if x.effective_from <= day), key=lambda x: x.effective_from, default=_LIMITS[0])


@dataclass(frozen=True, slots=True)
class Meaning:
    """`outcome` as in `ConfirmResult`; `suspense` when the provider truly holds money that fits nowhere."""

    outcome: str
    reason: str
    suspense: bool = False


def open_for(provider: str) -> timedelta:
    """How long a provider takes money for an intent: a cashier page is short, a bank transfer takes its days."""
    return _OPEN_FOR[provider]


def order_number(shard_key: int, intent_id: UUID) -> str:
    """The merchant's order number: begins with the shard, so a callback finds its shard without a search."""
    return f"BH{shard_key:04d}{intent_id.hex.upper()}"


def shard_of_order(number: str) -> int | None:
    """The shard inside an order number, or None when it is not one of ours."""
    digits = number[2:6]
    if len(number) == 38 and number.startswith("BH") and digits.isascii() and digits.isdigit():
        return int(digits)
    return None


def id_in(number: str) -> UUID | None:
    """The id inside any number that we gave away: an order number, or the bare hex of a refund or payout."""
    digits = number[6:] if shard_of_order(number) is not None else number
    try:
        return UUID(hex=digits) if len(digits) == 32 else None
    except ValueError:
        return None


def pause_seconds(round_: int) -> int:
    """Pause before check number `round_` (from 0): short while the customer waits, long when nobody does."""
    return _PAUSES_SECONDS[round_] if round_ < len(_PAUSES_SECONDS) else LONGEST_PAUSE_SECONDS


def who_paid(payer: str, told: Notification) -> Literal["same", "other", "unknown"]:
    """Whether the one who must pay has paid (SALE-9). The provider's own comparison with the real name of the account
    goes before the name it tells; without either nobody knows. `payer` "" is whoever it may be."""
    if not payer or told.payer_check == "same":
        return "same"
    if told.payer_check == "other":
        return "other"
    if not plain_name(told.payer):
        return "unknown"
    return "same" if same_name(payer, told.payer) else "other"


def meaning(intent: IntentView, payer: str, app_id: str, told: Notification, most_fen: int) -> Meaning:
    """What a provider's verified words mean for the intent they name, which `payer` must pay. Nothing is believed by
    halves: money of which nobody knows who paid it waits on suspense for a person."""
    if told.app_id != app_id:
        return Meaning("refused", "foreign_app")
    if told.currency and told.currency != intent.currency:
        return Meaning("refused", "foreign_currency")
    if told.payee and told.payee != intent.payee:
        return Meaning("refused", "foreign_payee")
    if told.word != "done":
        return Meaning("noted", (told.trade_status or told.word).lower()[:40])
    if fault := _no_money(told, most_fen):
        return Meaning("refused", fault)
    if told.amount_fen != intent.amount_fen:
        return Meaning("refused", "amount_mismatch", suspense=True)
    if intent.state == "paid":
        if told.trade_no == intent.trade_no:
            return Meaning("duplicate", "already_paid")
        return Meaning("refused", "second_trade", suspense=True)
    who = who_paid(payer, told)
    if who == "unknown":
        return Meaning("refused", PAYER_UNKNOWN, suspense=True)
    if intent.state == "closed":
        return Meaning("late", "paid_after_close")
    if who == "other":
        return Meaning("foreign", OTHER_PAYER)
    return Meaning("paid", "paid")


def meaning_without_order(app_id: str, told: Notification, most_fen: int) -> Meaning:
    """What verified words mean that name no order of ours: money that came is money, whosever it is."""
    if told.app_id != app_id:
        return Meaning("refused", "foreign_app")
    if told.currency and told.currency != "CNY":
        return Meaning("refused", "foreign_currency")
    if told.word != "done":
        return Meaning("refused", "unknown_order")
    if fault := _no_money(told, most_fen):
        return Meaning("refused", fault)
    return Meaning("refused", "unknown_order", suspense=True)


def _no_money(told: Notification, most_fen: int) -> str:
    """Why what is told as done is no movement of money that the books can hold; "" when it is one."""
    try:
        refuse_amount(told.amount_fen, "amount", most_fen)
    except AmountRefused:
        return "amount_refused"
    # the trade number becomes a reference of the books, which takes no control characters
    is_a_trade = told.currency and 0 < len(told.trade_no) <= MOST_TRADE_NO and told.trade_no.isprintable()
    return "" if is_a_trade else "no_trade"
