"""What the room seals: what a look saw, the sentences of signals, and notes. Marks are keyed hashes."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from baohe.kernel.decisions import Text
from baohe.plumbing import vault
from baohe.rooms.fraud.contracts import Mark
from baohe.rooms.fraud.rules.seen import Seen

_SEEN = "fraud_look.seen"
_TEXT = "fraud_raisedsignal.text"
_NOTE = "fraud_feedback.note"
_shape = TypeAdapter(Seen)


def mark_index(mark: Mark) -> bytes:
    return vault.blind_index(f"fraud_claimtrace.{mark.kind}", mark.value)


def provider_index(name: str) -> bytes | None:
    plain = "".join(name.split())
    return vault.blind_index("fraud_knownclaim.provider", plain) if plain else None


def code_of(index: bytes) -> str:
    """A short name of a mark for rules and people; nothing can be looked up by it."""
    return bytes(index).hex()[:16]


def plain(seen: Seen) -> dict[str, Any]:
    """In the few types that have a canonical form; a float becomes its shortest text, so that it hashes the same."""
    content: dict[str, Any] = json.loads(_shape.dump_json(seen), parse_float=str)
    return content


def seal_seen(look_id: UUID, seen: Seen) -> bytes:
    return vault.seal(_SEEN, look_id, _shape.dump_json(seen).decode())


def seen(look_id: UUID, sealed: bytes) -> Seen:
    return _shape.validate_json(vault.unseal(_SEEN, look_id, sealed))


def seal_text(signal_id: UUID, text: Text) -> bytes:
    return vault.seal(_TEXT, signal_id, json.dumps(text.as_dict(), ensure_ascii=False))


def text(signal_id: UUID, sealed: bytes) -> Text:
    return Text(**json.loads(vault.unseal(_TEXT, signal_id, sealed)))


def seal_note(feedback_id: UUID, note: str) -> bytes:
    return vault.seal(_NOTE, feedback_id, note)


def note(feedback_id: UUID, sealed: bytes) -> str:
    return vault.unseal(_NOTE, feedback_id, sealed)
