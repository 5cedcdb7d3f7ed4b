"""From a provider's word to what was paid for, in one transaction.

A callback and a query tell the same story and end in the same place, so it does not matter which comes first, or
whether both come at once: the intent's row lock lets one of them settle and shows the other that it is done. A word
that is not believed leaves its audit row in a transaction of its own and changes nothing else.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import structlog
from django.db import transaction

from baohe.flows import who_pays
from baohe.kernel.errors import BaoheError
from baohe.kernel.ids import shard_of
from baohe.plumbing import clock, outbox
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.contracts import (
    Asked,
    ConfirmResult,
    IntentView,
    Notification,
    RefusedCallback,
    SettleOutcome,
)
from baohe.rooms.reconciliation import facade as reconciliation

log = structlog.get_logger()

_SUSPENDED = "suspense_received"
_UNNAMED = "来款未注明我方订单"


class Settled(Protocol):
    """What a settler returns: `refusal` says why the subject can no longer be settled and the money must go back."""

    @property
    def refusal(self) -> BaoheError | None: ...


Settler = Callable[[IntentView, datetime], Settled]

_SETTLERS: dict[str, str | Settler] = {
    "premium": "baohe.flows.purchase:settle",
    "basket": "baohe.flows.pay_basket:settle",
    "partner_settlement": "baohe.flows.pay_settlement:settle",
    "instalment": "baohe.flows.collect_instalment:settle",
    "reinstatement": "baohe.flows.reinstate:settle",
}

_AGREED: dict[str, str] = {"instalment": "baohe.flows.collect_instalment:may_be_sent"}
"""Kind of a charge → whether the customer still agrees to it (SALE-3)."""


def register(kind: str, settler: Settler) -> None:
    """Name who settles intents of `kind`; called inside the settlement's transaction."""
    _SETTLERS[kind] = settler


def settle_notification(provider: str, headers: Mapping[str, str], body: bytes) -> SettleOutcome:
    """Settle what a callback says. Every callback leaves an audit row: accepted, duplicate or refused."""
    told = payments.read_notification(provider, headers, body)
    if isinstance(told, RefusedCallback):
        return _refuse(told, told.reason)
    return _settle(told)


def acknowledgement(provider: str, taken: bool) -> tuple[str, str]:
    """(content type, body) of what the provider wants to hear."""
    return payments.acknowledgement(provider, taken)


def settle_by_query(intent_id: UUID, rest_seconds: int = 1) -> SettleOutcome:
    """Ask the provider about an open payment and settle what it answers; raises `NotFound`. Calls it: not in a
    transaction. Asked within `rest_seconds` of the last question it leaves the provider alone."""
    return _settle_asked(payments.ask_provider(intent_id, _is_agreed, rest_seconds), intent_id)


def check_intent(event: outbox.Event) -> None:
    """Handler of `payments.check_intent`: look once, and again later while it stays open. Nothing is given up."""
    intent_id, round_ = UUID(event.payload["intent_id"]), int(event.payload["round"])
    settle_by_query(intent_id, rest_seconds=0)
    _look_again(intent_id, round_ + 1)


def carry_out_charge(event: outbox.Event) -> None:
    """Handler of `payments.charge_requested`: deduct once, settle what the bank answers, and look again later while
    nobody knows. A repeat of the event asks; it never sends under another number."""
    intent_id = UUID(event.payload["intent_id"])
    _settle_asked(payments.carry_out_charge(intent_id, _is_agreed), intent_id)
    _look_again(intent_id, 0)


def surplus_returned(event: outbox.Event) -> None:
    """Handler of `payments.surplus_done`: the money without a cover has left again."""
    with transaction.atomic():
        refund_id, amount_fen = event.payload["id"], int(event.payload["amount_fen"])
        intent_id = UUID(str(event.payload["natural_key"]).removeprefix("surplus:"))
        ledger.post(
            ledger.Entry(
                kind="surplus_returned",
                ref=str(refund_id),
                shard_key=payments.intent(intent_id).shard_key,
                business_date=clock.today(),
                memo="退回未承保款项",
                # an event that waited through the upgrade names no provider: it is the wallet's
                postings=ledger.movements.suspense_out(amount_fen, str(event.payload.get("provider", "wallet"))),
            )
        )


def stands_in_suspense(provider: str, number: str, trade_no: str, amount_fen: int) -> bool:
    """Whether verified money that fitted nowhere was put on suspense under its trade number. `number` is the order it
    names, "" or unknown when it names none of ours."""
    named = payments.movements_by_numbers(provider, [number]) if number else ()
    shards = {one.shard_key for one in named if one.kind == "payment"} | {_shard_of_trade(provider, trade_no)}
    account, ref = ledger.chart.suspense(provider), _ref(trade_no, amount_fen)
    found = (ledger.entry_of(shard_key, _SUSPENDED, ref) for shard_key in sorted(shards))
    standing = [entry for entry in found if entry is not None and not ledger.is_reversed(entry)]
    return any(posting.account == account for entry in standing for posting in entry.postings)


