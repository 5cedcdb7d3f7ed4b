"""Whether a table holds rates, or shows what is insured and for how much."""

from __future__ import annotations

from collections.abc import Sequence

from baohe.rooms.filings.rules.columns import Header, foot
from baohe.rooms.filings.rules.grid import Grid
from baohe.rooms.filings.rules.keys import span_of
from baohe.rooms.filings.rules.layout import Segment
from baohe.rooms.filings.rules.numbers import is_blank, read_number
from baohe.rooms.filings.rules.words import is_amount, is_rate, names_covers, value_type


def first_row(grid: Grid, segment: Segment) -> str:
    """What the table's first row says, for its note."""
    return " ".join(dict.fromkeys(s.text for s in grid.rows[(segment.headers or segment.bodies)[0]] if s.text))


def shows_covers(grid: Grid, header: Header, segment: Segment) -> bool:
    """What is insured and for how much, without a word of rates: the rows are benefits, the figures sums."""
    own = [key for keys in header.keys for key in keys]
    values = header.value_columns()
    heads = [grid.text(row, c) for row in segment.headers for c in range(grid.width)]
    rows = [grid.text(row, key) for row in segment.bodies for key in own]
    if any(is_rate(text) for text in [*heads, *rows]) or any(span_of(text) for text in rows):
        return False
    sums = all(is_amount(foot(grid, segment.headers, c).text) for c in values) if segment.headers else False
    covers = any(names_covers(foot(grid, segment.headers, key).text) for key in own) if segment.headers else False
    worded = all(value_type(text) == "" for text in rows if text)
    return worded and (
        sums or covers and are_sums(grid, segment, [grid.text(r, c) for r in segment.bodies for c in values])
    )


def are_sums(grid: Grid, segment: Segment, figures: Sequence[str]) -> bool:
    """Words at the left, and round sums of money, printed as such, in every square."""
    numbers = [read_number(text) for text in figures if not is_blank(text)]
    return (
        bool(numbers)
        and all(read_number(grid.text(row, 0)) is None for row in segment.bodies)
        and all(number is not None and number.suffix.endswith("元") for number in numbers)
        and any(number is not None and number.suffix == "万元" for number in numbers)
    )


def is_rates(grid: Grid, header: Header, bodies: Sequence[int]) -> bool:
    """At least half of what stands under the headings are figures."""
    figures = words = 0
    for row in bodies:
        for c in header.value_columns():
            text = grid.text(row, c)
            if is_blank(text):
                continue
            if read_number(text) is not None or grid.rows[row][c].flaw:
                figures += 1
            else:
                words += 1
    return figures > 0 and figures >= words
