"""A compiled version with a memory: one `Rater` per content hash and process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput
from baohe.kernel.keeping import Kept
from baohe.rooms.catalog.contracts import Inputs, ProductVersion
from baohe.rooms.rating.contracts import FamilyPrice, Indication, LoadedPremium, PathPoint, Price
from baohe.rooms.rating.rules.explaining import explain
from baohe.rooms.rating.rules.loading import loaded
from baohe.rooms.rating.rules.paying import instalments, years_paid
from baohe.rooms.rating.rules.tariff import Tariff, compile_tariff

_ROOM = 96 * 1024 * 1024
"""Bytes of compiled versions kept in a process; the least recently used is compiled again when it is asked for."""


class Rater:
    """Prices of one version. Holds no state but the compiled tariff; safe to share between threads."""

    def __init__(self, tariff: Tariff) -> None:
        self._tariff = tariff

    def premium(self, inputs: Inputs) -> int:
        """Premium in fen. Raises `InvalidInput` naming the field and what it may be."""
        return self._tariff.premium(inputs)

    def price(self, inputs: Inputs) -> Price:
        """Premium with its steps in words and its instalments. Raises like `premium`."""
        tariff, version = self._tariff, self._tariff.version
        numbers = tariff.numbers(inputs)
        premium_fen = tariff.premium(inputs)
        return Price(
            version_id=version.id,
            premium_fen=premium_fen,
            period="order" if version.period_kind == "order" else "year",
            steps=explain(tariff, inputs, numbers),
            instalments=instalments(version, inputs, premium_fen),
        )

    def price_family(self, members: Sequence[Inputs]) -> FamilyPrice:
        """Every member priced for the family's size, and the sum. The size is set here, whatever the members say.

        Raises `InvalidInput` naming the member (`members[1].age`) or `members` when there are too many or none.
        """
        family = self._tariff.version.formula.family
        most = family.most if family is not None else 1
        if not 1 <= len(members) <= most:
            raise InvalidInput(
                field="members", reason_zh=f"应为 1 到 {most} 人", reason_en=f"from 1 to {most} people", maximum=most
            )
        size = {family.size_input: str(len(members))} if family is not None else {}
        prices = []
        for number, member in enumerate(members):
            try:
                prices.append(self.price({**member, **size}))
            except InvalidInput as refusal:
                raise InvalidInput(
                    **{**refusal.facts, "field": f"members[{number}].{refusal.facts['field']}"}
                ) from None
        return FamilyPrice(sum(price.premium_fen for price in prices), tuple(prices))

    def load(self, inputs: Inputs, premium_fen: int, loading_bp: int) -> int:
        """`premium_fen` with a loading, in fen, ended as the formula ends."""
        return loaded(self._tariff, inputs, premium_fen, loading_bp)

    @property
    def weight(self) -> int:
        """Bytes in memory, near enough."""
        return self._tariff.weight + self._tariff.version.weight

    def price_many(self, columns: Mapping[str, NDArray[np.generic]]) -> NDArray[np.int64]:
        """Premiums in fen of whole columns, equal to `premium` row by row. Raises like `premium`."""
        return self._tariff.premium_many(columns)

    def path(self, inputs: Inputs, until_age: int | None = None) -> tuple[PathPoint, ...]:
        """One premium a year, from the given age to `until_age` (default: the version's own), at today's table.

        A level product (term of years) is paid the same premium for as many years as its plan says. Empty when
        the price does not depend on an age.
        """
        tariff, version = self._tariff, self._tariff.version
        numbers = tariff.numbers(inputs)
        if "age" not in numbers:
            return ()
        age = numbers["age"]
        if version.period_kind == "years":
            premium_fen = tariff.premium_of(numbers)
            return tuple(PathPoint(age + year, premium_fen) for year in range(years_paid(version, inputs)))
        last = until_age if until_age is not None else version.formula.path_until_age
        item = version.rating_input("age")
        if last is None or item is None:
            return ()
        ages = range(age, min(last, item.maximum or last) + 1)
        return tuple(PathPoint(later, tariff.premium_of({**numbers, "age": later})) for later in ages)


_raters: Kept[str, Rater] = Kept(_ROOM)


def rater(version: ProductVersion) -> Rater:
    """The compiled function of a version, compiled once per content hash. Raises `TariffBroken`."""
    known = _raters.get(version.content_hash)
    if known is None:
        known = Rater(compile_tariff(version))
        _raters.put(version.content_hash, known, known.weight)
    return known


def load(version: ProductVersion, inputs: Inputs, premium_fen: int, loading_bp: int) -> LoadedPremium:
    """`premium_fen` with an underwriting loading, and its instalments. Raises `InvalidInput`."""
    loaded_fen = rater(version).load(inputs, premium_fen, loading_bp)
    return LoadedPremium(loaded_fen, instalments(version, inputs, loaded_fen))


def complete(version: ProductVersion, inputs: Inputs) -> dict[str, str]:
    """`inputs` with the version's filed defaults for whatever is missing.

    A `region` given beside them is checked against the regions of sale (`ProductVersion.sold_in`).
    """
    return {**{item.code: item.default for item in version.rating_inputs}, **version.sold_in(inputs)}


def indication(version: ProductVersion, inputs: Inputs) -> Indication:
    """A price to compare with: the given inputs where the version knows them, its defaults elsewhere.

    Never raises for a person the product does not take: the refusal is part of the comparison.
    """
    used: dict[str, str] = {}
    for item in version.rating_inputs:
        given = inputs.get(item.code, item.default)
        offered = item.kind != "choice" or any(choice.value == given for choice in item.choices)
        used[item.code] = given if offered else item.default
    compiled = rater(version)
    try:
        price = compiled.price(used)
        path = compiled.path(used)
    except InvalidInput as refusal:
        said = Text(str(refusal.facts["reason_zh"]), str(refusal.facts["reason_en"]))
        return Indication(used, None, said, None, 0)
    until = version.formula.path_until_age if path and version.period_kind != "years" else None
    return Indication(used, price, None, until, sum(point.premium_fen for point in path))
