"""Write facts as leaves, in the transaction of the caller."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from baohe.kernel.ids import uuid7
from baohe.plumbing import clock
from baohe.plumbing.queues import queue_behind
from baohe.rooms.evidence.contracts import LeafView, NewLeaf
from baohe.rooms.evidence.models import EvidenceLeaf
from baohe.rooms.evidence.rules import SALT_BYTES, make_leaf

_COLUMNS = "id, shard_key, kind, subject, leaf_data, leaf_hash, opening, recorded_at"
_TYPES = ["uuid", "int2", "varchar", "varchar", "bytea", "bytea", "bytea", "timestamptz"]
_FEW = 8
"""Below this an INSERT is quicker than opening a COPY stream."""

Row = tuple[UUID, int, str, str, bytes, bytes, bytes, datetime]


def append_drafts(drafts: Sequence[NewLeaf]) -> list[LeafView]:
    """Insert the leaves and return them in the order given. Refuses to run outside of a transaction: a fact and its
    leaf must commit together or not at all."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a leaf belongs in the transaction of its fact")
    if not drafts:
        return []
    rows = list(_rows(drafts))
    with connection.cursor() as cursor:
        if len(rows) <= _FEW:
            values = ", ".join(["(%s, %s, %s, %s, %s, %s, %s, %s)"] * len(rows))
            statement = f"INSERT INTO evidence_evidenceleaf ({_COLUMNS}) VALUES {values}"  # noqa: S608 - constants
            cursor.execute(statement, [value for row in rows for value in row])
        else:
            with cursor.copy(f"COPY evidence_evidenceleaf ({_COLUMNS}) FROM STDIN (FORMAT BINARY)") as stream:
                stream.set_types(_TYPES)
                for row in rows:
                    stream.write_row(row)
    return [LeafView(row[0], row[5]) for row in rows]


def append_first(draft: NewLeaf) -> LeafView:
    """The leaf of this kind and subject that is there, or a new one. Queues behind a transaction that does the same."""
    with transaction.atomic():
        queue_behind("evidence", [f"{draft.kind}\x00{draft.subject}"])
        earlier = EvidenceLeaf.objects.filter(subject=draft.subject, kind=draft.kind).order_by("id").first()
        if earlier is not None:
            return LeafView(earlier.id, bytes(earlier.leaf_hash))
        return append_drafts([draft])[0]


def _rows(drafts: Sequence[NewLeaf]) -> Iterator[Row]:
    moment = clock.now()
    salts = secrets.token_bytes(SALT_BYTES * len(drafts))
    chance = secrets.token_bytes(8 * len(drafts))
    # Sorted, so that the sequencer keeps the caller's order inside one call.
    ids = sorted(uuid7(moment, chance[i * 8 : i * 8 + 8]) for i in range(len(drafts)))
    for position, (leaf_id, draft) in enumerate(zip(ids, drafts, strict=True)):
        salt = salts[position * SALT_BYTES : (position + 1) * SALT_BYTES]
        made = make_leaf(draft.kind, draft.subject, draft.facts, moment, salt)
        yield (
            leaf_id,
            draft.shard_key,
            draft.kind,
            draft.subject,
            made.leaf_data,
            made.leaf_hash,
            made.opening,
            moment,
        )
