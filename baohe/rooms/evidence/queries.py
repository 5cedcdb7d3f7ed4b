"""Reads of the log: checkpoints, proofs, tiles, and the audit of the whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q

from baohe.kernel.canonical import canonical_bytes
from baohe.kernel.merkle import (
    HASH_BYTES,
    SubtreeReader,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
)
from baohe.kernel.tlog import TILE_WIDTH, ProofText, write_proof
from baohe.rooms.evidence import store
from baohe.rooms.evidence.contracts import CheckpointView, ConsistencyView, LeafView, Opening, ProofView
from baohe.rooms.evidence.errors import LogRefusesToSign
from baohe.rooms.evidence.models import EvidenceLeaf
from baohe.rooms.evidence.rules import subtree_reader

_AUDIT_BATCH = 2_000


def verifier_key() -> str:
    """The log's public key as a C2SP verifier key."""
    return store.signer(store.this_log()).verifier.vkey()


def checkpoint() -> CheckpointView | None:
    """The newest signed checkpoint; None before the first."""
    log = store.this_log()
    head = store.read_head(log)
    if head is None:
        return None
    return CheckpointView(log.origin, head.size, head.root_hash, head.note, head.signed_at)


def leaf_of(subject: str, kind: str) -> LeafView | None:
    """The first leaf of this kind about `subject`, sequenced or not."""
    row = EvidenceLeaf.objects.filter(subject=subject, kind=kind).order_by("id").first()
    return None if row is None else LeafView(row.id, bytes(row.leaf_hash))


def recorded(subject: str, kind: str) -> Mapping[str, Any] | None:
    """The facts of the first leaf of this kind about `subject`, if its opening still is what the leaf commits to;
    None where there is no leaf, its opening was erased, or either was changed."""
    row = EvidenceLeaf.objects.filter(subject=subject, kind=kind).order_by("id").first()
    if row is None or row.opening is None or bytes(row.leaf_hash) != leaf_hash(bytes(row.leaf_data)):
        return None
    opening = bytes(row.opening)
    if json.loads(bytes(row.leaf_data))["commitment"] != hashlib.sha256(opening).hexdigest():
        return None
    facts: Mapping[str, Any] = json.loads(opening)["facts"]
    return facts


def proof(subject_or_leaf_id: str | UUID, kind: str = "") -> ProofView | None:
    """Inclusion of one leaf, or of the first about a subject (of `kind`, if given); None until it is signed for."""
    found = proofs(subject_or_leaf_id, kind, most=1)
    return found[0] if found else None


def proofs(subject_or_leaf_id: str | UUID, kind: str = "", most: int = 20) -> list[ProofView]:
    """Inclusion of up to `most` leaves of a subject, oldest first, all under the newest checkpoint."""
    head = checkpoint()
    if head is None or "\x00" in f"{subject_or_leaf_id}{kind}":  # no text column holds a NUL; the driver would raise
        return []
    rows = EvidenceLeaf.objects.filter(_about(subject_or_leaf_id), leaf_index__lt=head.size)
    if kind:
        rows = rows.filter(kind=kind)
    read = subtree_reader(store.Tiles())
    return [_proof_view(row, head, read) for row in rows.order_by("id")[:most]]


def proof_text(held: ProofView, with_opening: bool) -> str:
    """The proof as `.tlog-proof`. The opening is for who holds the document, not for strangers."""
    opening = None
    if with_opening and held.opening is not None:
        facts = dict(held.opening.facts)
        content = {"facts": facts, "salt": held.opening.salt.hex(), "subject": held.opening.subject}
        opening = canonical_bytes(content)
    return write_proof(ProofText(held.leaf_data, opening, held.leaf_index, held.proof, held.checkpoint.note))


