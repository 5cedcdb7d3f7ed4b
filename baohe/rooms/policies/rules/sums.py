"""What a contract is written for, from its version and inputs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from baohe.kernel.decisions import Text
from baohe.kernel.money import yuan

if TYPE_CHECKING:
    from baohe.rooms.catalog.contracts import ProductVersion

_WAN_FEN = 1_000_000


def sum_insured_in_words(amount_fen: int) -> Text:
    """`200 万` for round sums, `¥11.00` for others."""
    if amount_fen >= _WAN_FEN and amount_fen % _WAN_FEN == 0:
        return Text(f"{amount_fen // _WAN_FEN} 万", f"¥{yuan(amount_fen)}")
    return Text(f"¥{yuan(amount_fen)}", f"¥{yuan(amount_fen)}")


def death_cover_fen(version: ProductVersion, inputs: Mapping[str, str]) -> int:
    """What the contract pays at most when the insured dies; 0 when it does not cover death."""
    insured_fen = version.sum_insured.fen(inputs)
    paid: list[int] = []
    for event in version.claim_events_of(inputs):
        if event.code == "death":
            benefits = [step.amount for step in event.steps if step.op == "benefit"]
            paid += [amount.fen(inputs, insured_fen) for amount in (*benefits, event.at_most) if amount is not None]
    return max(paid, default=0)
