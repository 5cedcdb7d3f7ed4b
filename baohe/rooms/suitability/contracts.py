"""What is asked, what was found and what the customer stated. Amounts are integer fen, ages full years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from baohe.kernel.decisions import Decision, Text
from baohe.rooms.suitability.rules.covers import BASKET, ELSEWHERE, OWN, Cover

OWN_CHOICE, DUPLICATE, ELDER_CARE, STOPPED = "own_choice", "duplicate", "elder_care", "stopped"
STATEMENTS = (OWN_CHOICE, DUPLICATE, ELDER_CARE, STOPPED)
SIGNED = frozenset({OWN_CHOICE})
"""Statements that count with the customer's own signature alone."""

FITS, STOP = "fits", "stop"
"""Outcomes of a check. A check advises and refuses nobody."""

PURPOSES = ("family", "illness", "pension", "heirs", "soon")
EXISTING = ("none", "some", "enough")
MOST_FEN = 100_000_000_000_00
"""The largest amount an answer may state: 100 billion yuan, so that sums stay far inside 64 bits."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The four questions. `income_fen` is the household's in a year; `budget_fen` what the customer means to spend
    on this contract, in a year, or once where it is paid once."""

    purpose: str
    existing: str
    income_fen: int
    budget_fen: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the check knows of the contract. `premium_fen` is due every year for `pay_years`, or once where that is 1;
    `age` is the policyholder's on the first day of cover, `on` the day whose limits hold."""

    version_id: str
    line: str
    design: str
    premium_fen: int
    pay_years: int
    age: int
    on: date

    @property
    def paid_once(self) -> bool:
        return self.pay_years == 1

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "on": self.on.isoformat()}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Terms:
        return cls(**{**stored, "on": date.fromisoformat(stored["on"])})


@dataclass(frozen=True, slots=True)
class StatementText:
    """What the customer states, line by line; `digest` is over code and lines. `by_law`: SALE-7 demands the signed
    statement before the policy is issued."""

    code: str
    lines: tuple[Text, ...]
    digest: str
    by_law: bool = False


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """One check of one proposal. `reused`: the customer confirmed earlier answers instead of giving them anew."""

    id: UUID
    proposal_id: UUID
    account_id: UUID
    terms: Terms
    answers: Answers
    decision: Decision
    reused: bool
    at: datetime

    @property
    def advises_to_stop(self) -> bool:
        return self.decision.outcome == STOP


@dataclass(frozen=True, slots=True)
class StatementView:
    """`strokes`: the drawn signature as points {x, y in 1/10,000 of the pad, t in ms}; none for what needs none."""

    id: UUID
    proposal_id: UUID
    code: str
    digest: str
    lines: tuple[Text, ...]
    strokes: tuple[tuple[Mapping[str, int], ...], ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptView:
    """Answers kept for the next purchase; `until` is the last day on which they may be used again."""

    answers: Answers
    kept_on: date
    until: date


@dataclass(frozen=True, slots=True)
class FileView:
    """Everything that was checked and stated for one proposal, oldest first."""

    proposal_id: UUID
    assessments: tuple[AssessmentView, ...]
    statements: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class FileLine:
    """A proposal in the desk's list, by its latest check or statement."""

    proposal_id: UUID
    account_id: UUID
    outcome: str
    stated: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class FilePage:
    items: tuple[FileLine, ...]
    total: int
    page: int
    size: int


__all__ = [
    "BASKET",
    "DUPLICATE",
    "ELDER_CARE",
    "ELSEWHERE",
    "EXISTING",
    "FITS",
    "MOST_FEN",
    "OWN",
    "OWN_CHOICE",
    "PURPOSES",
    "SIGNED",
    "STATEMENTS",
    "STOP",
    "STOPPED",
    "Answers",
    "AssessmentView",
    "Cover",
    "FileLine",
    "FilePage",
    "FileView",
    "KeptView",
    "StatementText",
    "StatementView",
    "Terms",
]
