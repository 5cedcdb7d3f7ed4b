"""One request in plain JSON values → a table and a plan. Pure; nothing is guessed, each refusal names its field.

field          needed            meaning, and what a missing one means
edition        yes               "2010-2013" | "2025" | …
table          yes               the table's code in that edition, "CL1"
sex            if both are there "male" | "female"; a table of one sex needs none, and refuses the other
product        yes               term | whole_life | endowment | pension
age            yes               at issue, whole years
years          term, endowment   policy years; whole life and pension last to the table's end and ignore it
premium_years  no                as long as the contract (never longer); a pension: until it begins, at least 1
interest       yes               yearly, a fraction: "0.03" is 3%
sum_insured    yes               yuan; for a pension the amount of one year
claims         no                end_of_year (default) | middle_of_year
pension_age    pension           the first payment falls on this age; other products ignore it
surrender      no                {"first_share": "0.8", "full_after": 20}: asks for cash values
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from baohe.kernel.errors import InvalidInput
from baohe.rooms.actuarial.contracts import CLAIMS, PRODUCTS, Edition, LifePlan, MortalityTable, SurrenderRule

FIELDS = (
    "edition", "table", "sex", "product", "age", "years", "premium_years", "interest", "sum_insured", "claims",
    "pension_age", "surrender",
)  # fmt: skip
_SUM = re.compile(r"^\d{1,13}(\.\d{1,6})?$")
_RATE = re.compile(r"^-?\d{1,9}(\.\d{1,12})?$")
_WHOLE = re.compile(r"^-?\d{1,9}$")
_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class LifeRequest:
    edition: Edition
    table: MortalityTable
    plan: LifePlan
    surrender: SurrenderRule | None


def read(request: Mapping[str, Any], editions: Mapping[str, Edition]) -> LifeRequest:
    """Raises `InvalidInput` with the first wrong field, what is wrong and what is allowed."""
    given = {name: value for name, value in request.items() if value is not None}
    for name in given:
        if name not in FIELDS:
            raise refused(str(name)[:_LONGEST_SHOWN], "没有这一项", "unknown", FIELDS)
    edition = editions[_one_of(given, "edition", tuple(editions))]
    table = _table(given, edition)
    return LifeRequest(edition, table, _plan(given, table), _surrender(given))


def _table(given: Mapping[str, Any], edition: Edition) -> MortalityTable:
    code = _one_of(given, "table", tuple(dict.fromkeys(code for code, _ in edition.tables)))
    sexes = tuple(sex for name, sex in edition.tables if name == code)
    if len(sexes) == 1 and "sex" not in given:
        return edition.tables[code, sexes[0]]
    if len(sexes) == 1 and given["sex"] in ("male", "female") and given["sex"] != sexes[0]:
        zh, en = {"male": ("男性", "male"), "female": ("女性", "female")}[sexes[0]]
        raise refused(
            "sex",
            f"{edition.code} 版的 {code} 只有{zh}；请改性别，或换成同类的另一张表",
            f"{code} of edition {edition.code} is {en} only; change the sex, or take the other table of its kind",
            sexes,
        )
    return edition.tables[code, _one_of(given, "sex", sexes)]


def _plan(given: Mapping[str, Any], table: MortalityTable) -> LifePlan:
    product = _one_of(given, "product", PRODUCTS)
    age = _whole(given, "age", table.first_age, table.last_age)
    left = table.last_age - age + 1
    for_life = product in ("whole_life", "pension")
    years = left if for_life else _whole(given, "years", 1, left, f"{table.code} 到 {table.last_age} 岁为止")
    pension_age = _whole(given, "pension_age", age, table.last_age) if product == "pension" else None
    usual = years if pension_age is None else max(1, pension_age - age)
    return LifePlan(
        product=product,
        age=age,
        policy_years=years,
        premium_years=_whole(given, "premium_years", 1, years) if "premium_years" in given else usual,
        interest=_interest(given),
        sum_insured=_sum(given),
        claims=_one_of(given, "claims", CLAIMS) if "claims" in given else CLAIMS[0],
        pension_age=pension_age,
    )


def _surrender(given: Mapping[str, Any]) -> SurrenderRule | None:
    rule = given.get("surrender")
    if rule is None:
        return None
    if not isinstance(rule, Mapping) or set(rule) != {"first_share", "full_after"}:
        raise refused("surrender", "应有 first_share 与 full_after 两项", "has exactly first_share and full_after")
    share = _decimal(rule, "first_share", _RATE)
    if not 0 <= share <= 1:
        raise refused("first_share", "应在 0 到 1 之间", "is from 0 to 1")
    return SurrenderRule(share, _whole(rule, "full_after", 1, 120))


def _interest(given: Mapping[str, Any]) -> Decimal:
    rate = _decimal(given, "interest", _RATE)
    if not -1 < rate <= 1:
        raise refused("interest", "应大于 −1、不超过 1；3% 写作 0.03", "is above −1 and at most 1; write 3% as 0.03")
    return rate


def _sum(given: Mapping[str, Any]) -> Decimal:
    amount = _decimal(given, "sum_insured", _SUM)
    if amount <= 0:
        raise refused("sum_insured", "应大于 0", "is above 0")
    return amount


def _decimal(given: Mapping[str, Any], field: str, pattern: re.Pattern[str]) -> Decimal:
    value = _needed(given, field)
    text = format(value, "f") if isinstance(value, Decimal) and value.is_finite() else str(value)
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal) or not pattern.match(text):
        raise refused(field, '应为十进制数，如 "0.03"、"1000000"', 'is a decimal number such as "0.03" or "1000000"')
    return Decimal(text)


def _whole(given: Mapping[str, Any], field: str, low: int, high: int, because_zh: str = "") -> int:
    value = _needed(given, field)
    readable = not isinstance(value, bool) and isinstance(value, str | int) and _WHOLE.match(str(value))
    if not readable or not low <= int(value) <= high:
        why = f"（{because_zh}）" if because_zh else ""
        raise InvalidInput(
            field=field,
            reason_zh=f"应为 {low} 到 {high} 之间的整数{why}",
            reason_en=f"is a whole number from {low} to {high}",
            minimum=low,
            maximum=high,
        )
    return int(value)


def _one_of(given: Mapping[str, Any], field: str, allowed: tuple[str, ...]) -> str:
    value = _needed(given, field)
    if not isinstance(value, str) or value not in allowed:
        raise refused(field, f"应为 {'、'.join(allowed)} 之一", f"is one of {', '.join(allowed)}", allowed)
    return value


def _needed(given: Mapping[str, Any], field: str) -> Any:
    if field not in given:
        raise refused(field, "没有填写", "is missing")
    return given[field]


def refused(field: str, zh: str, en: str, allowed: tuple[str, ...] = ()) -> InvalidInput:
    facts = {"allowed": list(allowed)} if allowed else {}
    return InvalidInput(field=field, reason_zh=zh, reason_en=en, **facts)
