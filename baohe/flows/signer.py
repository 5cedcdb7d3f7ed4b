"""A drawn signature as papers take it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from baohe.rooms.documents.contracts import CustomerSignature


def drawn_signature(
    strokes: Sequence[Sequence[Mapping[str, int]]], digest: str, signed_at: datetime, name: str
) -> CustomerSignature:
    """`digest` is the SHA-256 of what was signed; the strokes lose their times and keep their form."""
    points = tuple(tuple((point["x"], point["y"]) for point in stroke) for stroke in strokes)
    return CustomerSignature(points, digest, signed_at, name)
