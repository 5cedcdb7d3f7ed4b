"""The only door of the actuarial room. Pure but for reading the tables' own files, once."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from baohe.rooms.actuarial.contracts import Edition, LifePlan, MortalityTable, SurrenderRule, Valuation
from baohe.rooms.actuarial.editions import editions
from baohe.rooms.actuarial.rules import columns, requests, valuing
from baohe.rooms.actuarial.rules.choosing import role_for
from baohe.rooms.actuarial.rules.flights import delay_index

__all__ = ["answer", "delay_index", "editions", "net_premiums", "role_for", "table", "table_for", "value"]

_SHOWN = Decimal("0.000001")
"""Figures leave with six decimals of a yuan: far finer than a rate book, so that sums of them still agree."""


def table(edition: str, code: str, sex: str, folder: Path | None = None) -> MortalityTable:
    """One published table. Raises `InvalidInput` for an edition, code or sex that is not there."""
    found = editions(folder)
    if edition not in found:
        raise requests.refused("edition", f"没有 {edition} 版", f"there is no edition {edition}", tuple(found))
    known = found[edition].tables
    if (code, sex) not in known:
        names = tuple(f"{code} {sex}" for code, sex in known)
        raise requests.refused("table", f"没有 {code} {sex}", f"there is no {code} {sex}", names)
    return known[code, sex]


def table_for(edition: str, kind: str, mainly: str, sex: str) -> MortalityTable:
    """The table of `edition` that the choice rule names for a kind of product (`rules.choosing`)."""
    role = role_for(kind, mainly)
    for candidate in editions()[edition].tables.values() if edition in editions() else ():
        if candidate.role == role and candidate.sex == sex:
            return candidate
    raise requests.refused(
        "edition", f"{edition} 版没有这类表", f"edition {edition} has no such table", tuple(editions())
    )


def value(table: MortalityTable, plan: LifePlan, surrender: SurrenderRule | None = None) -> Valuation:
    """Net premium, reserves and cash values of one contract, exact (`rules.valuing` has the formulas)."""
    return valuing.value(table, plan, surrender)


def net_premiums(table: MortalityTable, plan: LifePlan, ages: NDArray[np.int64]) -> NDArray[np.float64]:
    """Net premiums of a column of ages, for charts (`rules.columns`); NaN where the table ends too soon."""
    return columns.net_premiums(table, plan, ages)


def answer(request: Mapping[str, Any], folder: Path | None = None) -> dict[str, Any]:
    """One request of `rules.requests` → plain JSON: the figures, and the basis they stand on. Raises `InvalidInput`."""
    asked = requests.read(request, editions(folder))
    valued = value(asked.table, asked.plan, asked.surrender)
    answered: dict[str, Any] = {
        "net_premium": _shown(valued.net_premium),
        "net_single_premium": _shown(valued.single_premium),
        "reserves": [_shown(reserve) for reserve in valued.reserves],
    }
    if asked.surrender is not None:
        answered["cash_values"] = [_shown(cash) for cash in valued.cash_values]
    return {**answered, "basis": _basis(asked.edition, asked.table, asked.plan)}


def _basis(edition: Edition, used: MortalityTable, plan: LifePlan) -> dict[str, Any]:
    return {
        "edition": edition.code,
        "table": used.code,
        "sex": used.sex,
        "name": {"zh": f"{edition.title.zh}{used.name.zh}", "en": f"{edition.title.en}, {used.name.en}"},
        "in_force_from": edition.in_force_from.isoformat(),
        "source": edition.source.as_dict(),
        "product": plan.product,
        "age": plan.age,
        "policy_years": plan.policy_years,
        "premium_years": plan.premium_years,
        "interest": format(plan.interest, "f"),
        "sum_insured": format(plan.sum_insured, "f"),
        "claims": None if plan.product == "pension" else plan.claims,
        "pension_age": plan.pension_age,
        "reserves_at": "end of policy years 0, 1, …, policy_years, before the premium or benefit then due",
    }


def _shown(amount: Decimal) -> str:
    rounded = amount.quantize(_SHOWN, rounding=ROUND_HALF_EVEN)
    return format(abs(rounded) if rounded == 0 else rounded, "f")
