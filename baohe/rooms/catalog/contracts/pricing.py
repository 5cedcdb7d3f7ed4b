"""What a price is made of: inputs, rate tables, formula, instalments, terms. Amounts in fen, rates in bp."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts.basis import Inputs
from baohe.rooms.catalog.contracts.wording import Choice


@dataclass(frozen=True, slots=True)
class RatingInput:
    """One dimension a price depends on.

    `kind` is age (full years on the first covered day), amount (an integer in `minimum`…`maximum`) or choice.
    `source` says who supplies it: person (taken from the insured), customer, or order (the partner's order).
    Person inputs are called age, sex (male | female), social_insurance (yes | no), occupation_class (1 … 6).
    """

    code: str
    name: Text
    kind: str
    source: str
    default: str
    choices: tuple[Choice, ...] = ()
    minimum: int | None = None
    maximum: int | None = None

    def label_of(self, value: str) -> Text:
        """The value in words."""
        for choice in self.choices:
            if choice.value == value:
                return choice.label
        return Text(f"{value} 岁", f"age {value}") if self.kind == "age" else Text(value, value)


@dataclass(frozen=True, slots=True)
class Dimension:
    """A column (or a pair of band columns `<input>_from`, `<input>_to`, both inclusive) of a rate table."""

    input: str
    band: bool


@dataclass(frozen=True, slots=True)
class RateTable:
    """A tidy table: one row a cell. `unit` is yuan or bp; `decimals` is the number of decimals a cell may have."""

    name: str
    title: Text
    unit: str
    unit_text: Text
    decimals: int
    dimensions: tuple[Dimension, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class FormulaStep:
    """`op` is lookup (start from a table cell), add (a cell), factor (× cell in bp), scale (× input / `per`) or
    round (half away from zero to a multiple of `multiple_fen`; exactly once, last)."""

    op: str
    label: Text
    table: str = ""
    input: str = ""
    per: int = 1
    multiple_fen: int = 1


@dataclass(frozen=True, slots=True)
class InstalmentPlan:
    """`code` is single | monthly | yearly. `count` is the number of instalments, or 0 when `count_input` names
    the input whose `counts` give it (a pay period). `whole_premium`: each instalment is a full `premium_fen`."""

    code: str
    name: Text
    count: int
    whole_premium: bool
    count_input: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Formula:
    steps: tuple[FormulaStep, ...]
    instalments: tuple[InstalmentPlan, ...]
    path_until_age: int | None


@dataclass(frozen=True, slots=True)
class Term:
    """How long one contract covers: `days`, or `years`, or until the birthday `to_age`."""

    days: int = 0
    years: int = 0
    to_age: int = 0


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """`kind` is year | years | order. `term_input` names the input that chooses among `terms`; "" = the only one."""

    kind: str
    term_input: str
    terms: Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class SumInsured:
    """What the policy is written for: fixed, or the value of an input in yuan, or by value of an input."""

    fixed_fen: int = 0
    input: str = ""
    by_value_fen: Mapping[str, int] = field(default_factory=dict)

    def fen(self, inputs: Inputs) -> int:
        if not self.input:
            return self.fixed_fen
        value = inputs[self.input]
        return self.by_value_fen[value] if self.by_value_fen else int(value) * 100
