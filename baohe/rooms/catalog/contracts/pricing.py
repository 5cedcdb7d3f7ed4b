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

    `kind` is age (full years on the first covered day), amount (an integer in `minimum`…`maximum`, every `step` from
    the minimum) or choice.
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
    step: int = 1

    def label_of(self, value: str) -> Text:
        """The value in words."""
        for choice in self.choices:
            if choice.value == value:
                return choice.label
        return Text(f"{value} 岁", f"age {value}") if self.kind == "age" else Text(value, value)


@dataclass(frozen=True, slots=True)
class Dimension:
    """How a rate table reads one input.

    `band`: a pair of columns `<input>_from`, `<input>_to`, both inclusive. `interpolate`: a column of nodes with a
    straight line between neighbours. Neither: a column of exact values.
    """

    input: str
    band: bool
    interpolate: bool = False


@dataclass(frozen=True, slots=True)
class RateTable:
    """A tidy table: one row a cell.

    `unit` is yuan or fen (money), or bp, permille or percent (a share); `decimals` is the number of decimals a cell
    may have. `monotone` says of an input whether the filed figures go up or down along it.
    """

    name: str
    title: Text
    unit: str
    unit_text: Text
    decimals: int
    dimensions: tuple[Dimension, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    monotone: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormulaStep:
    """One step of a formula. `op` is

    lookup (start from a table cell), add (a cell, a figure or `fen`), factor (× a cell or `bp`), scale (× input ÷
    `per`), divide (÷ a cell in yuan), at_least and at_most (a cell or `fen`), or round (to a multiple of
    `multiple_fen`; `mode` half_up, up or down). `when` names the choices for which the step is taken at all.
    """

    op: str
    label: Text
    table: str = ""
    input: str = ""
    per: int = 1
    multiple_fen: int = 1
    figure: str = ""
    fen: int | None = None
    bp: int | None = None
    mode: str = "half_up"
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figure:
    """A named part of the premium with steps of its own, ending in a round: whole fen."""

    name: str
    label: Text
    steps: tuple[FormulaStep, ...]


@dataclass(frozen=True, slots=True)
class InstalmentPlan:
    """`code` is single | monthly | yearly. `count` is the number of instalments, or 0 when `count_input` names
    the input whose `counts` give it (a pay period). `whole_premium`: the premium is due again every year.

    `factor_bp`: each instalment is the premium × this share, rounded to the fen, as filed (0 = equal parts).
    `a_year`: instalments in each year of a plan with `whole_premium`.
    """

    code: str
    name: Text
    count: int
    whole_premium: bool
    count_input: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    factor_bp: int = 0
    a_year: int = 1


@dataclass(frozen=True, slots=True)
class Family:
    """Several people under one contract: `size_input` is how many, at most `most`; every price knows it."""

    size_input: str
    most: int


@dataclass(frozen=True, slots=True)
class Formula:
    """`figures` are worked out before they are used; `steps` end with the premium."""

    steps: tuple[FormulaStep, ...]
    instalments: tuple[InstalmentPlan, ...]
    path_until_age: int | None
    figures: tuple[Figure, ...] = ()
    family: Family | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """How long one contract covers: `days`, or `months`, or `years`, or until the birthday `to_age`."""

    days: int = 0
    months: int = 0
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
