"""How a premium may be paid, and how an underwriting loading changes it."""

from __future__ import annotations

from baohe.kernel.errors import InvalidInput
from baohe.kernel.money import BASIS
from baohe.rooms.catalog.contracts import Inputs, InstalmentPlan, ProductVersion
from baohe.rooms.rating.contracts import Instalment, LoadedPremium


def instalments(version: ProductVersion, inputs: Inputs, premium_fen: int) -> tuple[Instalment, ...]:
    """The version's plans for this premium. A plan that could not be equal to the fen is not offered (PUB-6)."""
    plans = [_instalment(version, plan, inputs, premium_fen) for plan in version.instalments]
    return tuple(plan for plan in plans if plan is not None)


def load(version: ProductVersion, inputs: Inputs, premium_fen: int, loading_bp: int) -> LoadedPremium:
    """`premium_fen` × (1 + loading), rounded once, half away from zero, to the version's own multiple of fen."""
    if not 0 <= loading_bp <= 10 * BASIS:
        raise InvalidInput(
            field="loading_bp", reason_zh="加费应在 0 到 1000% 之间", reason_en="a loading is between 0 and 1000%"
        )
    multiple = version.formula.steps[-1].multiple_fen
    divisor = BASIS * multiple
    loaded = (2 * premium_fen * (BASIS + loading_bp) + divisor) // (2 * divisor) * multiple
    return LoadedPremium(loaded, instalments(version, inputs, loaded))


def _instalment(version: ProductVersion, plan: InstalmentPlan, inputs: Inputs, premium_fen: int) -> Instalment | None:
    count = plan.count or plan.counts[inputs[plan.count_input]] or _years(version, inputs)
    if plan.whole_premium:
        return Instalment(plan.code, plan.name, count, premium_fen, premium_fen * count)
    if premium_fen % count:
        return None
    return Instalment(plan.code, plan.name, count, premium_fen // count, premium_fen)


def _years(version: ProductVersion, inputs: Inputs) -> int:
    """Years of cover: a plan that is paid as long as the cover lasts."""
    term = version.period.terms[inputs.get(version.period.term_input, "")]
    return term.years or term.to_age - int(inputs["age"])