def consistency(size1: int, size2: int | None = None) -> ConsistencyView | None:
    """Proof from `size1` to `size2` (default: the newest checkpoint); None where the log was never that large."""
    head = checkpoint()
    size2 = size2 if size2 is not None else (head.size if head else 0)
    if head is None or not 0 < size1 <= size2 <= head.size:
        return None
    read = subtree_reader(store.Tiles())
    nodes = tuple(consistency_proof(size1, size2, read))
    return ConsistencyView(size1, size2, root_of(size1, read), root_of(size2, read), nodes)


def tile(level: int, number: int, width: int) -> bytes | None:
    """`width` hashes of a tile (256 for a full one); None unless a signed tree needs that many."""
    head = checkpoint()
    if head is None or not 0 < width <= TILE_WIDTH or (head.size >> (8 * level)) < number * TILE_WIDTH + width:
        return None
    return store.Tiles()(level, number)[: width * HASH_BYTES]


def entry_bundle(number: int, width: int) -> bytes | None:
    """`width` leaves from 256·`number`, each behind its length in two bytes; None beyond the signed tree."""
    head = checkpoint()
    first = number * TILE_WIDTH
    if head is None or not 0 < width <= TILE_WIDTH or head.size < first + width:
        return None
    rows = EvidenceLeaf.objects.filter(leaf_index__gte=first, leaf_index__lt=first + width).order_by("leaf_index")
    entries = [bytes(data) for data in rows.values_list("leaf_data", flat=True)]
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def problems() -> list[str]:
    """Rebuild the log from its leaves and name everything that does not agree. Reads the whole log."""
    found: list[str] = []
    size = store.tree_size()
    tiles = store.Tiles()
    # Only up to the size just read: the sequencer may be at work beside the audit.
    placed = EvidenceLeaf.objects.filter(leaf_index__lt=size)
    if placed.count() != size:
        found.append(f"{placed.count()} leaves have a place, the tiles hold {size}")
    for first in range(0, size, _AUDIT_BATCH):
        rows = placed.filter(leaf_index__gte=first, leaf_index__lt=first + _AUDIT_BATCH)
        for place, data in rows.order_by("leaf_index").values_list("leaf_index", "leaf_data"):
            index = place or 0
            at = index % TILE_WIDTH * HASH_BYTES
            if tiles(0, index // TILE_WIDTH)[at : at + HASH_BYTES] != leaf_hash(bytes(data)):
                found.append(f"leaf {index} is not what the tile says")
        tiles = store.Tiles()
    return found + _head_problems()


def _head_problems() -> list[str]:
    try:
        head = checkpoint()
    except LogRefusesToSign as refusal:
        return [refusal.message_en]
    if head is None:
        return []
    size = store.tree_size()  # after the head: places are durable before they are signed for
    if head.size > size:
        return [f"{head.size} leaves were signed, the database holds {size}"]
    if root_of(head.size, subtree_reader(store.Tiles())) != head.root_hash:
        return ["the rebuilt root is not the root that was signed"]
    return []


def _about(subject_or_leaf_id: str | UUID) -> Q:
    text = str(subject_or_leaf_id)
    try:
        return Q(subject=text) | Q(id=UUID(text))
    except ValueError:
        return Q(subject=text)


def _proof_view(row: EvidenceLeaf, head: CheckpointView, read: SubtreeReader) -> ProofView:
    index = row.leaf_index
    if index is None:
        raise ValueError("a leaf without a place has no proof")
    return ProofView(
        leaf_id=row.id,
        kind=row.kind,
        subject=row.subject,
        leaf_index=index,
        leaf_hash=bytes(row.leaf_hash),
        leaf_data=bytes(row.leaf_data),
        opening=_opening(row),
        recorded_at=row.recorded_at,
        proof=tuple(inclusion_proof(index, head.size, read)),
        checkpoint=head,
    )


def _opening(row: EvidenceLeaf) -> Opening | None:
    if row.opening is None:
        return None
    content = json.loads(bytes(row.opening))
    return Opening(bytes.fromhex(content["salt"]), content["subject"], content["facts"])
