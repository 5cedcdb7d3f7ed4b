"""What life functions take and give. Money in yuan and rates are `Decimal`: an actuary's figures, not payments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from baohe.kernel.decisions import Text

PRODUCTS = ("term", "whole_life", "endowment", "pension")
CLAIMS = ("end_of_year", "middle_of_year")
SEXES = ("male", "female")
ROLES = ("pension", "non_pension_one", "non_pension_two", "single_life")


@dataclass(frozen=True, slots=True)
class MortalityTable:
    """`q[k]` is the chance, in one year, of dying at age `first_age + k`. The last one is 1."""

    edition: str
    code: str
    sex: str
    role: str
    name: Text
    first_age: int
    q: tuple[Decimal, ...]

    @property
    def last_age(self) -> int:
        return self.first_age + len(self.q) - 1

    def chance(self, age: int) -> Decimal:
        """q(age) a year. Ages outside the table raise `IndexError`: plans are checked before."""
        if age < self.first_age:
            raise IndexError(age)
        return self.q[age - self.first_age]


@dataclass(frozen=True, slots=True)
class Edition:
    """One dated publication. `tables` is keyed by (code, sex)."""

    code: str
    title: Text
    in_force_from: date
    source: Text
    tables: Mapping[tuple[str, str], MortalityTable]


@dataclass(frozen=True, slots=True)
class SurrenderRule:
    """A filed cash-value rule: a share of the reserve that rises in a straight line from `first_share` at issue to
    1 at the end of policy year `full_after`, and stays there."""

    first_share: Decimal
    full_after: int


@dataclass(frozen=True, slots=True)
class LifePlan:
    """One contract on one life.

    `age` is the age at issue. `policy_years` is how long it lasts: to the table's end for whole life and pension.
    `premium_years` level premiums are paid in advance, at ages `age`, `age + 1`, …
    `interest` is the yearly rate as a fraction. `sum_insured` is in yuan: at death (term, whole life), at death or
    on survival (endowment), or the pension of one year, in advance from `pension_age` for life (pension).
    `claims` says when in its year a death is paid; a pension pays none.
    """

    product: str
    age: int
    policy_years: int
    premium_years: int
    interest: Decimal
    sum_insured: Decimal
    claims: str
    pension_age: int | None = None


@dataclass(frozen=True, slots=True)
class Valuation:
    """`net_premium` a year and `single_premium` once, in yuan, at issue. `reserves[t]` and `cash_values[t]` are per
    living contract at the end of policy year t = 0 … `policy_years`, before the premium then due is paid and
    before a maturity benefit or pension then due is paid out. `cash_values` is empty without a surrender rule."""

    net_premium: Decimal
    single_premium: Decimal
    reserves: tuple[Decimal, ...]
    cash_values: tuple[Decimal, ...]
