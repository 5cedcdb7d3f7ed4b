"""Queue a message with the transaction of its fact."""

from __future__ import annotations

import json
from collections.abc import Mapping
from uuid import UUID

from baohe.kernel.ids import shard_of
from baohe.plumbing import clock, outbox, vault
from baohe.rooms.notices.models import Message
from baohe.rooms.notices.rules import render

TOPIC = "notices.send"


def send(
    phone: str,
    template: str,
    params: Mapping[str, str],
    account_id: UUID | None = None,
    params_en: Mapping[str, str] | None = None,
) -> UUID:
    """Write the message and its event. Inside a transaction, or `publish` refuses.

    `phone` is 11 digits; `params` fills the template, `params_en` replaces words in the English text.
    Raises `KeyError` when a fact of the template is missing.
    """
    render(template, params, params_en)
    row = Message(account_id=account_id, template=template, created_at=clock.now())
    row.phone_sealed = vault.seal("notices_message.phone", row.id, phone)
    row.phone_index = phone_index(phone)
    facts = json.dumps({"params": dict(params), "params_en": dict(params_en or {})}, ensure_ascii=False)
    row.params_sealed = vault.seal("notices_message.params", row.id, facts)
    owner = str(account_id) if account_id is not None else str(row.id)
    # The event first: it refuses outside of a transaction, and a message row without event would never leave.
    outbox.publish(TOPIC, row.id, shard_of(owner), {"message_id": str(row.id)})
    row.save(force_insert=True)
    return row.id


def phone_index(phone: str) -> bytes:
    return vault.blind_index("notices_message.phone", phone)
