"""A conversation on its way to a claim: kept sealed for a week, seen by every device, gone with the claim it opens."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from baohe.kernel.errors import InvalidInput
from baohe.kernel.ids import shard_of
from baohe.plumbing import clock, vault
from baohe.rooms.claims.contracts import KeptTalk, Talk, Turn
from baohe.rooms.claims.errors import TalkMoved
from baohe.rooms.claims.models import ClaimTalk
from baohe.rooms.claims.rules.keeping import TALK_KEPT

_SEALED = "claims_claimtalk.talk"
_LONGEST = 500
_MOST_TURNS = 80


def kept_talk(account_id: UUID) -> KeptTalk:
    """What any device of the account said last; without a talk where there is none, it ended or it expired."""
    row = ClaimTalk.objects.filter(account_id=account_id).first()
    return KeptTalk(None, 0, None) if row is None else _view(row)


def keep_talk(account_id: UUID, talk: Talk | None, revision: int) -> KeptTalk:
    """Save over the `revision` this device read (0 = nothing yet); None starts over, or ends with the claim.

    Raises `TalkMoved` when another device went on meanwhile (nothing is overwritten), `InvalidInput` for more than 80
    turns or 500 letters, or a NUL.
    """
    if talk is not None:
        _refuse(talk)
    now = clock.now()
    with transaction.atomic():
        row = ClaimTalk.objects.select_for_update().filter(account_id=account_id).first()
        if (row.revision if row is not None else 0) != revision:
            raise TalkMoved
        if row is None:
            row = ClaimTalk(id=clock.new_id(), shard_key=shard_of(str(account_id)), account_id=account_id, revision=0)
        row.talk_sealed = None if talk is None else _seal(row.id, talk)
        row.revision, row.updated_at, row.expires_at = revision + 1, now, now + TALK_KEPT
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as twice:
            raise TalkMoved from twice  # another device saved the very first word in the same instant
    return _view(row)


def end_talk(account_id: UUID, revision: int) -> None:
    """What was told has become a claim. Where another device has gone on since, its words stay."""
    ClaimTalk.objects.filter(account_id=account_id, revision=revision).update(
        talk_sealed=None, revision=revision + 1, updated_at=clock.now(), expires_at=clock.now() + TALK_KEPT
    )


def forget_talks() -> int:
    """The round that erases what has expired; how many were erased."""
    expired = ClaimTalk.objects.filter(expires_at__lte=clock.now()).exclude(talk_sealed=None)
    return expired.update(talk_sealed=None)


def _refuse(talk: Talk) -> None:
    said = (talk.sentence, talk.typed, *(text for turn in talk.turns for text in (turn.zh, turn.en)))
    if any(len(text) > _LONGEST or "\x00" in text for text in said):
        raise InvalidInput(field="talk", reason_zh="每句最多 500 字", reason_en="at most 500 letters each")
    if len(talk.turns) > _MOST_TURNS:
        raise InvalidInput(field="turns", reason_zh="说得太多了，请重新开始", reason_en="too many turns: start over")


def _seal(talk_id: UUID, talk: Talk) -> bytes:
    day = talk.happened_on.isoformat() if talk.happened_on else ""
    return vault.seal(_SEALED, talk_id, json.dumps(asdict(talk) | {"happened_on": day}, ensure_ascii=False))


def _view(row: ClaimTalk) -> KeptTalk:
    if row.talk_sealed is None or row.expires_at <= clock.now():
        return KeptTalk(None, row.revision, None)
    content: dict[str, Any] = json.loads(vault.unseal(_SEALED, row.id, bytes(row.talk_sealed)))
    content["happened_on"] = date.fromisoformat(content["happened_on"]) if content["happened_on"] else None
    content["turns"] = tuple(Turn(**turn) for turn in content["turns"])
    return KeptTalk(Talk(**content), row.revision, row.expires_at)