def _settle_asked(asked: Asked, intent_id: UUID) -> SettleOutcome:
    if asked.notification is None:
        return SettleOutcome(asked.word, "", intent_id)
    return _settle(asked.notification)


def _look_again(intent_id: UUID, round_: int) -> None:
    intent = payments.intent(intent_id)
    if intent.state in ("created", "checking"):
        with transaction.atomic():
            payments.schedule_check(intent_id, intent.shard_key, round_)


def _settle(told: Notification) -> SettleOutcome:
    try:
        result = _in_one_transaction(told)
    except Exception:  # noqa: BLE001 - whatever broke, the callback must leave its row; the provider will tell us again
        log.exception("settlement_failed", order_number=told.order_number)
        return _refuse(told, "settlement_failed")
    if result.outcome == "refused":
        return _refuse(told, result.reason, result.intent, suspense=result.suspense)
    return SettleOutcome(_word(result), result.reason, result.intent.id if result.intent else None)


def _in_one_transaction(told: Notification) -> ConfirmResult:
    with transaction.atomic(durable=True):
        result = payments.confirm(told)
        if result.intent is not None and result.outcome == "paid":
            _settle_subject(result.intent)
        if result.intent is not None and result.outcome == "late":
            _give_back(result.intent, result.reason)
        if result.intent is not None and result.outcome == "foreign":
            _give_back(result.intent, result.reason, "付款人不是投保人，原路退回")
            who_pays.tell_another_paid(result.intent)
        if result.outcome != "refused":
            payments.record_callback(told, _word(result), result.reason)
    return result


def _word(result: ConfirmResult) -> str:
    return "duplicate" if result.outcome == "duplicate" else "accepted"


def _settle_subject(intent: IntentView) -> None:
    named = _SETTLERS[intent.kind]
    settler: Settler = _story(named) if isinstance(named, str) else named
    if intent.paid_at is None:
        raise ValueError(f"{intent.order_number} is paid without a moment")
    settled = settler(intent, intent.paid_at)
    if settled.refusal is not None:
        _give_back(intent, settled.refusal.code)


def _is_agreed(intent: IntentView) -> bool:
    return intent.kind not in _AGREED or bool(_story(_AGREED[intent.kind])(intent))


def _story(named: str) -> Callable[..., Any]:
    """The stories import this one's rooms; naming them late keeps the imports pointing down."""
    module, _, name = named.partition(":")
    story: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return story


def _give_back(intent: IntentView, reason: str, words: str = "未能承保，原路退回") -> None:
    """Paid and no cover, or by another than the policyholder: the money goes to suspense and its refund is queued, in
    the same transaction."""
    log.warning("paid_without_cover", order_number=intent.order_number, reason=reason)
    payments.mark_surplus(intent)
    ledger.post(
        ledger.Entry(
            kind="surplus_received",
            ref=str(intent.id),
            shard_key=intent.shard_key,
            business_date=clock.today(),
            memo=f"{intent.order_number} {reason}"[:200],
            postings=ledger.movements.suspense_in(intent.amount_fen, intent.provider),
        )
    )
    payments.request_refund(
        intent_id=intent.id,
        natural_key=f"surplus:{intent.id}",
        amount_fen=intent.amount_fen,
        reason=words,
    )


def _refuse(
    told: Notification | RefusedCallback, reason: str, intent: IntentView | None = None, *, suspense: bool = False
) -> SettleOutcome:
    """Leave the audit row; money that truly came but fits nowhere goes to suspense, once a trade, with an alarm.
    Then the provider has told us all it can, and may stop."""
    suspended = False
    with transaction.atomic(durable=True):
        payments.record_callback(told, "refused", reason)
        if suspense and isinstance(told, Notification) and told.amount_fen:
            log.error("payment_in_suspense", provider=told.provider, trade_no=told.trade_no, reason=reason)
            _suspend(told, told.amount_fen, intent)
            suspended = True
    log.warning("callback_refused", provider=told.provider, reason=reason)
    return SettleOutcome("refused", reason, intent.id if intent else None, suspended)


def _suspend(told: Notification, amount_fen: int, intent: IntentView | None) -> None:
    if reconciliation.was_booked(told.provider, told.trade_no, amount_fen):
        return  # its bill came first and two people have dealt with it: the same money must not stand here again
    ledger.post(
        ledger.Entry(
            kind=_SUSPENDED,
            ref=_ref(told.trade_no, amount_fen),
            shard_key=_shard_of_trade(told.provider, told.trade_no) if intent is None else intent.shard_key,
            business_date=clock.today(),
            # the reconciliation looks up the payment by it, to see whether the provider told the truth
            memo=_UNNAMED if intent is None else intent.order_number,
            postings=ledger.movements.suspense_in(amount_fen, told.provider),
        )
    )


def _ref(trade_no: str, amount_fen: int) -> str:
    return f"{trade_no}:{amount_fen}"


def _shard_of_trade(provider: str, trade_no: str) -> int:
    """Money that names no order belongs to no policy: its trade is all there is to find it by."""
    return shard_of(f"{provider}:{trade_no}")
