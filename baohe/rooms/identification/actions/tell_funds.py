"""What the money is for and where it comes from, in the customer's own words (level 3)."""

from __future__ import annotations

from baohe.kernel.errors import InvalidInput
from baohe.rooms.identification.actions.read_card import keep_step
from baohe.rooms.identification.contracts import FUNDS, PURPOSES, SOURCES, Party, StepView


def tell_funds(party: Party, purpose: str, source: str, note: str) -> StepView:
    """Raises `InvalidInput` for a word that is not offered, and for `other` without a note."""
    if purpose not in PURPOSES:
        raise InvalidInput(field="purpose", reason_zh="请选一项", reason_en="choose one")
    if source not in SOURCES:
        raise InvalidInput(field="source", reason_zh="请选一项", reason_en="choose one")
    note = note.strip()
    if "other" in (purpose, source) and not note:
        raise InvalidInput(
            field="note", reason_zh="选了“其他”，请写一句", reason_en="say in a sentence what “other” is"
        )
    return keep_step(party, FUNDS, {"purpose": purpose, "source": source, "note": note[:200]})
