"""Sealing and opening the columns of this room: the terms as JSON, the telephone, the strokes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from baohe.kernel.canonical import digest
from baohe.kernel.decisions import Text
from baohe.plumbing import vault
from baohe.rooms.assents.contracts import Question, Strokes
from baohe.rooms.assents.models import Link

_TERMS, _PHONE, _STROKES = "assents_link.terms", "assents_link.phone", "assents_link.strokes"


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def phone_index(phone: str) -> bytes:
    return vault.blind_index(_PHONE, phone)


def put(row: Link, question: Question, phone: str) -> None:
    """Terms, telephone and what they are bound by. The telephone is part of the digest: consent by another one is
    another consent."""
    content = _as_json(question)
    row.terms_digest = _digest(row, content, phone)
    row.terms_sealed = vault.seal(_TERMS, row.id, json.dumps(content, ensure_ascii=False))
    row.phone_sealed = vault.seal(_PHONE, row.id, phone)
    row.phone_index = phone_index(phone)


def phone(row: Link) -> str:
    return vault.unseal(_PHONE, row.id, bytes(row.phone_sealed))


def question(row: Link) -> Question:
    content = json.loads(vault.unseal(_TERMS, row.id, bytes(row.terms_sealed)))
    return Question(
        account_id=row.account_id,
        shard_key=row.shard_key,
        subject=row.subject,
        subject_id=row.subject_id,
        content=row.content,
        holder_name=content["holder"],
        insured_name=content["insured"],
        product=Text(**content["product"]),
        insurer=Text(**content["insurer"]),
        sum_fen=content["sum_fen"],
        lines=tuple(Text(**line) for line in content["lines"]),
    )


def digest_of_kept(row: Link) -> str:
    """The digest over what is sealed now: that of the row while nothing was changed. Raises `SealedDataUnreadable`."""
    return _digest(row, _as_json(question(row)), phone(row))


def seal_strokes(row: Link, strokes: Strokes) -> None:
    drawn = json.dumps([[dict(point) for point in stroke] for stroke in strokes], separators=(",", ":"))
    row.strokes_sealed = vault.seal(_STROKES, row.id, drawn)


def _digest(row: Link, content: Mapping[str, Any], phone: str) -> str:
    return digest({**content, "link": str(row.id), "phone": phone_index(phone).hex()})


def _as_json(asked: Question) -> Mapping[str, Any]:
    return {
        "subject": asked.subject,
        "subject_id": str(asked.subject_id),
        "content": asked.content,
        "holder": asked.holder_name,
        "insured": asked.insured_name,
        "product": asked.product.as_dict(),
        "insurer": asked.insurer.as_dict(),
        "sum_fen": asked.sum_fen,
        "lines": [line.as_dict() for line in asked.lines],
    }
