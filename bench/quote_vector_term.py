"""`quote.vector.term`: quotes a second of the term-life product, beside NumPy written by hand for the same table.

As `quote.vector`, over five inputs: age, sex, term, pay period and sum insured. The table leaves combinations out (who
is too old for thirty years), so ours also looks for people who cannot buy; the reference trusts that there are none.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from baohe.cli.bench import Measure
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.rating import facade as rating

PEOPLE = 1_000_000
ROUNDS = 15
PRODUCT = "yunshan-term-life"
_KEYS = ("sex", "term", "pay_period")


def measure() -> Measure:
    """Quotes a second over `PEOPLE` in one thread."""
    from bench.quote_vector import package

    version = package(PRODUCT)
    columns = people(version)
    rater, reference = rating.rater(version), by_hand(version)
    if not np.array_equal(rater.price_many(columns), reference(columns)):
        raise AssertionError("the compiled rater and the hand-written price differ")
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_seconds(rater.price_many, columns))
        theirs.append(_seconds(reference, columns))
    return Measure(PEOPLE / min(ours), "quotes/s", PEOPLE / min(theirs))


def people(version: ProductVersion) -> dict[str, NDArray[np.int64]]:
    """People who can buy: rows of the filed table at random, and any sum insured."""
    chance = np.random.default_rng(20261122)
    places = _places(version)
    filed = np.asarray(
        [
            [int(row[0]), *(places[key][value] for key, value in zip(_KEYS, row[2:5], strict=True))]
            for row in _rows(version)
        ]
    )
    drawn = filed[chance.integers(0, len(filed), PEOPLE)]
    columns = {"age": drawn[:, 0], **{key: drawn[:, i + 1] for i, key in enumerate(_KEYS)}}
    columns["sum_insured"] = chance.integers(0, len(places["sum_insured"]), PEOPLE)
    return {code: np.ascontiguousarray(column) for code, column in columns.items()}


def by_hand(version: ProductVersion) -> Callable[[Mapping[str, NDArray[np.int64]]], NDArray[np.int64]]:
    """The price of this one table as plain NumPy: fen per ¥1,000, times the thousands."""
    places = _places(version)
    premiums = np.zeros((56, *[len(places[key]) for key in _KEYS]), dtype=np.int64)
    for row in _rows(version):
        keys = [places[key][value] for key, value in zip(_KEYS, row[2:5], strict=True)]
        premiums[(slice(int(row[0]), int(row[1]) + 1), *keys)] = round(float(row[-1]) * 100)
    thousands = np.asarray([int(value) // 1000 for value in places["sum_insured"]])

    def price(columns: Mapping[str, NDArray[np.int64]]) -> NDArray[np.int64]:
        rate = premiums[columns["age"], columns["sex"], columns["term"], columns["pay_period"]]
        return rate * thousands[columns["sum_insured"]]

    return price


def _rows(version: ProductVersion) -> tuple[tuple[str, ...], ...]:
    table = version.table("premium")
    assert table is not None
    return table.rows


def _places(version: ProductVersion) -> dict[str, dict[str, int]]:
    return {
        item.code: {choice.value: place for place, choice in enumerate(item.choices)} for item in version.rating_inputs
    }


def _seconds(price: Callable[..., object], columns: Mapping[str, NDArray[np.int64]]) -> float:
    begin = time.perf_counter()
    price(columns)
    return time.perf_counter() - begin
