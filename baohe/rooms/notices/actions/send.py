"""Queue a message with the transaction of its fact."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from uuid import UUID

from baohe.kernel.ids import shard_of
from baohe.plumbing import clock, outbox, vault
from baohe.rooms.notices.contracts import Letter
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
    return send_many([Letter(phone, template, params, account_id, params_en)])[0]


def send_many(letters: Sequence[Letter]) -> list[UUID]:
    """The same for many in two statements, in their order. Raises `KeyError` before anything is written."""
    rows = [_message(letter) for letter in letters]
    # The events first: they refuse outside of a transaction, and a message row without event would never leave.
    outbox.publish_many(TOPIC, [(row.id, _shard(row), {"message_id": str(row.id)}) for row in rows])
    Message.objects.bulk_create(rows)
    return [row.id for row in rows]


def _message(letter: Letter) -> Message:
    render(letter.template, letter.params, letter.params_en)
    row = Message(account_id=letter.account_id, template=letter.template, created_at=clock.now())
    row.phone_sealed = vault.seal("notices_message.phone", row.id, letter.phone)
    row.phone_index = phone_index(letter.phone)
    facts = {"params": dict(letter.params), "params_en": dict(letter.params_en or {})}
    row.params_sealed = vault.seal("notices_message.params", row.id, json.dumps(facts, ensure_ascii=False))
    return row


def _shard(row: Message) -> int:
    return shard_of(str(row.account_id or row.id))


def phone_index(phone: str) -> bytes:
    return vault.blind_index("notices_message.phone", phone)
