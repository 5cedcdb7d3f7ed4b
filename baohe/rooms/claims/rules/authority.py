"""What a name may decide alone and as one of two (dated data). Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from baohe.kernel.decisions import Text

GRADES = ("claims_handler", "claims_senior", "claims_lead", "claims_head")
"""From the lowest to the highest; one name holds all that it was given, and the highest counts."""
GRADE_NAMES: Mapping[str, Text] = {
    "claims_handler": Text("理赔员", "handler"),
    "claims_senior": Text("高级理赔员", "senior handler"),
    "claims_lead": Text("理赔组长", "lead"),
    "claims_head": Text("理赔负责人", "head"),
}


@dataclass(frozen=True, slots=True)
class Authority:
    """Fen of one decision. `alone` is paid under one name; `second` is the most, paid and refused together, that
    this name may confirm as the second; None has no limit."""

    alone: int
    second: int | None


@dataclass(frozen=True, slots=True)
class Edition:
    since: date
    of_grade: Mapping[str, Authority]


EDITIONS = (
    Edition(
        date(2026, 1, 1),
        {
            "claims_handler": Authority(2_000_000, 10_000_000),
            "claims_senior": Authority(10_000_000, 50_000_000),
            "claims_lead": Authority(30_000_000, 200_000_000),
            "claims_head": Authority(100_000_000, None),
        },
    ),
)
"""The insurers' letter of authority, in force from a day on: ¥20,000, ¥100,000, ¥300,000 and ¥1,000,000 alone."""


def grade_of(roles: Collection[str]) -> str:
    """The highest grade among a name's roles; "" for whoever handles no claims. Leading without handling decides
    nothing."""
    if GRADES[0] not in roles:
        return ""
    return max((grade for grade in GRADES if grade in roles), key=GRADES.index)


def authority_of(grade: str, on: date) -> Authority:
    """What the grade may do on that day; the first edition also speaks for the days before it."""
    in_force = [edition for edition in EDITIONS if edition.since <= on] or [EDITIONS[0]]
    return max(in_force, key=lambda edition: edition.since).of_grade[grade]


def may_confirm(grade: str, maker_grade: str, sum_fen: int, on: date) -> bool:
    """Whether a second name counts: never of a lower grade than the first, and within its own limit."""
    limit = authority_of(grade, on).second
    return GRADES.index(grade) >= GRADES.index(maker_grade) and (limit is None or sum_fen <= limit)
