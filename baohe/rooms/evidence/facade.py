"""The only door of the evidence room: record facts, prove them later.

A fact is written as a leaf in the caller's transaction; the sequencer (`integrate`, called twice a second by the
worker) gives it its place in the tree and signs a checkpoint. The room never holds personal data in a leaf.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from baohe.rooms.evidence.actions.append import append_drafts, append_first
from baohe.rooms.evidence.actions.erase import erase_opening as _erase_opening
from baohe.rooms.evidence.actions.integrate import integrate as _integrate
from baohe.rooms.evidence.contracts import CheckpointView, ConsistencyView, LeafView, NewLeaf, ProofView
from baohe.rooms.evidence.queries import (
    checkpoint,
    consistency,
    entry_bundle,
    leaf_of,
    problems,
    proof,
    proof_text,
    proofs,
    recorded,
    tile,
    verifier_key,
)

__all__ = [
    "NewLeaf",
    "append",
    "append_many",
    "append_once",
    "checkpoint",
    "consistency",
    "entry_bundle",
    "erase_opening",
    "integrate",
    "leaf_of",
    "problems",
    "proof",
    "proof_text",
    "proofs",
    "recorded",
    "tile",
    "verifier_key",
    "CheckpointView",
    "ConsistencyView",
    "ProofView",
]


def append(kind: str, subject: str, facts: Mapping[str, Any], shard_key: int) -> LeafView:
    """Record one fact with the caller's transaction. `facts` holds no personal data and no floats."""
    return append_drafts([NewLeaf(kind, subject, facts, shard_key)])[0]


def append_many(drafts: Sequence[NewLeaf]) -> list[LeafView]:
    """Record many facts in one COPY, in the caller's transaction."""
    return append_drafts(drafts)


def append_once(kind: str, subject: str, facts: Mapping[str, Any], shard_key: int) -> LeafView:
    """Like `append`, but a second fact of this kind about this subject is the first one again.

    For workers that repeat an event. Takes a lock per (kind, subject) until the caller's transaction ends.
    """
    return append_first(NewLeaf(kind, subject, facts, shard_key))


def integrate() -> int:
    """Sequence waiting leaves and sign a checkpoint. Returns how many leaves were sequenced.

    Safe to call from many processes: one works, the others return 0. Raises `LogRefusesToSign`.
    """
    return _integrate()


def erase_opening(leaf_id: UUID) -> bool:
    """Forget what a leaf commits to (DATA-2). The tree and every proof stay valid. Returns False if already gone."""
    return _erase_opening(leaf_id)
