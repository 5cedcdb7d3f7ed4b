"""更正: of a paid claim some was not owed. What of the limits is free again, and the lines that say so. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from baohe.kernel.decisions import Text
from baohe.rooms.claims.contracts import CalculationLine
from baohe.rooms.claims.rules import lines as words


def freed(used: Mapping[str, int], corrected_fen: int, left_fen: int) -> dict[str, int]:
    """Use key → what goes back, as negative fen. Limits are freed by what was not owed; a deductible stays borne while
    anything of the claim stands (`left_fen`), and is unborne with the whole of it."""
    back: dict[str, int] = {}
    for key, fen in used.items():
        is_limit = ":cap:" in key
        amount = fen if left_fen == 0 else min(fen, corrected_fen) if is_limit else 0
        if amount > 0:
            back[key] = -amount
    return back


def lines_of(agreed_fen: int, corrected_fen: int) -> tuple[CalculationLine, ...]:
    return (
        CalculationLine("start", Text("已赔付", "Paid before"), None, agreed_fen),
        CalculationLine("minus", Text("更正：多付的部分", "Corrected: paid too much"), None, corrected_fen),
        words.total(agreed_fen - corrected_fen),
    )
