"""How much one name may do: the one place where the acts on a claim's money ask."""

from __future__ import annotations

from baohe.rooms.claims.actions.pay_by_person import SINGLE_AUTHORITY_FEN


def alone_fen() -> int:
    """Up to this one name is enough, in fen."""
    return SINGLE_AUTHORITY_FEN
