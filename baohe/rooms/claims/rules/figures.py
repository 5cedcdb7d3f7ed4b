"""The figures a calculation starts from: one visit a paper, and what the contract adds. Pure, whole fen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from baohe.kernel.money import apply_bp


@dataclass(frozen=True, slots=True)
class Visit:
    """Confirmed figures of one paper, in fen. `items` are the parts a contract limits by themselves (bed, drug …);
    `days` in hospital, 0 for an outpatient."""

    total_fen: int = 0
    social_paid_fen: int = 0
    self_paid_fen: int = 0
    recovered_fen: int = 0
    items: Mapping[str, int] = field(default_factory=dict)
    days: int = 0

    def fen(self, name: str) -> int:
        figures = {
            "total": self.total_fen,
            "social_paid": self.social_paid_fen,
            "self_paid": self.self_paid_fen,
            "recovered": self.recovered_fen,
        }
        return figures[name] if name in figures else self.items.get(name, 0)


@dataclass(frozen=True, slots=True)
class Figures:
    """All visits of a claim, the earliest first."""

    visits: tuple[Visit, ...] = ()

    def fen(self, name: str) -> int:
        return sum(visit.fen(name) for visit in self.visits)

    @property
    def days(self) -> int:
        return sum(visit.days for visit in self.visits)


@dataclass(frozen=True, slots=True)
class Contract:
    """What the policy adds to the steps: its rating inputs and its sum insured."""

    inputs: Mapping[str, str]
    sum_insured_fen: int


class Remains:
    """What is left of each visit while the steps go on. One number once a share was taken of all together: from
    there on a step cannot tell the visits apart, and a rounding happens once."""

    def __init__(self, amounts: list[int]) -> None:
        self._left = amounts or [0]

    @property
    def fen(self) -> int:
        return sum(self._left)

    def take_each(self, amounts: list[int]) -> int:
        """Take up to `amounts` of each visit; what was taken. Of all together, where visits are not told apart."""
        if len(amounts) != len(self._left):
            return self.take(sum(amounts))
        off = [min(left, amount) for left, amount in zip(self._left, amounts, strict=True)]
        self._left = [left - taken for left, taken in zip(self._left, off, strict=True)]
        return sum(off)

    def take(self, amount: int) -> int:
        """Take up to `amount` of all together, the earliest visit first; what was taken."""
        taken = 0
        for index, left in enumerate(self._left):
            part = min(left, amount - taken)
            self._left[index] -= part
            taken += part
        return taken

    def share(self, rate_bp: int) -> None:
        self._left = [apply_bp(self.fen, rate_bp)]

    def limit(self, amount: int) -> None:
        self._left = [min(self.fen, amount)]
