"""Take an entry back by its mirror image."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from baohe.kernel.errors import NotFound
from baohe.rooms.ledger.actions.post import post
from baohe.rooms.ledger.contracts import Entry, EntryView
from baohe.rooms.ledger.queries import entry_by_id
from baohe.rooms.ledger.rules.entries import mirrored


def reverse(entry_id: UUID, business_date: date, memo: str) -> EntryView:
    """Post the mirror of `entry_id`; a second call returns the same reversal. Raises `NotFound`."""
    original = entry_by_id(entry_id)
    if original is None:
        raise NotFound(what="分录")
    return post(
        Entry(
            kind="reversal",
            ref=str(entry_id),
            shard_key=original.shard_key,
            business_date=business_date,
            memo=memo,
            postings=mirrored(original.postings),
            reverses=entry_id,
        )
    )
