"""Cash value and the clause that leaving rests on, read from the filed package."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from baohe.kernel.dates import age_on
from baohe.kernel.money import round_fen

if TYPE_CHECKING:
    from baohe.rooms.catalog.contracts import ProductVersion

_TABLE = "cash_values"
_PER_FEN = 100_000
"""Filed cash values are yuan per 1,000 yuan of sum insured."""


def cash_value_fen(
    version: ProductVersion, inputs: Mapping[str, str], start: date, today: date, sum_insured_fen: int
) -> int:
    """Cash value at the end of the last complete policy year; 0 in the first year or without a filed table."""
    table = version.table(_TABLE)
    years = age_on(start, today) if today >= start else 0
    if table is None or years == 0:
        return 0
    facts = {**inputs, "policy_year": str(years)}
    columns = {name: index for index, name in enumerate(table.columns)}
    for row in table.rows:
        if all(_matches(row, columns, item.input, item.band, facts) for item in table.dimensions):
            return round_fen(Decimal(row[-1]) * 100 * sum_insured_fen / _PER_FEN)
    return 0


def leaving_clause(version: ProductVersion) -> str:
    """Number of the section on cancelling, or "" when the wording has none of its own."""
    for section in version.clauses:
        if "解除" in section.title or "退保" in section.title:
            return section.number
    return ""


def _matches(row: tuple[str, ...], columns: Mapping[str, int], code: str, band: bool, facts: Mapping[str, str]) -> bool:
    value = facts.get(code, "")
    if not band:
        return row[columns[code]] == value
    return int(row[columns[f"{code}_from"]]) <= int(value or -1) <= int(row[columns[f"{code}_to"]])
