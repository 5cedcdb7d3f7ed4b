"""The terms of a schedule: rates by policy year, and what a contract that ends early takes back (OVER-2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from baohe.kernel.dates import add_months, add_years
from baohe.kernel.errors import InvalidInput
from baohe.kernel.money import BASIS

Table = Sequence[tuple[int, int]]
"""Claw-back: (up to this many months after the sale, share of the earned commission in bp), months rising."""

MOST_YEARS = 30


def policy_year(start: date, day: date) -> int:
    """1 for a premium paid before or within the first year of cover."""
    year = 1
    while add_years(start, year) <= day:
        year += 1
    return year


def rate_of(rates_bp: Sequence[int], year: int) -> int:
    """The share of a premium of policy year `year`; a year after the last one named earns nothing."""
    return rates_bp[year - 1] if year <= len(rates_bp) else 0


def claw_back_of(table: Table, sold_on: date, ended_on: date) -> int:
    """The share of the earned commission that goes back when the contract ends on `ended_on`, in bp."""
    return next((share_bp for months, share_bp in table if ended_on < add_months(sold_on, months)), 0)


def check(rates_bp: Sequence[int], share_bp: int, table: Table) -> None:
    """Raises `InvalidInput` for terms that say nothing or contradict themselves."""
    if not 1 <= len(rates_bp) <= MOST_YEARS or any(not 0 <= rate <= BASIS for rate in rates_bp) or not any(rates_bp):
        _refuse("rates_bp", "写 1–30 个年度的费率，0–100%", "rates of 1–30 years, each 0–100%")
    if not 0 <= share_bp <= BASIS:
        _refuse("share_bp", "销售人员的份额为 0–100%", "the producer's share is 0–100%")
    months = [until for until, _ in table]
    if months != sorted(set(months)) or any(until < 1 for until in months):
        _refuse("claw_back", "月数要从小到大，不重复", "months must rise")
    shares = [share for _, share in table]
    if any(not 0 <= share <= BASIS for share in shares) or shares != sorted(shares, reverse=True):
        _refuse("claw_back", "扣回比例为 0–100%，随时间不能变高", "shares are 0–100% and never rise with time")


def _refuse(field: str, zh: str, en: str) -> None:
    raise InvalidInput(field=field, reason_zh=zh, reason_en=en)
