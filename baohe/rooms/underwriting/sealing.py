"""What referrals seal: why a paper is asked for, what a customer wrote, pictures, and what was read in them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from baohe.kernel.decisions import Text
from baohe.plumbing import files, vault
from baohe.rooms.underwriting.contracts import ReadItem
from baohe.rooms.underwriting.models import MedicalPaper, Referral, RequestedPaper

_WHY = "underwriting_requestedpaper.why"
_ASK = "underwriting_referral.ask"
_PICTURE = "underwriting_medicalpaper.picture"
_READING = "underwriting_medicalpaper.reading"
_CONFIRMED = "underwriting_medicalpaper.confirmed"


def seal_why(paper_id: UUID, why: Text) -> bytes:
    return vault.seal(_WHY, paper_id, json.dumps(why.as_dict(), ensure_ascii=False))


def why(row: RequestedPaper) -> Text:
    return Text(**json.loads(vault.unseal(_WHY, row.id, bytes(row.why_sealed))))


def seal_ask(declaration_id: UUID, reason: str) -> bytes:
    return vault.seal(_ASK, declaration_id, reason)


def ask(row: Referral) -> str:
    return vault.unseal(_ASK, row.declaration_id, bytes(row.ask_sealed)) if row.ask_sealed else ""


def store_picture(paper_id: UUID, at: datetime, jpeg: bytes) -> str:
    """Write the sealed picture under a name of our own; return it."""
    name = f"underwriting/{at:%Y-%m}/{paper_id}.sealed"
    files.write(name, vault.seal(_PICTURE, paper_id, base64.b64encode(jpeg).decode()))
    return name


def open_picture(row: MedicalPaper) -> bytes:
    return base64.b64decode(vault.unseal(_PICTURE, row.id, files.read(row.file_name)))


def seal_reading(row: MedicalPaper, items: Iterable[ReadItem]) -> None:
    content = [asdict(item) for item in items]
    row.reading_sealed = vault.seal(_READING, row.id, json.dumps(content, ensure_ascii=False))


def seal_confirmed(row: MedicalPaper, values: Mapping[str, str]) -> None:
    row.confirmed_sealed = vault.seal(_CONFIRMED, row.id, json.dumps(dict(values), ensure_ascii=False))


def items(row: MedicalPaper) -> tuple[ReadItem, ...]:
    """What was read, each with what the person confirmed, if they did."""
    if row.reading_sealed is None:
        return ()
    read: list[dict[str, Any]] = json.loads(vault.unseal(_READING, row.id, bytes(row.reading_sealed)))
    said: dict[str, str] = {}
    if row.confirmed_sealed is not None:
        said = json.loads(vault.unseal(_CONFIRMED, row.id, bytes(row.confirmed_sealed)))
    return tuple(
        ReadItem(
            **{
                **item,
                "name": Text(**item["name"]),
                "box": tuple(item["box"]),
                "confirmed": said.get(item["code"]),
            }
        )
        for item in read
    )
