"""What a provider says, as the room's own words. Decides nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from baohe.adapters.providers.port import Answer, NotBelieved, Trade
from baohe.adapters.providers.registry import provider
from baohe.kernel.canonical import digest
from baohe.rooms.payments import models
from baohe.rooms.payments.contracts import Notification, RefusedCallback


def read_notification(code: str, headers: Mapping[str, str], body: bytes) -> Notification | RefusedCallback:
    """The words of a callback, or why they are not believed: its provider verifies before anything else is read."""
    said = hashlib.sha256(body).hexdigest()
    heard = provider(code).read_notification(headers, body)
    if isinstance(heard, NotBelieved):
        return RefusedCallback(code, heard.reason, heard.number, heard.amount_text, said)
    return _told(code, "callback", heard.number, heard.answer, heard.status, heard.app, heard.notify_id, said)


def told_by_answer(row: models.PaymentIntent, answer: Answer, source: str) -> Notification:
    """The answer to our own question in the words of a callback. Whoever answers our signed question knows us."""
    trade = answer.trade
    said = digest({"number": row.order_number, "word": answer.word, "trade_no": trade.trade_no if trade else ""})
    return _told(row.provider, source, row.order_number, answer, answer.reason, row.app_id, "", said)


def acknowledgement(code: str, taken: bool) -> tuple[str, str]:
    """(content type, body) of what the provider wants to hear."""
    return provider(code).acknowledgement(taken)


def _told(
    code: str, source: str, number: str, answer: Answer, status: str, app: str, notify_id: str, said: str
) -> Notification:
    trade = answer.trade or Trade(number, "", 0, "", "", None)
    return Notification(
        provider=code,
        source=source,
        word=answer.word,
        app_id=app,
        order_number=number,
        trade_no=trade.trade_no,
        trade_status=status,
        amount_fen=trade.amount_fen if answer.trade else None,
        currency=trade.currency,
        payee=trade.payee,
        paid_at=trade.paid_at,
        notify_id=notify_id,
        digest=said,
        payer=trade.payer,
        payer_check=trade.payer_check,
        payer_account=trade.payer_account,
    )
