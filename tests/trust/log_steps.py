"""Leaves put on the log, and all of them read back."""

from __future__ import annotations

from baohe.rooms.evidence import facade as evidence
from baohe.rooms.evidence.models import EvidenceLeaf


def record(number: int, prefix: str = "policy") -> list[str]:
    subjects = [f"{prefix}-{i}" for i in range(number)]
    evidence.append_many([evidence.NewLeaf("policy_issued", s, {"premium_fen": 100}, 7) for s in subjects])
    return subjects


def all_leaves() -> list[bytes]:
    rows = EvidenceLeaf.objects.exclude(leaf_index=None).order_by("leaf_index")
    return [bytes(data) for data in rows.values_list("leaf_data", flat=True)]
