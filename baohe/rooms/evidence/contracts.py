"""What crosses the door of the evidence room."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class NewLeaf:
    """One fact to record. `facts` carries no personal data: ids, digests, dates, fen, codes."""

    kind: str
    subject: str
    facts: Mapping[str, Any]
    shard_key: int


@dataclass(frozen=True, slots=True)
class LeafView:
    id: UUID
    leaf_hash: bytes


@dataclass(frozen=True, slots=True)
class CheckpointView:
    """A tree head as the log signed it. `note` is the whole C2SP checkpoint, signature line included."""

    origin: str
    size: int
    root_hash: bytes
    note: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class Opening:
    """What turns a published commitment back into the fact. Erasing it leaves the tree whole."""

    salt: bytes
    subject: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ProofView:
    """Inclusion of one leaf under one signed checkpoint; hashes are raw 32 bytes, sibling of the leaf first."""

    leaf_id: UUID
    kind: str
    subject: str
    leaf_index: int
    leaf_hash: bytes
    leaf_data: bytes
    opening: Opening | None
    recorded_at: datetime
    proof: tuple[bytes, ...]
    checkpoint: CheckpointView

    @property
    def tree_size(self) -> int:
        return self.checkpoint.size

    @property
    def root_hash(self) -> bytes:
        return self.checkpoint.root_hash

    def as_check(self) -> dict[str, Any]:
        """The object that `baohe log check` reads."""
        return {
            "kind": "inclusion",
            "leaf_index": self.leaf_index,
            "tree_size": self.tree_size,
            "leaf_hash": _base64(self.leaf_hash),
            "root_hash": _base64(self.root_hash),
            "proof": [_base64(node) for node in self.proof],
        }


@dataclass(frozen=True, slots=True)
class ConsistencyView:
    """Proof that the tree of `size2` only added leaves to the tree of `size1`."""

    size1: int
    size2: int
    root1: bytes
    root2: bytes
    proof: tuple[bytes, ...]

    def as_check(self) -> dict[str, Any]:
        return {
            "kind": "consistency",
            "size1": self.size1,
            "size2": self.size2,
            "root1": _base64(self.root1),
            "root2": _base64(self.root2),
            "proof": [_base64(node) for node in self.proof],
        }


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()
