"""How long records of identification are kept (AML 34; SALE-6, SALE-15)."""

from __future__ import annotations

from datetime import date

from baohe.kernel.dates import add_years

YEARS = 10


def kept_until(made_on: date, business_ends: date | None = None) -> date:
    """The last day of ten years after the step, or after the business it was made for, whichever is later.

    `business_ends` is the first day without cover of the last contract; a contract for life ends after any date."""
    if (business_ends or made_on).year + YEARS > date.max.year:
        return date.max
    return add_years(max(made_on, business_ends or made_on), YEARS)
