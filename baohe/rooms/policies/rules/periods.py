"""When cover starts, when it may be left, when money is due."""

from __future__ import annotations

from datetime import date, timedelta

from baohe.kernel.dates import Period, add_months, age_on
from baohe.kernel.money import split
from baohe.rooms.policies.contracts import Due
from baohe.rooms.policies.errors import AgeOutsideProduct, StartNotPossible
from baohe.rooms.rating.contracts import Instalment

LATEST_START_DAYS = 30
_MONTHS_BETWEEN = {"monthly": 1, "yearly": 12}


def start_day(asked: date | None, today: date) -> date:
    """The first covered day: tomorrow unless asked, within tomorrow … today + 30 days.

    Cover never starts in the past nor today: part of today is already over. Raises `StartNotPossible`.
    """
    first, last = today + timedelta(days=1), today + timedelta(days=LATEST_START_DAYS)
    if asked is None:
        return first
    if asked < first:
        raise StartNotPossible(
            reason_zh="最早是明天", reason_en="is tomorrow at the earliest", first=str(first), last=str(last)
        )
    if asked > last:
        raise StartNotPossible(
            reason_zh="不能晚于 30 天后", reason_en="may not be later than 30 days", first=str(first), last=str(last)
        )
    return asked


def same_age_at_start(birth: date, start: date, quoted_age: str | None, today: date) -> None:
    """A start after the birthday would need another price. Raises `StartNotPossible` up to the day before it."""
    if quoted_age is None or str(age_on(birth, start)) == quoted_age:
        return
    first = today + timedelta(days=1)
    last = start
    while last > first and str(age_on(birth, last)) != quoted_age:
        last -= timedelta(days=1)
    raise StartNotPossible(
        reason_zh="在生日之后，价格会变",
        reason_en="lies after the birthday, when the price changes",
        first=str(first),
        last=str(last),
    )


def age_allowed(name: str, birth: date, start: date, min_age_days: int, max_age: int) -> None:
    """The product's age limits on the first covered day: at least `min_age_days` days old, at most `max_age` full
    years. Raises `AgeOutsideProduct`."""
    if (start - birth).days >= min_age_days and age_on(birth, start) <= max_age:
        return
    raise AgeOutsideProduct(
        insured=name,
        age=max(age_on(birth, start), 0),
        limits_zh=f"出生满 {min_age_days} 天至 {max_age} 周岁",
        limits_en=f"{min_age_days} days to {max_age} years",
    )


def waiting_ends(start: date, waiting_days: int) -> date | None:
    """First day on which illness is covered, or None without a waiting period."""
    return start + timedelta(days=waiting_days) if waiting_days else None


def cooling_off_ends(received: date, cooling_off_days: int) -> date | None:
    """Last day of the cooling-off period: the day of receipt does not count, so 15 days from 22 November end with
    7 December."""
    return received + timedelta(days=cooling_off_days) if cooling_off_days else None


def amounts(premium_fen: int, plan: Instalment) -> list[int]:
    """What each instalment of `plan` takes, in order. A plan of parts adds up to the premium exactly; a plan of
    whole premiums (term life by year) takes the same each time."""
    if plan.total_fen == premium_fen and plan.count > 1 and plan.each_fen * plan.count != premium_fen:
        return split(premium_fen, [1] * plan.count)
    return [plan.each_fen] * plan.count


def later_dues(start: date, premium_fen: int, plan: Instalment) -> tuple[Due, ...]:
    """The instalments after the first. Every due day is counted from the first covered day, never from the last
    due day, so the 31st comes back after February (field bug 17)."""
    step = _MONTHS_BETWEEN.get(plan.code, 0)
    parts = amounts(premium_fen, plan)
    return tuple(Due(on=add_months(start, step * i), amount_fen=parts[i]) for i in range(1, plan.count))


def contiguous_terms(first: Period, months: int, count: int) -> list[Period]:
    """`count` terms of `months` months from the first day of `first`: each begins where the last one ended."""
    edges = [add_months(first.start, months * i) for i in range(count + 1)]
    return [Period(edges[i], edges[i + 1]) for i in range(count)]
