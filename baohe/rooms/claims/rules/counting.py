"""What adds up over several claims: the keys and periods of counted limits and deductibles. Pure."""

from __future__ import annotations

from datetime import date

from baohe.kernel.dates import add_years
from baohe.rooms.catalog.contracts import ClaimEvent, ClaimStep

_FAMILY = ":family"


def counted(step: ClaimStep) -> bool:
    return step.op in ("minus", "cap") and step.per in ("year", "contract")


def use_key(event: ClaimEvent, step: ClaimStep) -> str:
    """Under which a counted limit or deductible adds up over the claims of one policy, or of a family's policies."""
    return f"{event.coverage}:{step.op}:{step.per}" + (_FAMILY if step.shared else "")


def of_family(key: str) -> bool:
    """Whether what was used under the key counts for all policies that a family bought together."""
    return key.endswith(_FAMILY)


def counted_periods(event: ClaimEvent, start: date, happened_on: date) -> dict[str, date]:
    """Use key → first day of the period it is counted over (policy year, or the whole contract)."""
    return {
        use_key(event, step): policy_year(start, happened_on) if step.per == "year" else start
        for step in event.steps
        if counted(step)
    }


def policy_year(start: date, day: date) -> date:
    """First day of the policy year that `day` falls in; days before the cover belong to the first."""
    years = max(0, day.year - start.year)
    return add_years(start, years - 1 if years and add_years(start, years) > day else years)
