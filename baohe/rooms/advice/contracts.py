"""What advice rests on and what it says. Amounts are integer fen; ages are full years on the day of the advice.

`Facts` hold no name, number or address: whoever reads a stored decision sees a person's id, age and relation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from baohe.kernel.decisions import Decision, Reason, Text

PERSONAL, BROWSING, HEALTH = "advice_personal", "advice_browsing", "advice_health"
"""Purposes of consent. Nothing of a person is read under a purpose that was not granted (DATA-1, DATA-3)."""

INCOMES: Mapping[str, int] = {"under_10": 5_000_000, "10_30": 10_000_000, "30_60": 30_000_000, "over_60": 60_000_000}
"""Band of a household's income a year, in ten thousand yuan → the fen it is at least counted as."""
RISKS = ("careful", "balanced", "bold")
DEBTS = ("none", "some", "much")


@dataclass(frozen=True, slots=True)
class Member:
    """One of the family. `relation` as in the address book; `id` is the person's."""

    id: str
    relation: str
    age: int
    age_days: int
    sex: str
    social_insurance: bool
    occupation_class: int | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """A policy in force: for whom (empty = not known), its line and its version."""

    person: str
    line: str
    version: str


@dataclass(frozen=True, slots=True)
class Answers:
    """The plain questions; "" and False mean not answered. `health` is good | chronic, and needs its own consent."""

    income: str = ""
    debts: str = ""
    dependants: bool = False
    car: bool = False
    home: bool = False
    pet: bool = False
    travel: bool = False
    ride: bool = False
    shopping: bool = False
    risk: str = "balanced"
    health: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the rules see. `shelf` and `looked` name versions and products."""

    day: str
    members: tuple[Member, ...]
    held: tuple[Holding, ...]
    answers: Answers
    shelf: tuple[str, ...]
    looked: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "day": self.day,
            "members": [asdict(member) for member in self.members],
            "held": [asdict(holding) for holding in self.held],
            "answers": asdict(self.answers),
            "shelf": list(self.shelf),
            "looked": list(self.looked),
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Facts:
        return cls(
            day=stored["day"],
            members=tuple(Member(**member) for member in stored["members"]),
            held=tuple(Holding(**holding) for holding in stored["held"]),
            answers=Answers(**stored["answers"]),
            shelf=tuple(stored["shelf"]),
            looked=tuple(stored["looked"]),
        )


@dataclass(frozen=True, slots=True)
class Fit:
    """A product for a need. `premium_fen` is for one `period` (year | order) of this person, None in the view that
    uses nothing personal; `more_fen` is how much more than the price shown in lists."""

    product: str
    version: str
    premium_fen: int | None
    period: str
    more_fen: int | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """`state` is gap (missing), held, later (beyond what the budget bears) or general (nothing personal was used).

    `person` is empty for what belongs to the household.
    """

    code: str
    person: str
    state: str
    title: Text
    reasons: tuple[Reason, ...]
    fits: tuple[Fit, ...] = ()


@dataclass(frozen=True, slots=True)
class Duplicate:
    """SALE-7: several policies that reimburse the same costs of the same person."""

    person: str
    line: str
    versions: tuple[str, ...]
    reason: Reason


@dataclass(frozen=True, slots=True)
class Advice:
    """The answer of the needs check. `id` is None where nothing was stored (a visitor, or nothing personal)."""

    id: UUID | None
    personal: bool
    needs: tuple[Need, ...]
    duplicates: tuple[Duplicate, ...]
    budget_fen: int | None
    yearly_fen: int
    decision: Decision


@dataclass(frozen=True, slots=True)
class Beside:
    """A product worth seeing beside the one looked at. `difference_fen` is this price less that one, None where the
    two cannot be compared (another period) or nothing personal was used."""

    product: str
    version: str
    premium_fen: int | None
    period: str
    difference_fen: int | None
    reasons: tuple[Reason, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Settings:
    """What the customer allowed, and how many products are remembered as looked at."""

    personal: bool
    browsing: bool
    health: bool
    looked: int
