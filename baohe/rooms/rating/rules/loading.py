"""An underwriting loading on a filed premium."""

from __future__ import annotations

from fractions import Fraction

from baohe.kernel.errors import InvalidInput
from baohe.kernel.money import BASIS
from baohe.rooms.catalog.contracts import Inputs
from baohe.rooms.rating.rules.tariff import Tariff
from baohe.rooms.rating.rules.walking import Move, operand_of, round_to

_ENDING = ("round", "at_least", "at_most")


def loaded(tariff: Tariff, inputs: Inputs, premium_fen: int, loading_bp: int) -> int:
    """`premium_fen` × (1 + loading), then through the end of the formula once more: its last minimum, cap and
    rounding, in their order.

    So a loaded premium is rounded as every premium of the version, stays under the filed cap, and is the filed
    percentage above the premium that the customer saw. Raises `InvalidInput`.
    """
    if not 0 <= loading_bp <= 10 * BASIS:
        raise InvalidInput(
            field="loading_bp", reason_zh="加费应在 0 到 1000% 之间", reason_en="a loading is between 0 and 1000%"
        )
    if not loading_bp:
        return premium_fen
    ending = _ending(tariff.moves)
    numbers = tariff.numbers(inputs) if any(move.table or move.when for move in ending) else {}
    exact = Fraction(premium_fen * (BASIS + loading_bp), BASIS)
    for move in ending:
        if not move.taken(numbers):
            continue
        if move.step.op == "round":
            exact = Fraction(round_to(exact.numerator, exact.denominator, move.step))
            continue
        bound = Fraction(operand_of(move, numbers, {}), move.denominator)
        exact = max(exact, bound) if move.step.op == "at_least" else min(exact, bound)
    return max(premium_fen, int(exact))


def _ending(moves: tuple[Move, ...]) -> tuple[Move, ...]:
    """The steps after the last one that works something out."""
    last = max(number for number, move in enumerate(moves) if move.step.op not in _ENDING)
    return moves[last + 1 :]
