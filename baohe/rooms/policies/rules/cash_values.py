"""Cash value and the clause that leaving rests on, read from the filed package."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from baohe.kernel.dates import age_on
from baohe.kernel.money import round_fen

if TYPE_CHECKING:
    from baohe.rooms.catalog.contracts import Dimension, ProductVersion, RateTable

_TABLE = "cash_values"
_YEAR = "policy_year"
_PER_FEN = 100_000
"""Filed cash values are yuan per 1,000 yuan of sum insured."""


def cash_value_fen(
    version: ProductVersion, inputs: Mapping[str, str], start: date, today: date, sum_insured_fen: int
) -> int:
    """Cash value at the end of the last complete policy year, in fen.

    Within the first year it is the table's year 0 if it files one. 0 without a table, or for a year that the table
    does not reach.
    """
    table = version.table(_TABLE)
    if table is None:
        return 0
    year = age_on(start, today) if today >= start else 0
    figure = _figure(table, {**inputs, _YEAR: str(year)})
    return round_fen(figure * 100 * sum_insured_fen / _PER_FEN)


def leaving_clause(version: ProductVersion) -> str:
    """Number of the section on cancelling, or "" when the wording has none of its own."""
    for section in version.clauses:
        if "解除" in section.title or "退保" in section.title:
            return section.number
    return ""


def _figure(table: RateTable, facts: Mapping[str, str]) -> Decimal:
    """The cell of these facts; between two filed years, the straight line rounded half up to the table's decimals."""
    lined = next((item.input for item in table.dimensions if item.interpolate), "")
    column = table.columns.index(lined) if lined else 0
    rows = [row for row in table.rows if all(_matches(row, table, item, facts) for item in table.dimensions)]
    if not lined:
        return Decimal(rows[0][-1]) if rows else Decimal(0)
    wanted = int(facts.get(lined) or -1)
    nodes = sorted((int(row[column]), Decimal(row[-1])) for row in rows)
    for (low, before), (high, after) in pairwise(nodes):
        if low <= wanted < high:
            exact = (before * (high - wanted) + after * (wanted - low)) / (high - low)
            return exact.quantize(Decimal(1).scaleb(-table.decimals), ROUND_HALF_UP)
    return nodes[-1][1] if nodes and nodes[-1][0] == wanted else Decimal(0)


def _matches(row: tuple[str, ...], table: RateTable, item: Dimension, facts: Mapping[str, str]) -> bool:
    if item.interpolate:
        return True
    value = facts.get(item.input, "")
    if not item.band:
        return row[table.columns.index(item.input)] == value
    first = table.columns.index(f"{item.input}_from")
    return int(row[first]) <= int(value or -1) <= int(row[first + 1])
