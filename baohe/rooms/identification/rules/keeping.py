"""How long records of identification are kept (AML 34; SALE-6, SALE-15)."""

from __future__ import annotations

from datetime import date

from baohe.kernel.dates import add_years

YEARS = 10


def kept_until(made_on: date, business_ends: date | None = None) -> date:
    """Ten years after the step, or after the business it was made for, whichever is later."""
    return add_years(max(made_on, business_ends or made_on), YEARS)
