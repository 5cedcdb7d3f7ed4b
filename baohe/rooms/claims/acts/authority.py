"""How much one name may do: the one place where the acts on a claim's money ask."""

from __future__ import annotations

from baohe.rooms.claims.actions.pay_by_person import SINGLE_AUTHORITY_FEN
from baohe.rooms.people.contracts import StaffView


def alone_fen(staff: StaffView) -> int:
    """Up to this their name alone is enough, in fen."""
    return SINGLE_AUTHORITY_FEN
