"""The sequencer: give waiting leaves their place, then sign what the tables hold.

Exact order, and what a kill between two lines leaves behind:
1. one transaction: lock, take waiting leaves in id order, append their hashes to the tiles, set `leaf_index`.
   Killed before COMMIT: nothing happened. Killed after: leaves have places that nobody has signed; step 2 of the next
   call signs them.
2. one transaction: lock, read the file of the last signed checkpoint, rebuild its root from the tiles and compare,
   sign the present size, write the file (aside, fsync, rename, fsync folder), insert the row for auditors.
   Killed before the rename: the old checkpoint stands. Killed after it and before COMMIT: the file is ahead of the
   table of checkpoints; the next call writes the missing row from the file.
The signature is over places that are already durable, so a checkpoint never promises a leaf that can still vanish.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from baohe.adapters.signing.notes import Checkpoint, checkpoint_text
from baohe.kernel.merkle import HASH_BYTES, root_of
from baohe.kernel.tlog import TILE_WIDTH
from baohe.plumbing import clock
from baohe.rooms.evidence import store
from baohe.rooms.evidence.errors import LogRefusesToSign
from baohe.rooms.evidence.models import EvidenceCheckpoint, EvidenceLog, EvidenceTile
from baohe.rooms.evidence.rules import subtree_reader, tile_root

BATCH = 5_000
"""Leaves a transaction: bounds memory and the time other readers wait for a tile."""

_SEQUENCER = 0x6C6F67  # advisory lock: "log"


def integrate() -> int:
    """Sequence everything that waits and sign after each batch, so that a backlog delays no checkpoint.

    Returns the number of leaves sequenced by this call.
    """
    total = 0
    while True:
        taken = _sequence()
        total += taken
        _sign()
        if taken < BATCH:
            return total


def _sequence() -> int:
    with transaction.atomic(durable=True):
        if not _only_one():
            return 0
        waiting = _waiting()
        if waiting:
            first = store.tree_size()
            _grow(0, first, [leaf_hash for _, leaf_hash in waiting])
            _set_places([leaf_id for leaf_id, _ in waiting], first)
        return len(waiting)


def _sign() -> None:
    with transaction.atomic(durable=True):
        if not _only_one():
            return
        log = store.this_log()
        head = store.read_head(log)
        size = store.tree_size()
        _refuse_if_inconsistent(head, size)
        if head is not None:
            _remember(head)
            if head.size == size:
                return
        new = _signed(log, size)
        if head is not None and new.signed_at <= head.signed_at:
            raise LogRefusesToSign(reason_zh="时间没有前进", reason_en="time does not advance")
        store.replace_head(log, head, new)
        _remember(new)


def _refuse_if_inconsistent(head: store.SignedHead | None, size: int) -> None:
    if head is None:
        if EvidenceCheckpoint.objects.exists():
            raise LogRefusesToSign(reason_zh="检查点文件不见了", reason_en="the checkpoint file is missing")
        return
    if size < head.size:
        raise LogRefusesToSign(
            reason_zh=f"数据库只有 {size} 条，已签署 {head.size} 条",
            reason_en=f"the database holds {size} leaves, {head.size} were signed",
        )
    if root_of(head.size, subtree_reader(store.Tiles())) != head.root_hash:
        raise LogRefusesToSign(
            reason_zh="重算的根与已签署的根不一致", reason_en="the rebuilt root is not the root that was signed"
        )


def _signed(log: EvidenceLog, size: int) -> store.SignedHead:
    root = root_of(size, subtree_reader(store.Tiles()))
    note = store.signer(log).sign(checkpoint_text(Checkpoint(log.origin, size, root)))
    return store.SignedHead(size, root, note, clock.now())


def _remember(head: store.SignedHead) -> None:
    row = EvidenceCheckpoint(size=head.size, root_hash=head.root_hash, note=head.note, signed_at=head.signed_at)
    EvidenceCheckpoint.objects.bulk_create([row], ignore_conflicts=True)


def _only_one() -> bool:
    """The sequencer's lock until this transaction ends; False where another process holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEQUENCER])
        return bool(cursor.fetchone()[0])


def _waiting() -> list[tuple[object, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, leaf_hash FROM evidence_evidenceleaf WHERE leaf_index IS NULL ORDER BY id LIMIT %s", [BATCH]
        )
        return [(leaf_id, bytes(leaf_hash)) for leaf_id, leaf_hash in cursor.fetchall()]


def _set_places(leaf_ids: Sequence[object], first: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE evidence_evidenceleaf AS leaf SET leaf_index = %s + place.number - 1
            FROM unnest(%s::uuid[]) WITH ORDINALITY AS place(id, number) WHERE leaf.id = place.id
            """,
            [first, list(leaf_ids)],
        )


def _grow(level: int, first: int, hashes: Sequence[bytes]) -> None:
    """Append `hashes` at position `first` of `level`; every tile that becomes full sends its root one level up."""
    full: list[bytes] = []
    position = 0
    while position < len(hashes):
        number, start = divmod(first + position, TILE_WIDTH)
        part = b"".join(hashes[position : position + TILE_WIDTH - start])
        content = _append_to_tile(level, number, start, part)
        if len(content) == TILE_WIDTH * HASH_BYTES:
            full.append(tile_root(content))
        position += len(part) // HASH_BYTES
    if full:
        _grow(level + 1, first // TILE_WIDTH, full)


def _append_to_tile(level: int, number: int, start: int, part: bytes) -> bytes:
    if start == 0:
        EvidenceTile.objects.create(level=level, number=number, hashes=part)
        return part
    tile = EvidenceTile.objects.select_for_update().get(level=level, number=number)
    content = bytes(tile.hashes) + part
    EvidenceTile.objects.filter(id=tile.id).update(hashes=content)
    return content
