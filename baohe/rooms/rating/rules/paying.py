"""How a premium may be paid."""

from __future__ import annotations

from baohe.kernel.money import apply_bp
from baohe.rooms.catalog.contracts import Inputs, InstalmentPlan, ProductVersion
from baohe.rooms.rating.contracts import Instalment


def instalments(version: ProductVersion, inputs: Inputs, premium_fen: int) -> tuple[Instalment, ...]:
    """The version's plans for this premium. A plan that could not be equal to the fen is not offered (PUB-6)."""
    plans = [_instalment(version, plan, inputs, premium_fen) for plan in version.instalments]
    return tuple(plan for plan in plans if plan is not None)


def years_paid(version: ProductVersion, inputs: Inputs) -> int:
    """For how many years the premium of a level product falls due: by its first plan."""
    return _times(version, version.instalments[0], inputs)


def pay_term(version: ProductVersion, inputs: Inputs, plan_code: str) -> int:
    """For how many years premiums fall due under a plan; 1 for a premium that is paid once, also in parts."""
    plan = next((one for one in version.instalments if one.code == plan_code), None)
    return _times(version, plan, inputs) if plan is not None and plan.whole_premium else 1


def _instalment(version: ProductVersion, plan: InstalmentPlan, inputs: Inputs, premium_fen: int) -> Instalment | None:
    times = _times(version, plan, inputs)
    if plan.factor_bp:
        # The filed share of the premium, rounded to the fen once; all instalments are the same (PUB-6).
        each_fen, count = apply_bp(premium_fen, plan.factor_bp), times * plan.a_year
        plain_fen = premium_fen * times if plan.whole_premium else premium_fen
        return Instalment(plan.code, plan.name, count, each_fen, each_fen * count, each_fen * count - plain_fen)
    if plan.whole_premium:
        return Instalment(plan.code, plan.name, times, premium_fen, premium_fen * times)
    if premium_fen % times:
        return None
    return Instalment(plan.code, plan.name, times, premium_fen // times, premium_fen)


def _times(version: ProductVersion, plan: InstalmentPlan, inputs: Inputs) -> int:
    """Instalments of a plan, or years of one that is due every year."""
    return plan.count or plan.counts[inputs[plan.count_input]] or _years(version, inputs)


def _years(version: ProductVersion, inputs: Inputs) -> int:
    """Years of cover: a plan that is paid as long as the cover lasts."""
    term = version.period.terms[inputs.get(version.period.term_input, "")]
    return term.years or term.to_age - int(inputs["age"])
