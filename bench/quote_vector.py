"""`quote.vector`: quotes a second of the compiled rater, beside NumPy written by hand for the same table.

Ours is `Rater.price_many`: every column checked against the filed range, the cell found, holes refused. The reference
is what a programmer would write who trusts the input: one array of bands, one of premiums, one gather. Both get the
same million people as whole numbers, take turns, and the best round of each counts.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from baohe.cli.bench import Measure
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.rating import facade as rating

PEOPLE = 1_000_000
ROUNDS = 15
PRODUCT = "haijia-medical-a"


def measure() -> Measure:
    """Quotes a second over `PEOPLE` in one thread."""
    version, columns = medical(), people()
    rater, reference = rating.rater(version), by_hand(version)
    if not np.array_equal(rater.price_many(columns), reference(columns)):
        raise AssertionError("the compiled rater and the hand-written price differ")
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_seconds(rater.price_many, columns))
        theirs.append(_seconds(reference, columns))
    return Measure(PEOPLE / min(ours), "quotes/s", PEOPLE / min(theirs))


def medical() -> ProductVersion:
    """The medical product of the house."""
    return package(PRODUCT)


def package(code: str) -> ProductVersion:
    """A package of the house, read from its folder: rating needs no database."""
    from django.conf import settings

    folder = next(p for p in catalog.packages_below(settings.BAOHE_PRODUCTS) if p.parent.name == code)
    return catalog.check_package(catalog.read_package(folder))


def people() -> dict[str, NDArray[np.int64]]:
    """Ages, 社保 and plan as places in the filed lists, spread evenly."""
    chance = np.random.default_rng(20261122)
    return {
        "age": chance.integers(0, 61, PEOPLE),
        "social_insurance": chance.integers(0, 2, PEOPLE),
        "deductible": chance.integers(0, 2, PEOPLE),
    }


def by_hand(version: ProductVersion) -> Callable[[Mapping[str, NDArray[np.int64]]], NDArray[np.int64]]:
    """The price of this one table as plain NumPy."""
    rows = version.rate_tables[0].rows
    starts = sorted({int(row[0]) for row in rows})
    premiums = np.zeros((len(starts), 2, 2), dtype=np.int64)
    for first, _, social, deductible, value in rows:
        place = starts.index(int(first)), int(social == "no"), int(deductible == "0")
        premiums[place] = round(float(value) * 100)
    band_of_age = np.searchsorted(np.asarray(starts), np.arange(61), side="right") - 1

    def price(columns: Mapping[str, NDArray[np.int64]]) -> NDArray[np.int64]:
        return premiums[band_of_age[columns["age"]], columns["social_insurance"], columns["deductible"]]

    return price


def _seconds(price: Callable[..., object], columns: Mapping[str, NDArray[np.int64]]) -> float:
    begin = time.perf_counter()
    price(columns)
    return time.perf_counter() - begin
