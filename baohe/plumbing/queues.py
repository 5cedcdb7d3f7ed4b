"""Who comes second waits until the first has committed: advisory locks of PostgreSQL, told by words and not by numbers.

For what has no row yet that could be locked, or whose row the platform may not change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import connection, transaction


def queue_behind(room: str, things: Iterable[str | bytes]) -> None:
    """Until the transaction ends nobody else passes here with the same word of the same room. All at once and in one
    order, so that two who want several never wait for each other. Raises `TransactionManagementError` outside of a
    transaction, where a lock would be gone before it was of use."""
    numbers = sorted({number_of(room, thing) for thing in things})
    if not numbers:
        return
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("to queue behind somebody belongs in a transaction")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(number) FROM unnest(%s::bigint[]) AS number", [numbers])


def number_of(room: str, thing: str | bytes) -> int:
    """Of the lock of a word: signed, 64 bits."""
    told = thing if isinstance(thing, bytes) else thing.encode()
    return int.from_bytes(hashlib.sha256(f"{room}\x00".encode() + told).digest()[:8], "big", signed=True)
