"""`quote.engine`: quotes a second, beside a decision-table engine that holds the same table.

The engine is GoRules ZEN (Rust, MIT), which decides underwriting here and prices nothing. It gets what suits it best:
one decision table without anything around it, numbers as numbers, the rows in the order of the ages, the first hit
wins, compiled once before the clock starts; of its ways to ask (one decision, or a batch in one call) the faster one
counts. Both sides answer the same people of the medical product, whose table is small enough to be scanned; a longer
one would be kinder to us. Time is processor time, so that whoever uses a second core pays for it.
"""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable
from typing import Any

import zen

from baohe.cli.bench import Measure
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.rating import facade as rating

ROUNDS = 9
OURS, THEIRS = 400, 20
"""Passes over all people in one round: each side runs for about a tenth of a second."""
_FIELDS = ("age", "social_insurance", "deductible")


def measure() -> Measure:
    """Quotes a second in one thread, the best of `ROUNDS` each, taking turns."""
    from bench.quote_vector import medical

    version = medical()
    asked = list(itertools.product(range(61), ("yes", "no"), ("10000", "0")))
    for_us = [{"age": str(age), "social_insurance": social, "deductible": plan} for age, social, plan in asked]
    for_them = [{"age": age, "social_insurance": social, "deductible": plan} for age, social, plan in asked]
    price = rating.rater(version).premium
    ways = engine(version)
    expected = [price(inputs) for inputs in for_us]
    if any(way(for_them) != expected for way in ways):
        raise AssertionError("the compiled rater and the decision table differ")

    def ours(people: list[dict[str, Any]]) -> list[int]:
        return [price(inputs) for inputs in people]

    faster = max(ways, key=lambda way: _rate(way, for_them, 1))
    rates = [(_rate(ours, for_us, OURS), _rate(faster, for_them, THEIRS)) for _ in range(ROUNDS)]
    return Measure(max(r for r, _ in rates), "quotes/s", max(r for _, r in rates))


def engine(version: ProductVersion) -> list[Callable[[list[dict[str, Any]]], list[int]]]:
    """The engine's ways to price a list of people, each with the table compiled already."""
    table = decision_table(version)
    single = zen.ZenEngine().create_decision(zen.ZenDecisionContent(json.dumps(table)))
    many = zen.ZenEngine({"loader": {"type": "static", "content": {"premium": table}}})

    def one_by_one(people: list[dict[str, Any]]) -> list[int]:
        return [single.evaluate(inputs)["result"]["premium_fen"] for inputs in people]

    def at_once(people: list[dict[str, Any]]) -> list[int]:
        answers = many.evaluate_batch([{"key": "premium", "context": inputs} for inputs in people])
        return [answer["data"]["result"]["premium_fen"] for answer in answers]

    return [one_by_one, at_once]


def decision_table(version: ProductVersion) -> dict[str, Any]:
    """The filed table in the engine's own form: every row a rule, the result in fen."""
    rules = [
        {
            "_id": str(number),
            "age": f"[{first}..{last}]",
            "social_insurance": f'"{social}"',
            "deductible": f'"{deductible}"',
            "premium_fen": str(round(float(value) * 100)),
        }
        for number, (first, last, social, deductible, value) in enumerate(version.rate_tables[0].rows)
    ]
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": field, "name": field, "field": field} for field in _FIELDS],
        "outputs": [{"id": "premium_fen", "name": "premium_fen", "field": "premium_fen"}],
        "rules": rules,
    }
    return {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
            {"id": "table", "type": "decisionTableNode", "name": "t", "position": {"x": 1, "y": 0}, "content": table},
            {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 2, "y": 0}},
        ],
        "edges": [
            {"id": "1", "type": "edge", "sourceId": "in", "targetId": "table"},
            {"id": "2", "type": "edge", "sourceId": "table", "targetId": "out"},
        ],
    }


def _rate(price: Callable[[list[dict[str, Any]]], list[int]], people: list[dict[str, Any]], passes: int) -> float:
    begin = time.process_time()
    for _ in range(passes):
        price(people)
    return passes * len(people) / (time.process_time() - begin)
