"""Limits that a regulator may change, with the day from which they hold and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Limits:
    """SALE-7, SALE-8. Shares in percent; ages in full years. `over`: more than; `from`: that much or more."""

    effective_from: date
    source: str
    single_over_incomes: int
    """A single premium over so many yearly household incomes."""
    annual_over_percent: int
    """A yearly premium over this share of the household's yearly income."""
    pay_years_and_age_from: int
    budget_from_percent: int
    fitting_pages_from: int
    extra_care_from: int
    answers_good_months: int
    """How long answers may be confirmed again instead of being asked anew."""


_DATED = (
    Limits(
        effective_from=date(2026, 2, 1),
        source="金融机构产品适当性管理办法（金融监管总局令 2025 年第 7 号）第七条至第四十条；SAL 28；SUI 18",
        single_over_incomes=4,
        annual_over_percent=20,
        pay_years_and_age_from=75,
        budget_from_percent=150,
        fitting_pages_from=60,
        extra_care_from=65,
        answers_good_months=12,
    ),
)


def limits_on(day: date) -> Limits:
    """The limits in force on a day; before the first of them, the first."""
    return max(
        (one for one in _DATED if one.effective_from <= day), key=lambda one: one.effective_from, default=_DATED[0]
    )
