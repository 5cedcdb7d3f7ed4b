"""Net premiums of a whole column of ages at once, by commutation columns in 64-bit floats. Pure.

    l(x+1) = l(x) · p(x)    D(x) = v^x · l(x)    C(x) = v^(x+h) · l(x) · q(x)    N, M: sums of D, C to the table's end

Agrees with `rules.valuing` to 0.001 yuan per million (a property test); it is for rate charts and searches, while a
figure that is filed or stored comes from `rules.valuing`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from baohe.rooms.actuarial.contracts import LifePlan, MortalityTable

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def net_premiums(table: MortalityTable, plan: LifePlan, ages: Ints) -> Floats:
    """Yuan a year for each age, all else as in `plan`; NaN where the contract would outlast the table.

    Whole life and pension last to the table's end whatever the age; `plan.premium_years` holds for all ages.
    """
    d, n, m = _columns(table, plan)
    at = ages - table.first_age
    end_of_table = len(table.q)
    lasts_for_life = plan.product in ("whole_life", "pension")
    end = np.full_like(at, end_of_table) if lasts_for_life else at + plan.policy_years
    paid_until = at + plan.premium_years
    sold = (at >= 0) & (at < end_of_table) & (end <= end_of_table) & (paid_until <= end_of_table)
    if plan.pension_age is not None and plan.product == "pension":
        sold &= ages <= plan.pension_age
    at, end, paid_until = (np.where(sold, column, 0) for column in (at, end, paid_until))
    if plan.product == "pension":
        benefit = n[np.full_like(at, (plan.pension_age or 0) - table.first_age)]
    else:
        benefit = m[at] - m[end]
    if plan.product == "endowment":
        benefit = benefit + d[end]
    with np.errstate(invalid="ignore", divide="ignore"):  # rows that are not sold are masked below
        premium = float(plan.sum_insured) * benefit / (n[at] - n[paid_until])
    return np.where(sold, premium, np.nan)


def _columns(table: MortalityTable, plan: LifePlan) -> tuple[Floats, Floats, Floats]:
    """D, N and M, each one longer than the table: its last entry stands for "nobody left"."""
    q = np.asarray(table.q, dtype=np.float64)
    living = np.concatenate(([1.0], np.cumprod(1.0 - q)))
    discount = (1.0 + float(plan.interest)) ** -np.arange(len(living), dtype=np.float64)
    d = living * discount
    into_year = 1.0 if plan.claims == "end_of_year" else 0.5
    c = d[:-1] * q * (1.0 + float(plan.interest)) ** -into_year
    return d, _sums_to_end(d[:-1]), _sums_to_end(c)


def _sums_to_end(column: Floats) -> Floats:
    return np.concatenate((np.cumsum(column[::-1])[::-1], [0.0]))
