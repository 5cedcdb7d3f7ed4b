"""Which premium needs which level (SALE-15). Dated data: a regulator has changed it before and will again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from baohe.rooms.identification.contracts import COPY, FUNDS, LIVENESS, Demand

STEPS_OF = {1: (), 2: (COPY,), 3: (COPY, LIVENESS, FUNDS)}
"""Name and number (level 1) are in every proposal already."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """From `effective_from`: a premium of at least `at_least_fen` needs `level`. `measure` is contract (all instalments
    of this one) or year (what the account wrote in the calendar year, this one included). `unread`: the number is
    known from a secondary source only and must be compared with the rule before it is relied on."""

    code: str
    effective_from: date
    measure: str
    at_least_fen: int
    level: int
    source: str
    unread: bool


THRESHOLDS = (
    Threshold(
        "transfer_contract",
        date(2007, 8, 1),
        "contract",
        20_000_000,
        2,
        "金融机构客户身份识别和客户身份资料及交易记录保存管理办法（2007 第 2 号）12：转账缴纳保费 20 万元以上"
        "核对证件、留存复印件；"
        "2026 年起的客户尽职调查规定沿用与否待核对原文",
        True,
    ),
    Threshold(
        "year_written",
        date(2007, 8, 1),
        "year",
        20_000_000,
        2,
        "house rule on risk: several contracts of a year are not smaller than one",
        False,
    ),
    Threshold(
        "large_contract",
        date(2025, 1, 1),
        "contract",
        50_000_000,
        3,
        "house rule on risk (反洗钱法 2024, 29–30: stronger measures where the risk is higher)",
        False,
    ),
    Threshold(
        "large_year",
        date(2025, 1, 1),
        "year",
        100_000_000,
        3,
        "house rule on risk (反洗钱法 2024, 29–30)",
        False,
    ),
)


def demand(contract_fen: int, year_fen: int, on: date, thresholds: Sequence[Threshold] = THRESHOLDS) -> Demand:
    """The highest level that a threshold in force on this day asks for. Of two data with one code the later holds."""
    in_force: dict[str, Threshold] = {}
    for one in sorted(thresholds, key=lambda one: one.effective_from):
        if one.effective_from <= on:
            in_force[one.code] = one
    amounts = {"contract": contract_fen, "year": year_fen}
    reached = [one for one in in_force.values() if amounts[one.measure] >= one.at_least_fen]
    if not reached:
        return Demand(1, STEPS_OF[1])
    highest = max(reached, key=lambda one: one.level)
    return Demand(highest.level, STEPS_OF[highest.level], highest.code)
