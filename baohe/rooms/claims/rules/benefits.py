"""What one paper may serve: a cost is reimbursed once, and an allowance is owed once by each cover that promises it
(定额给付 beside 费用补偿). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from baohe.rooms.catalog.contracts import ClaimEvent

EXPENSE, ALLOWANCE = "expense", "allowance"
_BY_FIRST_STEP: Mapping[str, str] = {"start": EXPENSE, "benefit": ALLOWANCE, "daily": ALLOWANCE}
"""A calculation that starts from what was spent reimburses; one that starts from a sum or days is an allowance."""


@dataclass(frozen=True, slots=True)
class PaperUse:
    """What one claim uses its papers for. `person` is (account, insured), None for cover that insures no person;
    `cover` is (policy, coverage)."""

    person: tuple[UUID, UUID] | None
    cover: tuple[UUID, str]
    kind: str


def kind_of(event: ClaimEvent | None) -> str:
    """Without a calculation nobody knows: it counts as a cost."""
    return _BY_FIRST_STEP.get(event.steps[0].op, EXPENSE) if event is not None and event.steps else EXPENSE


_TOGETHER: Mapping[frozenset[str], str] = {
    frozenset({EXPENSE}): "never",
    frozenset({EXPENSE, ALLOWANCE}): "always",
    frozenset({ALLOWANCE}): "other_cover",
}


def may_serve_both(one: PaperUse, other: PaperUse) -> bool:
    """Whether the same paper may lie in both claims without a person looking: of one insured person, and never twice
    for one benefit."""
    if one.person is None or one.person != other.person:
        return False
    rule = _TOGETHER[frozenset({one.kind, other.kind})]
    return rule == "always" or (rule == "other_cover" and one.cover != other.cover)
