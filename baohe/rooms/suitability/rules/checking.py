"""Need and affordability (SALE-7). Pure: the same terms and answers give the same advice years later.

The advice is one of two: it fits, or "we advise you not to buy", with each reason. Nobody is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from baohe.kernel.decisions import Decision, Reason, Text, hash_inputs
from baohe.kernel.money import yuan
from baohe.rooms.suitability.contracts import FITS, STOP, Answers, Terms
from baohe.rooms.suitability.rules.limits import Limits, limits_on

RULES = "suitability-1"

NEED_NOT_SERVED, COVERED_ENOUGH = "need_not_served", "covered_enough"
SINGLE_OVER_INCOMES, ANNUAL_OVER_SHARE = "single_over_incomes", "annual_over_share"
PAYS_INTO_OLD_AGE, OVER_BUDGET = "pays_into_old_age", "over_budget"
THRESHOLDS = frozenset({SINGLE_OVER_INCOMES, ANNUAL_OVER_SHARE, PAYS_INTO_OLD_AGE, OVER_BUDGET})
SIGNED_DESIGNS = frozenset({"participating", "universal", "unit_linked"})

SERVES: Mapping[str, frozenset[str]] = {
    "family": frozenset({"term_life", "whole_life", "accident", "sudden_death"}),
    "illness": frozenset({"critical_illness", "medical", "elder_care"}),
    "pension": frozenset({"annuity", "elder_care"}),
    "heirs": frozenset({"whole_life", "annuity"}),
    "soon": frozenset(),
}
"""Purpose → lines that serve it. Money that is needed within a few years belongs into no long contract."""


def check(terms: Terms, answers: Answers) -> Decision:
    """`outcome` fits or stop; `detail.by_law` says whether the law demands the signed statement (SALE-7)."""
    limits = limits_on(terms.on)
    reasons = (*_need(terms, answers), *_affordability(terms, answers, limits))
    by_law = terms.design in SIGNED_DESIGNS and any(reason.code in THRESHOLDS for reason in reasons)
    return Decision(
        outcome=STOP if reasons else FITS,
        reasons=reasons,
        rule_version=RULES,
        input_hash=hash_inputs({"terms": terms.as_dict(), "answers": answers.as_dict()}),
        detail={"by_law": by_law, "limits_from": limits.effective_from.isoformat()},
    )


def _need(terms: Terms, answers: Answers) -> Iterator[Reason]:
    if answers.purpose == "soon":
        yield Reason(
            NEED_NOT_SERVED,
            Text(
                "你说这笔钱几年内要用。长期保险前几年退保会亏钱。",
                "You need this money within a few years. Leaving a long contract in its first years loses money.",
            ),
        )
    elif terms.line not in SERVES[answers.purpose]:
        yield Reason(
            NEED_NOT_SERVED,
            Text("你想解决的事，这款产品管不到。", "This product does not cover what you want to solve."),
        )
    if answers.existing == "enough":
        yield Reason(
            COVERED_ENOUGH,
            Text("你说同类的保障已经够了。", "You said that you have enough cover of this kind already."),
        )


def _affordability(terms: Terms, answers: Answers, limits: Limits) -> Iterator[Reason]:
    premium, income = yuan(terms.premium_fen), yuan(answers.income_fen)
    if terms.paid_once and terms.premium_fen > limits.single_over_incomes * answers.income_fen:
        times = limits.single_over_incomes
        yield Reason(
            SINGLE_OVER_INCOMES,
            Text(
                f"一次要交 ¥{premium}，超过家庭年收入 ¥{income} 的 {times} 倍。",
                f"¥{premium} at once is more than {times} times your household’s yearly income of ¥{income}.",
            ),
        )
    if not terms.paid_once and terms.premium_fen * 100 > limits.annual_over_percent * answers.income_fen:
        percent = limits.annual_over_percent
        yield Reason(
            ANNUAL_OVER_SHARE,
            Text(
                f"每年要交 ¥{premium}，超过家庭年收入 ¥{income} 的 {percent}%。",
                f"¥{premium} a year is more than {percent}% of your household’s yearly income of ¥{income}.",
            ),
        )
    if terms.pay_years + terms.age >= limits.pay_years_and_age_from:
        last = terms.age + terms.pay_years
        yield Reason(
            PAYS_INTO_OLD_AGE,
            Text(
                f"你 {terms.age} 岁，要交 {terms.pay_years} 年，加起来 {last}，到了 {limits.pay_years_and_age_from}。"
                "年纪大了收入可能变少。",
                f"You are {terms.age} and would pay for {terms.pay_years} years: together {last}, and the mark is "
                f"{limits.pay_years_and_age_from}. Income may fall with age.",
            ),
        )
    if terms.premium_fen * 100 >= limits.budget_from_percent * answers.budget_fen:
        budget = yuan(answers.budget_fen)
        yield Reason(
            OVER_BUDGET,
            Text(
                f"保费 ¥{premium}，达到你打算花的 ¥{budget} 的 {limits.budget_from_percent}%。",
                f"¥{premium} reaches {limits.budget_from_percent}% of the ¥{budget} you meant to spend.",
            ),
        )
