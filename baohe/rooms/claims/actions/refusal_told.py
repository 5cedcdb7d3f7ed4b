"""The claimant was told of a refusal with its reasons (INS 24)."""

from __future__ import annotations

from uuid import UUID

from baohe.rooms.claims import clocks, locks


def refusal_told(claim_id: UUID) -> None:
    """Ends the clock of the refusal notice. Twice is once; inside the caller's transaction. Raises `NotFound`."""
    clocks.follow(locks.any_claim(claim_id), "refusal_told")
