"""Net premiums and reserves of one contract, in decimal arithmetic of 40 digits. Pure.

Principle of equivalence: P · ä = A, where A is the value at issue of what is paid out and ä that of one yuan a year
in advance while premiums last. Both follow backwards from the end, with v = 1 / (1 + i) and p = 1 − q:

    A(t) = due(t) + v^h · q · death(t) + v · p · A(t + 1)         h = 1 at the year's end, 1/2 in its middle
    ä(t) = 1 + v · p · ä(t + 1)  while a premium is due at t, 0 after the last one

Reserve, prospective: V(t) = A(t) − P · ä(t), so V(0) = 0. The retrospective recursion of Fackler,
    (V(t) + P − due(t)) · (1 + i) = p · V(t + 1) + q · death(t) · (1 + i)^(1 − h),
gives the same and is the property test.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

from baohe.rooms.actuarial.contracts import LifePlan, MortalityTable, SurrenderRule, Valuation

DIGITS = 40
_ZERO, _ONE = Decimal(0), Decimal(1)


def value(table: MortalityTable, plan: LifePlan, surrender: SurrenderRule | None = None) -> Valuation:
    """Everything in yuan. The plan has been checked against the table (`rules.checking`)."""
    with localcontext() as arithmetic:
        arithmetic.prec = DIGITS
        benefits, annuities = _backwards(table, plan)
        premium = benefits[0] / annuities[0]
        reserves = tuple(b - premium * a for b, a in zip(benefits, annuities, strict=True))
        cash = tuple(share * max(v, _ZERO) for share, v in zip(_shares(surrender, plan), reserves, strict=False))
        return Valuation(premium, benefits[0], reserves, cash)


def due(plan: LifePlan, year: int) -> Decimal:
    """What survival to the end of policy year `year` pays: a maturity benefit or a pension."""
    if plan.product == "endowment":
        return plan.sum_insured if year == plan.policy_years else _ZERO
    if plan.product == "pension" and plan.pension_age is not None and year < plan.policy_years:
        return plan.sum_insured if plan.age + year >= plan.pension_age else _ZERO
    return _ZERO


def at_death(plan: LifePlan) -> Decimal:
    """What a death during the contract pays."""
    return _ZERO if plan.product == "pension" else plan.sum_insured


def claim_discount(plan: LifePlan) -> Decimal:
    """v^h: from the payment of a death back to the start of its year."""
    v = _ONE / (_ONE + plan.interest)
    return v if plan.claims == "end_of_year" else v.sqrt()


def _backwards(table: MortalityTable, plan: LifePlan) -> tuple[list[Decimal], list[Decimal]]:
    v = _ONE / (_ONE + plan.interest)
    dying = claim_discount(plan) * at_death(plan)
    benefits, annuities = [due(plan, plan.policy_years)], [_ZERO]
    for year in reversed(range(plan.policy_years)):
        q = table.chance(plan.age + year)
        living = v * (_ONE - q)
        benefits.append(due(plan, year) + dying * q + living * benefits[-1])
        annuities.append(_ONE + living * annuities[-1] if year < plan.premium_years else _ZERO)
    return benefits[::-1], annuities[::-1]


def _shares(surrender: SurrenderRule | None, plan: LifePlan) -> list[Decimal]:
    if surrender is None:
        return []
    first, last = surrender.first_share, surrender.full_after
    return [_ONE if year >= last else first + (_ONE - first) * year / last for year in range(plan.policy_years + 1)]
