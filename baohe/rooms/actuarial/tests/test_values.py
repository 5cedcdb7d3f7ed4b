"""Net premiums and reserves against published figures, closed forms, and sums written another way."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput
from baohe.rooms.actuarial import facade
from baohe.rooms.actuarial.contracts import CLAIMS, PRODUCTS, LifePlan, MortalityTable, SurrenderRule
from baohe.rooms.actuarial.rules.valuing import at_death, claim_discount, due

CL1 = facade.table("2010-2013", "CL1", "male")


def _plan(**changes: object) -> LifePlan:
    said = {
        "product": "term", "age": 30, "policy_years": 20, "premium_years": 20, "interest": Decimal("0.03"),
        "sum_insured": Decimal(1_000_000), "claims": "end_of_year", "pension_age": None,
    }  # fmt: skip
    return LifePlan(**{**said, **changes})  # type: ignore[arg-type]


def _table(chances: list[Decimal], first_age: int = 0) -> MortalityTable:
    return MortalityTable("trial", "T", "male", "single_life", Text("试", "trial"), first_age, tuple(chances))


@st.composite
def plans(draw: st.DrawFn) -> LifePlan:
    product, age = draw(st.sampled_from(PRODUCTS)), draw(st.integers(0, 90))
    left = 106 - age
    pension_age = draw(st.integers(age, 105)) if product == "pension" else None
    years = left if product in ("whole_life", "pension") else draw(st.integers(1, left))
    longest = years
    return _plan(
        product=product,
        age=age,
        policy_years=years,
        premium_years=draw(st.integers(1, longest)),
        interest=Decimal(draw(st.integers(-100, 1500))).scaleb(-4),
        claims=draw(st.sampled_from(CLAIMS)),
        pension_age=pension_age,
    )


@pytest.mark.parametrize(
    ("edition", "code", "sex", "age", "chance"),
    [
        ("2010-2013", "CL1", "male", 30, "0.000797"),
        ("2010-2013", "CL2", "female", 30, "0.000340"),
        ("2010-2013", "CL1", "male", 60, "0.009161"),
        ("2025", "CL1", "male", 60, "0.004194"),
    ],
)
def test_the_tables_are_the_published_ones(edition: str, code: str, sex: str, age: int, chance: str) -> None:
    assert facade.table(edition, code, sex).chance(age) == Decimal(chance)


@pytest.mark.parametrize(
    ("age", "insurance", "annuity"),
    [(20, "0.04922", "19.9664"), (40, "0.12106", "18.4578"), (60, "0.29028", "14.9041"), (80, "0.59293", "8.5484")],
)
def test_whole_life_of_the_standard_ultimate_model_is_what_the_textbook_prints(
    age: int, insurance: str, annuity: str
) -> None:
    """Dickson, Hardy, Waters, table D.3: Makeham A = 0.00022, B = 2.7e-6, c = 1.124, at 5%."""
    a, b, c = 0.00022, 2.7e-6, 1.124
    chances = [Decimal(1 - math.exp(-a - b / math.log(c) * c**x * (c - 1))) for x in range(20, 131)]
    table = _table([*chances[:-1], Decimal(1)], first_age=20)
    years = table.last_age - age + 1

    worth = facade.value(
        table,
        _plan(product="whole_life", age=age, policy_years=years, premium_years=years, interest=Decimal("0.05"),
              sum_insured=Decimal(1)),
    )  # fmt: skip

    assert round(worth.single_premium, 5) == Decimal(insurance)
    assert round(worth.single_premium / worth.net_premium, 4) == Decimal(annuity)


def test_a_chance_that_never_changes_has_a_closed_form() -> None:
    q, years = Fraction(1, 50), 25
    v = Fraction(100, 103)
    table = _table([Decimal("0.02")] * 60 + [Decimal(1)])

    term = facade.value(table, _plan(age=10, policy_years=years, premium_years=years))
    endowment = facade.value(table, _plan(product="endowment", age=10, policy_years=years, premium_years=years))

    living = v * (1 - q)
    annuity = (1 - living**years) / (1 - living)
    assert float(term.net_premium) == pytest.approx(float(1_000_000 * v * q), rel=1e-15)  # each year pays its own way
    assert float(endowment.net_premium) == pytest.approx(
        float(1_000_000 * (v * q + living**years / annuity)), rel=1e-15
    )


@pytest.mark.parametrize("claims", CLAIMS)
@pytest.mark.parametrize("product", PRODUCTS)
def test_premiums_and_reserves_equal_sums_over_the_living_written_forwards(product: str, claims: str) -> None:
    years = 20 if product in ("term", "endowment") else 76
    plan = _plan(product=product, claims=claims, policy_years=years, pension_age=60 if product == "pension" else None)
    q = [float(chance) for chance in CL1.q]
    living = np.concatenate(([1.0], np.cumprod(1 - np.array(q[30:]))))
    into, v = (1.0 if claims == "end_of_year" else 0.5), 1 / 1.03

    def later(t: int) -> tuple[float, float]:
        """Benefits and premiums after t, seen from t by one who is alive."""
        paid = premiums = 0.0
        for k in range(t, years + 1):
            if k < years and product != "pension":
                paid += v ** (k - t + into) * living[k] / living[t] * q[30 + k] * 1e6
            if (product == "endowment" and k == years) or (product == "pension" and 30 <= k < years):
                paid += v ** (k - t) * living[k] / living[t] * 1e6
            if k < min(20, years):
                premiums += v ** (k - t) * living[k] / living[t]
        return paid, premiums

    paid, premiums = later(0)
    worth = facade.value(CL1, plan)
    assert float(worth.net_premium) == pytest.approx(paid / premiums, abs=1e-5)
    for t in (1, 7, 19, 20, years - 1):
        paid_t, premiums_t = later(t)
        assert float(worth.reserves[t]) == pytest.approx(paid_t - paid / premiums * premiums_t, abs=1e-4)


@given(plans())
@settings(max_examples=60, deadline=None)
def test_looking_forward_and_looking_back_give_the_same_reserve(plan: LifePlan) -> None:
    worth = facade.value(CL1, plan)
    assert abs(worth.reserves[0]) < Decimal("1e-20")
    assert len(worth.reserves) == plan.policy_years + 1
    growth = 1 + plan.interest
    for t in range(plan.policy_years):
        q = CL1.chance(plan.age + t)
        premium = worth.net_premium if t < plan.premium_years else 0
        fund = (worth.reserves[t] + premium - due(plan, t)) * growth - q * at_death(plan) * claim_discount(
            plan
        ) * growth
        assert abs(fund - (1 - q) * worth.reserves[t + 1]) < Decimal("1e-9")


@given(plans())
@settings(max_examples=40, deadline=None)
def test_a_column_of_ages_agrees_with_one_age_at_a_time(plan: LifePlan) -> None:
    column = facade.net_premiums(CL1, plan, np.array([plan.age, 106], dtype=np.int64))
    exact = float(facade.value(CL1, plan).net_premium)
    assert column[0] == pytest.approx(exact, abs=0.001, rel=1e-9)
    assert np.isnan(column[1])


def test_dear_ages_and_dear_covers_cost_more() -> None:
    ages = np.arange(20, 60, dtype=np.int64)
    term = facade.net_premiums(CL1, _plan(), ages)
    endowment = facade.net_premiums(CL1, _plan(product="endowment"), ages)
    assert (np.diff(term) > 0).all()
    assert (endowment > term).all()


def test_a_surrender_rule_pays_a_rising_share_and_never_asks_for_money() -> None:
    worth = facade.value(CL1, _plan(), SurrenderRule(Decimal("0.8"), 10))
    assert float(worth.cash_values[5]) == pytest.approx(float(worth.reserves[5]) * 0.9, rel=1e-15)
    assert worth.cash_values[10:] == worth.reserves[10:]
    assert all(cash >= 0 for cash in worth.cash_values)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_tables_of_the_society_of_actuaries_give_what_a_plain_loop_over_them_gives() -> None:
    """The 1941 CSO Basic table as pymort holds it; the loop knows nothing of our room."""
    pymort = pytest.importorskip("pymort", reason="pymort is a package for tests only")
    frame = pymort.MortXML.from_id(1).Tables[0].Values
    chances = {int(age): float(q) for age, q in frame["vals"].items()}
    table = _table([Decimal(str(q)) for q in chances.values()], first_age=min(chances))
    assert table.last_age == 100

    for age, years in ((20, 30), (35, 20), (60, 15)):
        paid = premiums = 0.0
        alive = 1.0
        for k in range(years):
            premiums += alive * 1.025**-k
            paid += alive * chances[age + k] * 1.025 ** -(k + 1)
            alive *= 1 - chances[age + k]
        plan = _plan(age=age, policy_years=years, premium_years=years, interest=Decimal("0.025"))
        assert float(facade.value(table, plan).net_premium) == pytest.approx(1e6 * paid / premiums, abs=1e-6)


@pytest.mark.parametrize(
    ("kind", "mainly", "table"),
    [
        ("term", "both", "CL2"), ("health", "survival", "CL2"), ("whole_life", "death", "CL2"),
        ("whole_life", "both", "CL3"), ("endowment", "survival", "CL1"), ("endowment", "both", "CL3"),
        ("annuity", "survival", "CL1"), ("annuity", "death", "CL3"),
    ],
)  # fmt: skip
def test_the_choice_rule_of_2025_names_the_table(kind: str, mainly: str, table: str) -> None:
    assert facade.table_for("2025", kind, mainly, "female").code == table


def test_the_same_rule_finds_the_tables_of_one_sex_of_the_older_edition() -> None:
    assert facade.table_for("2010-2013", "term", "both", "female").code == "CL2"
    assert facade.table_for("2010-2013", "annuity", "survival", "male").code == "CL5"
    with pytest.raises(InvalidInput):
        facade.role_for("motor")
