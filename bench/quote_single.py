"""`quote.single`: microseconds for one premium, beside a dictionary written by hand for the same table.

Ours is `Rater.premium`: inputs as text, checked, the filed cell found. The reference parses the age and looks the
premium up in a dictionary of (age, social insurance, deductible). Less is better, so a ratio below 1 is faster.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Mapping

from baohe.cli.bench import Measure
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.rating import facade as rating

QUOTES = 20_000
ROUNDS = 9


def measure() -> Measure:
    """Microseconds a quote in one thread, the best of `ROUNDS` each, taking turns."""
    from bench.quote_vector import medical

    version = medical()
    asked = [
        {"age": str(age), "social_insurance": social, "deductible": deductible}
        for age, social, deductible in itertools.product(range(61), ("yes", "no"), ("10000", "0"))
    ]
    ours, reference = rating.rater(version).premium, by_hand(version)
    if [ours(inputs) for inputs in asked] != [reference(inputs) for inputs in asked]:
        raise AssertionError("the compiled rater and the hand-written price differ")
    times = [(_microseconds(ours, asked), _microseconds(reference, asked)) for _ in range(ROUNDS)]
    return Measure(min(t for t, _ in times), "µs", min(t for _, t in times))


def by_hand(version: ProductVersion) -> Callable[[Mapping[str, str]], int]:
    premiums = {
        (age, social, deductible): round(float(value) * 100)
        for first, last, social, deductible, value in version.rate_tables[0].rows
        for age in range(int(first), int(last) + 1)
    }

    def premium(inputs: Mapping[str, str]) -> int:
        return premiums[int(inputs["age"]), inputs["social_insurance"], inputs["deductible"]]

    return premium


def _microseconds(price: Callable[[Mapping[str, str]], int], asked: list[dict[str, str]]) -> float:
    rounds = QUOTES // len(asked)
    begin = time.perf_counter()
    for _ in range(rounds):
        for inputs in asked:
            price(inputs)
    return (time.perf_counter() - begin) * 1e6 / (rounds * len(asked))
